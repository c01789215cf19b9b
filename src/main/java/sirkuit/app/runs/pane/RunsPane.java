package sirkuit.app.runs.pane;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;
import static sirkuit.app.look.Boxes.whole;
import static sirkuit.app.look.Boxes.wrapping;

import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.geometry.Orientation;
import javafx.scene.control.Button;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.runs.RunActions;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.RunsModel;
import sirkuit.app.runs.table.RunPair;
import sirkuit.app.study.StudiesModel;
import sirkuit.run.state.RunState;

/// The runs: a plot or a study, and the table of all runs below it or, where there is more width than height, beside
/// it. The plot can be enlarged to take the place of both. A plot is created when it is first shown, because the chart
/// library takes a moment to load.
public final class RunsPane extends VBox {
    /// From this ratio of width to height on, plot and table are side by side.
    private static final double WIDE = 1.9;

    private static final double BESIDE = 0.46;
    private static final double ABOVE = 0.56;

    private final RunsModel model;
    private final Surroundings surroundings;
    private final RunMenu menu;
    private final RunViews views;
    private final SplitPane split = styled(new SplitPane(), "real-divider");
    private final StackPane content = styled(new StackPane(split), "runs-content");

    /// What the pane needs of the window.
    ///
    /// @param theme    of the colours
    /// @param seen     whether the pane can be seen; otherwise nothing is drawn
    /// @param showTune shows the settings of the next run
    /// @param newStudy shows the form of a new study
    /// @param below    whether the pane is below the other views and not a tab
    /// @param useHeads makes the heads of a run the mask
    /// @param sentences shows the texts that two runs answer differently
    public record Surroundings(
            ObservableValue<Theme> theme,
            ObservableValue<Boolean> seen,
            Runnable showTune,
            Runnable newStudy,
            BooleanProperty below,
            Consumer<RunModel> useHeads,
            Consumer<RunPair> sentences) {}

    public RunsPane(RunsModel model, RunActions actions, StudiesModel studies, Surroundings surroundings) {
        this.model = model;
        this.surroundings = surroundings;
        menu = new RunMenu(model, actions, surroundings.showTune, surroundings.useHeads);
        views = new RunViews(model, studies, surroundings);
        getStyleClass().add("panel");
        HBox tools = styled(row(pause(), resume(), menu.button(), study(), below(surroundings.below)), "runs-tools");
        StackPane bar =
                styled(new StackPane(wrapping(whole(views.choice()), gap(), whole(tools))), "panel-bar", "runs-bar");
        bar.setMinHeight(USE_PREF_SIZE);
        collapsing(views.choice()).visibleProperty().bind(Bindings.isNotEmpty(model.runs()));
        content.setMinHeight(0);
        setMinWidth(0);
        views.setMinSize(200, 130);
        split.widthProperty().subscribe(w -> arrange());
        split.heightProperty().subscribe(h -> arrange());
        getChildren().addAll(bar, views.key(), content);
        VBox.setVgrow(content, Priority.ALWAYS);
        content.getChildren().add(styled(note(Words.of("runs.none")), "empty-hint"));
        split.setVisible(false);
        addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ESCAPE && views.enlarged().get()) {
                views.enlarged().set(false);
                e.consume();
            }
        });
        model.runs().addListener((ListChangeListener<RunModel>) c -> fill());
        fill();
    }

    /// Shows the studies instead of a plot.
    public void showStudies() {
        views.showStudies();
    }

    private static Button below(BooleanProperty below) {
        Button button = Icons.only(new Button(), Feather.CREDIT_CARD, Words.of("runs.below"));
        below.subscribe(is -> {
            String name = Words.of(is ? "runs.as-tab" : "runs.below");
            button.setGraphic(Icons.of(is ? Feather.CORNER_RIGHT_UP : Feather.CORNER_RIGHT_DOWN));
            button.setAccessibleText(name);
            button.getTooltip().setText(name);
        });
        button.setOnAction(e -> below.set(!below.get()));
        return named(button, "runs-below-button");
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

    private Button study() {
        Button button = named(whole(styled(new Button(Words.of("runs.study.new")), "small")), "study-button");
        button.setTooltip(new Tooltip(Words.of("runs.study.new.more")));
        button.setOnAction(e -> surroundings.newStudy.run());
        return button;
    }

    /// Puts plot and table side by side or one above the other. The divider stays where the user has put it, until the
    /// arrangement changes.
    private void arrange() {
        boolean wide = split.getWidth() > WIDE * split.getHeight();
        Orientation now = wide ? Orientation.HORIZONTAL : Orientation.VERTICAL;
        if (split.getHeight() > 0 && now != split.getOrientation()) {
            split.setOrientation(now);
            split.setDividerPositions(wide ? BESIDE : ABOVE);
        }
    }

    private void fill() {
        if (model.runs().isEmpty() || split.isVisible()) {
            return;
        }
        RunsTable table = new RunsTable(model, menu, surroundings.theme, views::showPair);
        table.setMinSize(220, 96);
        menu.columns(table.columns());
        split.setOrientation(Orientation.VERTICAL);
        views.enlarged().subscribe(large -> {
            if (large) {
                split.getItems().setAll(views);
            } else {
                split.getItems().setAll(views, table);
                split.setDividerPositions(split.getOrientation() == Orientation.VERTICAL ? ABOVE : BESIDE);
            }
        });
        content.getChildren().setAll(split);
        split.setVisible(true);
        views.begin();
    }
}
