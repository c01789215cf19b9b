package sirkuit.app.workbench.pane;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;

import java.util.function.Consumer;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Words;
import sirkuit.app.preferences.Arrangement;
import sirkuit.app.workbench.Step;
import sirkuit.app.workbench.Steps;

/// The four steps in a line. Finished steps have a tick. A click leads to the place of the step.
final class StepsBar extends HBox {
    StepsBar(Steps steps, Arrangement arrangement, ObservableBooleanValue room, Consumer<Step> go) {
        setId("steps");
        getStyleClass().add("steps");
        for (Step step : Step.values()) {
            if (step != Step.SCORE) {
                getChildren().add(styled(new Label("›"), "note"));
            }
            getChildren().add(button(step, steps, go));
        }
        Button hide = named(Icons.only(new Button(), Feather.X, Words.of("steps.hide")), "hide-steps");
        hide.setOnAction(e -> arrangement.stepsHidden().set(true));
        getChildren().add(hide); // not at the right, where notices would lie above it
        collapsing(this).visibleProperty().bind(arrangement.stepsHidden().not().and(room));
    }

    private static Button button(Step step, Steps steps, Consumer<Step> go) {
        String words = Words.of("steps.number", step.ordinal() + 1, step.words());
        Button button = named(whole(styled(new Button(words), "flat", "small", "step")), "step-" + step.id());
        button.setTooltip(new Tooltip(step.more()));
        steps.done(step).subscribe(done -> {
            button.setGraphic(done ? Icons.of(Feather.CHECK) : null);
            button.setAccessibleText(done ? Words.of("steps.done", words) : words);
        });
        button.setOnAction(e -> go.accept(step));
        return button;
    }
}
