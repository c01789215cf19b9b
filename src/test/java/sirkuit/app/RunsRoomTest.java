package sirkuit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.util.WaitForAsyncUtils;
import sirkuit.Json;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesWindow;
import sirkuit.app.preferences.Preferences;
import sirkuit.app.runs.RunModel;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.project.Project;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;
import sirkuit.run.RunFolder;
import sirkuit.run.state.RunState;

/// Runs in the window with the real engine: plots, a name, a pin, the trash, settings taken over, an export, the
/// adapted model as the checkpoint and back.
@UsesWindow
class RunsRoomTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder = Path.of("");

    private final DrivenWindow window = new DrivenWindow();
    private Path place = Path.of("");

    @BeforeEach
    void make() throws Exception {
        place = folder.resolve("project");
        Path model = TinyCheckpoint.write(folder.resolve("model"), 3);
        DataFile train = texts("train.csv", 120, 1);
        DataFile test = texts("test.csv", 90, 2);
        DataFile source = texts("source.csv", 90, 4);
        ProjectFile file = new ProjectFile(
                ProjectFile.VERSION,
                "Runs",
                model.toString(),
                null,
                new ProjectFile.Language("Indonesian", train, source),
                new ProjectFile.Language("Minangkabau", train, test),
                16);
        try (Project project = Project.create(place, file)) {
            project.saveMask(
                    "current",
                    new HeadMask(
                            TinyCheckpoint.LAYERS,
                            TinyCheckpoint.HEADS,
                            List.of(new Head(0, 1), new Head(1, 2)),
                            "top 2 by cdt"));
        }
        Preferences preferences = new Preferences(null, List.of(place.toString()), null);
        Files.writeString(folder.resolve("preferences.json"), Json.pretty(preferences));
        System.setProperty("sirkuit.config", folder.toString());
        window.open();
    }

    private DataFile texts(String name, int count, long seed) {
        return new DataFile(
                TinyCheckpoint.writeTexts(folder.resolve(name), count, seed).toString());
    }

    @AfterEach
    void close() throws Exception {
        window.close();
        System.clearProperty("sirkuit.config");
    }

    @Test
    void runsAreComparedNamedDeletedHadBackAndGivenAway() throws Exception {
        window.until(SOON, this::canTune);
        assertThat(window.text("#tune-forecast")).contains("not known before the first run");
        window.type("#epochs-field", "6");
        tune();
        duplicateIsLikeTheRun();
        tune();
        window.until(SOON, () -> window.text("#tune-forecast").contains("based on earlier runs"));
        window.pictures("20-runs-accuracy");
        window.click("#loss-view");
        window.click("#smooth-loss");
        window.pictures("21-runs-loss");
        window.click("#trade-off-view");
        window.pictures("22-runs-trade-off");

        rename("Heads of the study");
        choose("run-pin");
        window.until(SOON, () -> selected().label().get().pinned());
        assertThat(selected().name()).isEqualTo("Heads of the study");
        assertThat(table().getItems().getFirst()).isSameAs(selected());
        exportAndAdopt();

        RunModel kept = selected();
        table().getSelectionModel().selectLast();
        assertThat(selected()).isNotSameAs(kept);
        String gone = selected().id();
        choose("run-trash");
        window.until(SOON, () -> table().getItems().size() == 1);
        assertThat(place.resolve(".trash").resolve(gone).resolve("config.json")).exists();
        MenuItem back = item("run-restore");
        WaitForAsyncUtils.asyncFx(() ->
                        ((javafx.scene.control.Menu) back).getItems().getFirst().fire())
                .get();
        window.until(SOON, () -> table().getItems().size() == 2);
        assertThat(new RunFolder(place.resolve("runs").resolve(gone)).finished())
                .isTrue();
        study();
        window.small();
        window.pictures("24-runs-small");
        theBarIsInReach();
        window.click("#accuracy-view");
        window.click("#more-settings .title");
        window.pictures("25-runs-small-settings");
    }

    /// In a small window, too.
    private void theBarIsInReach() {
        String before = window.find("#fold-runs").getAccessibleText();
        window.click("#fold-runs");
        assertThat(window.find("#fold-runs").getAccessibleText()).isNotEqualTo(before);
        window.click("#fold-runs");
        assertThat(window.find("#fold-runs").getAccessibleText()).isEqualTo(before);
    }

    private void study() throws Exception {
        window.type("#epochs-field", "1");
        window.click("#study-button");
        window.until(SOON, () -> popupHas("#study-sizes"));
        setInPopup("#study-sizes", "2, 4");
        WaitForAsyncUtils.asyncFx(() -> ((javafx.scene.control.CheckBox) inPopup("#study-top")).setSelected(false))
                .get();
        window.pictureOfDialog("26-study-form");
        window.press("Queue the study");
        window.until(SOON, () -> window.text("#study-count").equals("9 of 9 runs"));
        window.until(SOON, this::canTune);
        window.pictures("26-study");
        assertThat(place.resolve("studies/study/table.md")).content().contains("| random-4 | 3 |");
        window.click("#trade-off-view");
        window.pictures("27-study-trade-off");
    }

    private void duplicateIsLikeTheRun() throws Exception {
        window.type("#epochs-field", "2");
        choose("run-duplicate");
        window.until(
                SOON, () -> ((TextField) window.find("#epochs-field")).getText().equals("6"));
        window.click("#trainable-combo");
        WaitForAsyncUtils.asyncFx(() -> ((javafx.scene.control.ComboBox<?>) window.find("#trainable-combo"))
                        .getSelectionModel()
                        .selectLast())
                .get();
        window.until(SOON, this::canTune);
    }

    private void exportAndAdopt() throws Exception {
        choose("run-export");
        window.until(SOON, () -> popupHas("#export-place"));
        window.pictureOfDialog("23-export");
        Path out = folder.resolve("given");
        setInPopup("#export-place", out.toString());
        window.press("Export");
        window.until(SOON, () -> Files.exists(out.resolve("README.md")));
        window.until(SOON, () -> window.has(".notice.info"));
        choose("run-adopt");
        window.until(SOON, () -> checkpoint().endsWith("adapted"));
        window.until(SOON, window::idle);
        window.pictures("23-runs-adopted");
        choose("run-trash");
        window.until(SOON, () -> window.has(".notice.error"));
        assertThat(table().getItems()).hasSize(2);
        Node original = window.find("#sidebar-tree").lookupAll(".tree-cell").stream()
                .filter(n -> n instanceof javafx.scene.control.TreeCell<?> c
                        && c.getText() != null
                        && c.getText().startsWith("original"))
                .findFirst()
                .orElseThrow();
        WaitForAsyncUtils.asyncFx(() -> ((javafx.scene.control.TreeCell<?>) original)
                        .getTreeView()
                        .getSelectionModel()
                        .select(((javafx.scene.control.TreeCell<?>) original).getIndex()))
                .get();
        window.until(SOON, () -> checkpoint().endsWith("model"));
        window.until(SOON, window::idle);
    }

    private String checkpoint() {
        return Json.read(place.resolve("project.json"), ProjectFile.class).checkpoint();
    }

    private void tune() throws Exception {
        int before = window.has("#runs-table") ? table().getItems().size() : 0;
        window.click("#tune-button");
        window.until(
                SOON,
                () -> window.has("#runs-table")
                        && table().getItems().size() == before + 1
                        && table().getItems().stream().allMatch(r -> r.status().get() == RunState.Status.FINISHED));
        window.until(SOON, this::canTune);
    }

    private boolean canTune() {
        return window.has("#tune-button") && !window.find("#tune-button").isDisabled();
    }

    @SuppressWarnings("unchecked")
    private TableView<RunModel> table() {
        return (TableView<RunModel>) window.find("#runs-table");
    }

    private RunModel selected() {
        return table().getSelectionModel().getSelectedItem();
    }

    private void rename(String name) throws Exception {
        choose("run-rename");
        window.until(SOON, () -> popupHas("#run-name-field"));
        setInPopup("#run-name-field", name);
        window.press("Rename");
        window.until(SOON, () -> selected().name().equals(name));
    }

    private void choose(String id) throws Exception {
        MenuItem item = item(id);
        assertThat(item.isDisable()).as(id).isFalse();
        WaitForAsyncUtils.asyncFx(item::fire).get();
        WaitForAsyncUtils.waitForFxEvents();
    }

    private MenuItem item(String id) {
        return ((MenuButton) window.find("#run-menu"))
                .getItems().stream()
                        .filter(i -> id.equals(i.getId()))
                        .findFirst()
                        .orElseThrow();
    }

    private static boolean popupHas(String selector) {
        return Window.getWindows().stream().anyMatch(w -> w.getScene().lookup(selector) != null);
    }

    private static Node inPopup(String selector) {
        return Window.getWindows().stream()
                .map(w -> w.getScene().lookup(selector))
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    private static void setInPopup(String selector, String text) throws Exception {
        WaitForAsyncUtils.asyncFx(() -> ((TextField) inPopup(selector)).setText(text))
                .get();
    }
}
