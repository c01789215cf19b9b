package sirkuit.app.runs;

import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.heading;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;

import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Line;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Theme;

/// The bottom of the window: the plot and the table. The plot is made when there is something to plot, because the
/// chart library takes a moment to load.
public final class RunsPane extends VBox {
    private final RunsModel model;
    private final ObservableValue<Theme> theme;
    private final StackPane content = styled(new StackPane(), "runs-content");

    public RunsPane(RunsModel model, ObservableValue<Theme> theme) {
        this.model = model;
        this.theme = theme;
        getStyleClass().add("panel");
        HBox key = row(sample(false), new Label("target"), sample(true), new Label("source"));
        key.getStyleClass().add("key");
        key.visibleProperty().bind(Bindings.isNotEmpty(model.runs()));
        getChildren().addAll(styled(row(heading("Runs"), pause(), resume(), gap(), key), "panel-bar"), content);
        VBox.setVgrow(content, Priority.ALWAYS);
        content.getChildren()
                .add(styled(note("No runs yet. Choose heads, choose target texts, then press Tune."), "empty-hint"));
        model.runs().addListener((ListChangeListener<RunModel>) c -> fill());
        fill();
    }

    private Button pause() {
        Button button = Icons.only(new Button(), Feather.PAUSE, "Pause the chosen run; it can go on later");
        button.disableProperty().bind(model.forbidden(RunModel.Status::active));
        button.setOnAction(e -> model.pauseSelected());
        return named(button, "pause-run-button");
    }

    private Button resume() {
        Button button = Icons.only(new Button(), Feather.PLAY, "Go on with the chosen run where it was stopped");
        button.disableProperty().bind(model.forbidden(RunModel.Status::resumable));
        button.setOnAction(e -> model.resumeSelected());
        return named(button, "resume-run-button");
    }

    private void fill() {
        if (model.runs().isEmpty() || content.getChildren().getFirst() instanceof SplitPane) {
            return;
        }
        SplitPane split = new SplitPane(new AccuracyChart(model, theme), new RunsTable(model, theme));
        split.setDividerPositions(0.42);
        content.getChildren().setAll(split);
    }

    private static Line sample(boolean dashed) {
        Line line = styled(new Line(0, 0, 26, 0), "key-line");
        line.setStrokeWidth(2);
        if (dashed) {
            line.getStrokeDashArray().addAll(6d, 4d);
        }
        return line;
    }
}
