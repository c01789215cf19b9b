package sirkuit.app.frame;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Words;
import sirkuit.app.work.EngineState;
import sirkuit.app.work.Job;
import sirkuit.app.work.WindowEngine;

/// What the engine is doing, its progress, the time left, and a button to cancel it.
public final class StatusBar extends HBox {
    private final WindowEngine engine;
    private final ObservableValue<String> opening;
    private final Label doing = named(new Label(), "status-text");
    private final ProgressBar bar = collapsing(named(styled(new ProgressBar(), "medium"), "status-progress"));
    private final Label left = named(styled(new Label(), "note"), "time-left");
    private final Button cancel =
            collapsing(named(styled(new Button(Words.of("window.cancel")), "small"), "cancel-button"));

    /// @param opening what is being opened; empty when nothing is
    public StatusBar(WindowEngine engine, ObservableValue<String> opening) {
        this.engine = engine;
        this.opening = opening;
        getStyleClass().add("status-bar");
        setAlignment(Pos.CENTER_LEFT);
        bar.setPrefWidth(220);
        bar.setMinWidth(60);
        left.setMinWidth(USE_PREF_SIZE);
        cancel.setMinWidth(USE_PREF_SIZE);
        doing.setTooltip(new Tooltip());
        doing.getTooltip().textProperty().bind(doing.textProperty());
        getChildren().addAll(doing, gap(), left, bar, cancel);
        engine.current().subscribe(this::show);
        engine.state().subscribe(state -> show(engine.current().get()));
        opening.subscribe(words -> show(engine.current().get()));
    }

    private void show(@Nullable Job job) {
        doing.textProperty().unbind();
        left.textProperty().unbind();
        bar.progressProperty().unbind();
        cancel.disableProperty().unbind();
        bar.setVisible(job != null);
        cancel.setVisible(job != null);
        if (job == null) {
            EngineState state = engine.state().get();
            String idle = state instanceof EngineState.Ready ? Words.of("window.ready") : state.words();
            doing.setText(opening.getValue().isEmpty() ? idle : opening.getValue());
            left.setText("");
            cancel.setDisable(true);
            return;
        }
        doing.textProperty().bind(Bindings.createStringBinding(() -> words(job), job.stage(), job.cancelling()));
        left.textProperty().bind(job.timeLeft());
        bar.progressProperty().bind(job.progress());
        cancel.disableProperty().bind(job.cancelling());
        cancel.setText(Words.of(job.run() ? "window.pause" : "window.cancel"));
        cancel.setOnAction(e -> job.cancel());
    }

    private static String words(Job job) {
        if (job.cancelling().get()) {
            return Words.of("window.stopping", job.title());
        }
        return job.stage().get().isEmpty()
                ? job.title()
                : job.title() + ": " + job.stage().get();
    }
}
