package sirkuit.app.present.stage;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.present.PageTexts;
import sirkuit.app.present.PartsModel;
import sirkuit.app.present.script.PageKind;

/// Which parts matter: they light up, the most important first, and are counted.
final class PartsPage extends Page {
    private static final double CHOSEN_MILLIS = 4000;
    private static final double SLOWEST = 450;
    private static final double OTHERS_MILLIS = 900;

    private final PartsModel model;
    private final double motion;
    private Timeline lighting = new Timeline();

    /// @param motion how many times faster than usual the lamps light up
    PartsPage(PartsModel model, PageTexts texts, ObservableValue<Theme> theme, double motion) {
        super(PageKind.PARTS, texts);
        this.model = model;
        this.motion = motion;
        int all = model.layers() * model.heads();
        if (all == 0) {
            Label quiet = quiet("stage-parts-quiet");
            quiet.setText(Words.of("present.quiet.no-parts"));
            getChildren().add(quiet);
            return;
        }
        PartsCanvas canvas = named(
                new PartsCanvas(model, theme, Words.of("present.parts.picture", all + "", model.chosenCount() + "")),
                "stage-lamps");
        HBox.setHgrow(canvas, Priority.ALWAYS);
        Label count = named(styled(new Label(), "stage-huge", "accented"), "stage-parts-count");
        model.lit().subscribe(lit -> count.setText(Math.min(lit.intValue(), model.chosenCount()) + ""));
        VBox numbers = styled(
                new VBox(
                        styled(new Label(all + ""), "stage-huge"),
                        words(Words.of("present.parts.all"), "stage-large"),
                        count,
                        words(
                                Words.of(model.doMostOfTheWork() ? "present.parts.most" : "present.parts.more"),
                                "stage-large")),
                "stage-numbers");
        getChildren().add(filling(styled(new HBox(canvas, numbers), "stage-parts")));
    }

    @Override
    public void enter() {
        model.restart();
        lightUp();
    }

    @Override
    public void leave() {
        lighting.stop();
    }

    private void lightUp() {
        lighting.stop();
        int chosen = model.chosenCount();
        int others = model.order().size() - chosen;
        double step = chosen == 0 ? 0 : Math.min(SLOWEST, CHOSEN_MILLIS / chosen);
        double small = others == 0 ? 0 : Math.min(SLOWEST / 4, OTHERS_MILLIS / others);
        lighting = new Timeline();
        for (int i = 1; i <= model.order().size(); i++) {
            double at = SLOWEST + Math.min(i, chosen) * step + Math.max(0, i - chosen) * small;
            lighting.getKeyFrames().add(new KeyFrame(Duration.millis(at / motion), e -> model.lightNext()));
        }
        lighting.play();
    }
}
