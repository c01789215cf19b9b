package sirkuit.app.data;

import static sirkuit.app.look.Boxes.field;
import static sirkuit.app.look.Boxes.named;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Numbers;
import sirkuit.engine.Event;

/// The fields of one language: training texts, test texts, name.
public final class LanguageFields extends VBox {
    /// @param role `Source` or `Target`; also the beginning of the fields' ids
    public LanguageFields(String role, LanguageModel language, Choosing choosing) {
        getStyleClass().add("column");
        String id = role.toLowerCase(Locale.ROOT);
        PathField train = new PathField(
                        "Training texts",
                        id + "-train",
                        "train.csv, or the folder it is in",
                        language.train().file(),
                        () -> choosing.texts(role + " training texts", language::chooseTrain))
                .telling(sentence(language.train()))
                .complaining(language.train().problem());
        PathField test = new PathField(
                        "Test texts",
                        id + "-test",
                        "test.csv",
                        language.test().file(),
                        () -> choosing.texts(role + " test texts", language::chooseTest))
                .telling(sentence(language.test()))
                .complaining(language.test().problem());
        TextField name = named(new TextField(), id + "-name");
        name.setPromptText("for instance Indonesian");
        name.textProperty().bindBidirectional(language.name());
        getChildren().addAll(train, test, field("Language", name));
        language.train().file().subscribe(path -> completed(language, path));
    }

    private static void completed(LanguageModel language, String path) {
        // A typed folder, or a typed file while the rest is still empty, is completed as a chosen one is.
        Path place = TypedPath.of(path);
        if (place == null || path.isBlank()) {
            return;
        }
        boolean folder = Files.isDirectory(place);
        if (folder || (Files.isRegularFile(place) && !language.test().chosen())) {
            language.chooseTrain(place);
        }
    }

    private static ObservableValue<@Nullable String> sentence(TextsModel texts) {
        return texts.described().map(d -> d == null ? null : told(d));
    }

    private static String told(Event.Described d) {
        StringBuilder text = new StringBuilder(Numbers.count(d.examples()) + " texts");
        for (int i = 0; i < d.labels().size(); i++) {
            text.append(i == 0 ? ": " : ", ")
                    .append(d.classCounts()[i])
                    .append(' ')
                    .append(d.labels().get(i));
        }
        return text.toString();
    }
}
