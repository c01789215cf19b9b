package sirkuit.app.runs.pane;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.heading;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.runs.RunActions;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.RunsModel;
import sirkuit.app.study.StudiesModel;
import sirkuit.app.study.StudyPopover;
import sirkuit.run.state.RunState;

/// The bottom of the window: plots of the runs on the left, their table on the right. A plot is created when it is
/// first shown, because the chart library takes a moment to load.
public final class RunsPane extends VBox {
    private static final double ROOM_FOR_KEY = 900;
    private static final double ROOM_FOR_BOTH = 1180;

    private final RunsModel model;
    private final ObservableValue<Theme> theme;
    private final RunMenu menu;
    private final RunViews views;
    private static final double LEAST = 100;
    private static final double SPLIT = 0.42;
    private static final double SPLIT_WITH_TARGET = 0.37;
    private static final double NOT_MOVED = 0.02; // layout rounds it

    private double divided = Double.NaN;

    private final StackPane content = styled(new StackPane(), "runs-content");

    /// @param showTune shows the settings of the next run
    /// @param folded   whether only the bar is shown
    public RunsPane(
            RunsModel model,
            RunActions actions,
            StudiesModel studies,
            ObservableValue<Theme> theme,
            Runnable showTune,
            BooleanProperty folded) {
        this.model = model;
        this.theme = theme;
        menu = new RunMenu(model, actions, showTune);
        views = new RunViews(model, studies, theme);
        getStyleClass().add("panel");
        HBox bar = styled(
                row(
                        heading(Words.of("runs.heading")),
                        pause(),
                        resume(),
                        menu.button(),
                        study(studies),
                        views.choice(),
                        gap(),
                        views.key(),
                        fold(folded)),
                "panel-bar",
                "runs-bar");
        BooleanBinding some = Bindings.isNotEmpty(model.runs());
        BooleanBinding shown = some.and(folded.not());
        collapsing(views.choice()).visibleProperty().bind(shown);
        collapsing(views.key()).visibleProperty().bind(shown);
        // With too little space, only the bar is shown, and nothing covers it.
        collapsing(content)
                .visibleProperty()
                .bind(folded.not().and(heightProperty().greaterThan(LEAST)));
        content.setMinHeight(0);
        content.setAlignment(Pos.TOP_CENTER);
        Rectangle room = new Rectangle();
        room.widthProperty().bind(content.widthProperty());
        room.heightProperty().bind(content.heightProperty());
        content.setClip(room);
        // As narrow as the window requires. A key with a fixed width would keep the pane from becoming narrow
        // enough.
        bar.setMinWidth(0);
        setMinWidth(0);
        widthProperty().map(w -> w.doubleValue() > ROOM_FOR_KEY).subscribe(views::room);
        widthProperty().map(w -> w.doubleValue() > ROOM_FOR_BOTH).subscribe(views::roomBesideTarget);
        getChildren().addAll(bar, content);
        VBox.setVgrow(content, Priority.ALWAYS);
        content.getChildren().add(styled(note(Words.of("runs.none")), "empty-hint"));
        model.runs().addListener((ListChangeListener<RunModel>) c -> fill());
        fill();
    }

    private static Button fold(BooleanProperty folded) {
        Button button = Icons.only(new Button(), Feather.CHEVRON_DOWN, Words.of("runs.fold"));
        folded.subscribe(put -> {
            String name = Words.of(put ? "runs.unfold" : "runs.fold");
            button.setGraphic(Icons.of(put ? Feather.CHEVRON_UP : Feather.CHEVRON_DOWN));
            button.setAccessibleText(name);
            button.getTooltip().setText(name);
        });
        button.setOnAction(e -> folded.set(!folded.get()));
        return named(button, "fold-runs");
    }

    private Button pause() {
        Button button = Icons.only(new Button(), Feather.PAUSE, Words.of("runs.pause"));
        button.disableProperty().bind(model.forbidden(RunState.Status::active));
        button.setOnAction(e -> model.pauseSelected());
        return named(button, "pause-run-button");
    }

    private Button resume() {
        Button button = Icons.only(new Button(), Feather.PLAY, Words.of("runs.resume"));
        button.disableProperty().bind(model.forbidden(RunState.Status::resumable));
        button.setOnAction(e -> model.resumeSelected());
        return named(button, "resume-run-button");
    }

    private Button study(StudiesModel studies) {
        Button button = named(whole(styled(new Button(Words.of("runs.study.new")), "small")), "study-button");
        button.setTooltip(new Tooltip(Words.of("runs.study.new.more")));
        StudyPopover popover = new StudyPopover(studies, views::showStudies);
        button.setOnAction(e -> popover.show(button));
        return button;
    }

    /// Sets the divider, unless the user has moved it.
    private void divide(SplitPane split) {
        if (Double.isNaN(divided) || Math.abs(split.getDividerPositions()[0] - divided) < NOT_MOVED) {
            divided = model.showsTargets() ? SPLIT_WITH_TARGET : SPLIT;
            split.setDividerPositions(divided);
        }
    }

    private void fill() {
        if (model.runs().isEmpty() || content.getChildren().getFirst() instanceof SplitPane) {
            return;
        }
        RunsTable table = new RunsTable(model, menu, theme);
        menu.columns(table.columns());
        SplitPane split = new SplitPane(views, table);
        // The target column takes its space from the plots, so that no other column is hidden.
        model.groups().subscribe(g -> divide(split));
        model.file().subscribe(f -> divide(split));
        divide(split);
        content.getChildren().setAll(split);
        views.begin();
    }
}
