package sirkuit.app.circuit.pane;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;
import sirkuit.UsesWindow;
import sirkuit.app.circuit.CircuitLook;
import sirkuit.app.circuit.CircuitModel;
import sirkuit.app.circuit.Circuits;
import sirkuit.app.circuit.Net;
import sirkuit.app.circuit.Unit;
import sirkuit.app.heatmap.HeadCursor;
import sirkuit.app.heatmap.HeatmapModel;
import sirkuit.app.heatmap.pane.ScoreShelf;
import sirkuit.app.look.Theme;
import sirkuit.app.mask.MaskModel;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.mask.HeadMask;
import sirkuit.project.Project;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;

/// The drawing and its list, by mouse and keyboard.
@UsesWindow
class CircuitViewTest {
    @TempDir
    Path folder = Path.of("");

    private final FxRobot robot = new FxRobot();
    private final MaskModel masks = new MaskModel();
    private final HeatmapModel heatmap =
            new HeatmapModel(new SimpleObjectProperty<>(), new SimpleStringProperty(""), masks, new HeadCursor());
    private @Nullable Project project;
    private @Nullable CircuitModel model;
    private @Nullable Stage stage;

    @BeforeEach
    void open() throws Exception {
        ProjectFile.Language language = new ProjectFile.Language("A", new DataFile("a.csv"), new DataFile("b.csv"));
        Project made =
                Project.create(folder.resolve("p"), new ProjectFile(1, "p", "model", null, language, language, 16));
        project = made;
        ScoreShelf shelf = new ScoreShelf(made, new Notices(), new Threads(Runnable::run, Runnable::run));
        FxToolkit.registerPrimaryStage();
        stage = FxToolkit.registerStage(Stage::new);
        robot.interact(() -> {
            CircuitModel shown = new CircuitModel(shelf, masks.mask(), heatmap);
            model = shown;
            masks.begin(8, 6, HeadMask.all(8, 6));
            shelf.add("cdt-20260101-000000", Circuits.random(8, 6, 5));
            shown.open().set(true);
            Stage window = Objects.requireNonNull(stage);
            window.setScene(
                    new Scene(new CircuitView(shown, new SimpleObjectProperty<>(Theme.LIGHT), p -> {}), 1000, 600));
            window.show();
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    @AfterEach
    void close() throws Exception {
        FxToolkit.cleanupStages();
        if (project != null) {
            project.close();
        }
    }

    @Test
    void aRowOfTheListAndItsEdgeAreSelectedTogetherAndEscapeClearsBoth() {
        TableView<?> list = find("#edge-table", TableView.class);
        robot.interact(() -> list.getSelectionModel().select(3));
        assertThat(look().edge()).isNotNull().isEqualTo(list.getItems().get(3));
        Net.Edge other = look().shown().edges().get(7);
        robot.interact(() -> Objects.requireNonNull(model).edge().set(other));
        assertThat(list.getSelectionModel().getSelectedItem()).isEqualTo(other);
        robot.interact(() -> find("#circuit-drawing", CircuitDrawing.class).requestFocus());
        robot.push(KeyCode.ESCAPE);
        assertThat(look().edge()).isNull();
        assertThat(list.getSelectionModel().getSelectedItem()).isNull();
    }

    @Test
    void clickingAHeadLightsItsPathsAndClickingNothingClears() {
        CircuitDrawing drawing = find("#circuit-drawing", CircuitDrawing.class);
        Unit unit = look().shown().units().iterator().next();
        java.awt.geom.Point2D place = Objects.requireNonNull(
                CircuitScene.of(look(), drawing.area(), Lens.WHOLE).layout().of(unit));
        robot.clickOn(drawing.localToScreen(place.getX(), place.getY()));
        robot.moveTo(drawing.localToScreen(3, 3));
        assertThat(look().picked()).isEqualTo(unit);
        assertThat(look().lit()).isNotEmpty();
        robot.clickOn(drawing.localToScreen(3, 3));
        assertThat(look().picked()).isNull();
    }

    @Test
    void theKeyboardZoomsAndShowsAllAgain() {
        robot.interact(() -> find("#circuit-drawing", CircuitDrawing.class).requestFocus());
        robot.push(KeyCode.PLUS);
        assertThat(find("#circuit-zoom-percent", Label.class).getText()).isEqualTo("125 %");
        robot.push(KeyCode.DIGIT0);
        assertThat(find("#circuit-zoom-percent", Label.class).getText()).isEqualTo("100 %");
    }

    @Test
    void theListFoldsAwayInANarrowWindow() {
        assertThat(find("#edge-table", TableView.class).isVisible()).isTrue();
        robot.interact(() -> Objects.requireNonNull(stage).setWidth(650));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(find("#edge-table", TableView.class).isVisible()).isFalse();
    }

    private <T> T find(String selector, Class<T> type) {
        return type.cast(Objects.requireNonNull(
                Objects.requireNonNull(stage).getScene().getRoot().lookup(selector)));
    }

    private CircuitLook look() {
        WaitForAsyncUtils.waitForFxEvents();
        return Objects.requireNonNull(Objects.requireNonNull(model).shownNow().get());
    }
}
