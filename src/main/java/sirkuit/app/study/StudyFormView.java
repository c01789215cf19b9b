package sirkuit.app.study;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.field;
import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.heading;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;

import java.util.List;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Pinned;
import sirkuit.app.look.Words;

/// Asks for the grid of a study, beside the heads that it is about: what is learned, which scores select heads, how
/// many runs it will have and how long they will take.
public final class StudyFormView extends StackPane {
    private final StudiesModel model;
    private final Label target = collapsing(named(note(""), "study-targets"));
    private final VBox targets = collapsing(named(styled(new VBox(), "study-strategies"), "study-target-choice"));
    private final Label scores = named(note(""), "study-scores");
    private final Label selected = named(note(""), "study-selected");
    private final Label forecast = named(note(""), "study-forecast");
    private final Button start = named(styled(new Button(Words.of("runs.study.start")), "accent"), "study-start");

    private List<String> offered = List.of();

    /// @param started runs when a study has been started
    /// @param closed  closes the form
    public StudyFormView(StudiesModel model, Runnable started, Runnable closed) {
        this.model = model;
        getStyleClass().add("study-form");
        StudyForm form = model.form();
        VBox strategies = styled(new VBox(), "study-strategies");
        form.strategies().forEach((key, value) -> {
            CheckBox box = named(new CheckBox(Words.of("runs.study.strategy." + key)), "study-" + key);
            box.selectedProperty().bindBidirectional(value);
            strategies.getChildren().add(box);
        });
        CheckBox rates = named(new CheckBox(Words.of("runs.study.rates")), "study-rates");
        rates.setTooltip(new Tooltip(Words.of("runs.study.rates.more")));
        rates.selectedProperty().bindBidirectional(form.severalRates());
        rates.setWrapText(true);
        Button close = named(Icons.only(new Button(), Feather.X, Words.of("runs.study.close")), "study-close");
        close.setOnAction(e -> closed.run());
        start.setMaxWidth(Double.MAX_VALUE);
        start.setOnAction(e -> {
            model.start();
            started.run();
        });
        for (var cause : form.causes()) {
            cause.addListener(o -> judge());
        }
        VBox fields = styled(
                new VBox(
                        row(heading(Words.of("runs.study.form")), gap(), close),
                        field(Words.of("runs.study.name"), text("study-name", form.name())),
                        field(Words.of("runs.study.targets"), new VBox(target, targets)),
                        field(Words.of("runs.study.strategies"), strategies),
                        rates,
                        field(Words.of("runs.study.sizes"), text("study-sizes", form.sizes())),
                        fact("runs.study.scores", scores),
                        fact("runs.study.selected", selected),
                        field(Words.of("runs.study.seeds"), text("study-seeds", form.seeds()))),
                "column",
                "panel",
                "padded");
        getChildren().add(new Pinned(fields, styled(new VBox(forecast, start), "panel", "padded", "tune-start")));
        judge();
    }

    /// Looks again at what the study depends on: mask, scores, target, settings.
    public void judge() {
        StudyForecast now = model.forecast();
        target.setText(now.targets());
        choice();
        scores.setText(now.scores());
        selected.setText(now.selected());
        forecast.setText(now.words());
        start.setDisable(!now.possible() || model.runs().readOnly());
    }

    /// A box for each target to choose among, if there are several.
    private void choice() {
        List<String> all = model.targets();
        targets.setVisible(all.size() > 1);
        target.setVisible(all.size() <= 1);
        if (!all.equals(offered)) {
            offered = all;
            targets.getChildren().clear();
            for (String name : all) {
                CheckBox box = named(
                        new CheckBox(name),
                        "study-target-" + targets.getChildren().size());
                box.setMnemonicParsing(false);
                box.setOnAction(e -> {
                    model.learn(name, box.isSelected());
                    judge(); // one is always learned
                });
                targets.getChildren().add(box);
            }
        }
        for (int i = 0; i < all.size(); i++) {
            ((CheckBox) targets.getChildren().get(i)).setSelected(model.learns(all.get(i)));
        }
    }

    private static Node fact(String name, Label value) {
        return field(Words.of(name), value);
    }

    private static TextField text(String id, StringProperty value) {
        TextField text = named(new TextField(), id);
        text.textProperty().bindBidirectional(value);
        return text;
    }
}
