package sirkuit.app.present.stage;

import static sirkuit.app.look.Boxes.styled;

import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;

/// How many of ten answers are right in one language, now and before.
final class LanguageCard extends VBox {
    private final TenDots dots;
    private final Label name = styled(new Label(), "stage-language-name");
    private final Label now = styled(new Label(), "stage-count");
    private final Label before = styled(new Label(), "stage-before");

    /// @param second whether it has the second colour
    LanguageCard(String language, String id, boolean second, ObservableValue<Theme> theme) {
        getStyleClass().addAll("stage-language", second ? "second" : "first");
        setId(id);
        now.setId(id + "-now");
        now.setMinWidth(USE_PREF_SIZE);
        dots = new TenDots(theme, second);
        name.setText(heading(language));
        getChildren().addAll(name, now, dots, before);
    }

    /// @param own the name in the run
    void show(String own, double shareBefore, double shareNow) {
        name.setText(heading(own));
        show(shareBefore, shareNow);
    }

    private static String heading(String language) {
        return language.isEmpty() ? "" : language.substring(0, 1).toUpperCase(Words.locale()) + language.substring(1);
    }

    private void show(double shareBefore, double shareNow) {
        now.setText(ShareWords.words(shareNow));
        // Rounding to a tenth hides some differences and exaggerates others, so the row below shows the measured value.
        before.setText(Words.of("present.before", ShareWords.percent(shareNow), ShareWords.percent(shareBefore)));
        dots.share().set(shareNow);
    }

    void nothing() {
        now.setText("");
        before.setText("");
        dots.share().set(0);
    }
}
