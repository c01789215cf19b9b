package sirkuit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.TreeTableView;
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
import sirkuit.app.runs.table.RunRow;
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
        assertThat(runs().getFirst()).isSameAs(selected());
        exportAndAdopt();

        RunModel kept = selected();
        twoRunsBesideEachOther();
        assertThat(selected()).isNotSameAs(kept);
        String gone = selected().id();
        choose("run-trash");
        window.until(SOON, () -> runs().size() == 1);
        assertThat(place.resolve(".trash").resolve(gone).resolve("config.json")).exists();
        MenuItem back = item("run-restore");
        WaitForAsyncUtils.asyncFx(() ->
                        ((javafx.scene.control.Menu) back).getItems().getFirst().fire())
                .get();
        window.until(SOON, () -> runs().size() == 2);
        assertThat(new RunFolder(place.resolve("runs").resolve(gone)).finished())
                .isTrue();
        window.closeNotices();
        study();
        window.small();
        window.pictures("24-runs-small");
        theRunsAreATabOrBelow();
        window.click("#accuracy-view");
        window.click("#more-settings .title");
        window.pictures("25-runs-small-settings");
    }

    private void twoRunsBesideEachOther() throws Exception {
        window.interact(() -> table().getSelectionModel().selectLast()); // together with the one that is selected
        window.until(SOON, () -> window.has("#pair-table"));
        assertThat(window.said()).contains("Settings that differ:");
        window.pictures("23-two-runs");
        window.small();
        window.pictures("23-two-runs-small");
        window.large();
        window.click("#pair-sentences");
        window.until(SOON, () -> window.text("#data-compare").startsWith("Compare with: After"));
        window.until(SOON, () -> window.idle());
        window.pictures("23-two-runs-sentences");
        window.click("#runs-tab");
        window.click("#trade-off-view");
    }

    /// In a small window they stay a tab: there is no room below the heatmap.
    private void theRunsAreATabOrBelow() throws Exception {
        assertThat(height("#runs-table")).isGreaterThan(90);
        window.click("#runs-below-button");
        assertThat(window.has("#runs-below")).isFalse();
        window.large();
        window.until(SOON, () -> window.has("#runs-below"));
        assertThat(height("#runs-below")).isGreaterThanOrEqualTo(239);
        assertThat(window.has("#heatmap")).isTrue();
        window.pictures("24-runs-below");
        window.click("#runs-below-button");
        assertThat(window.has("#runs-below")).isFalse();
        window.click("#accuracy-view");
        double before = height("#accuracy-chart");
        window.click("#enlarge-view");
        assertThat(height("#accuracy-chart")).isGreaterThan(1.4 * before);
        assertThat(window.has("#runs-table")).isFalse();
        window.pictures("24-runs-enlarged");
        window.press(javafx.scene.input.KeyCode.ESCAPE);
        assertThat(window.has("#runs-table")).isTrue();
        window.small();
    }

    private double height(String selector) {
        return window.find(selector).getLayoutBounds().getHeight();
    }

    private void study() throws Exception {
        window.type("#epochs-field", "1");
        window.click("#study-button");
        window.until(SOON, () -> window.has("#study-sizes"));
        assertThat(window.has("#heatmap")).as("the heads stay visible").isTrue();
        assertThat(window.text("#study-scores")).startsWith("None yet");
        assertThat(window.text("#study-forecast")).startsWith("Score the heads first");
        window.type("#study-sizes", "2, 4");
        window.click("#study-top");
        assertThat(window.text("#study-targets")).isEqualTo("Minangkabau");
        assertThat(window.text("#study-selected")).startsWith("2 of 8");
        assertThat(window.text("#study-forecast")).contains("9 runs", "In all about");
        window.pictures("26-study-form");
        window.small();
        window.pictures("26-study-form-small");
        window.large();
        window.click("#study-start");
        assertThat(window.has("#study-sizes")).isFalse();
        window.until(SOON, () -> window.text("#study-count").equals("9 of 9 runs"));
        window.until(SOON, this::canTune);
        window.pictures("26-study");
        assertThat(window.has("#study-verdict")).isTrue();
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
        assertThat(runs()).hasSize(2);
        Node original = window.find("#sidebar-tree").lookupAll(".tree-cell").stream()
                .filter(n -> n instanceof javafx.scene.control.TreeCell<?> c
                        && c.getText() != null
                        && c.getText().startsWith("original"))
                .findFirst()
                .orElseThrow();
        WaitForAsyncUtils.asyncFx(() -> {
                    javafx.scene.control.TreeCell<?> line = (javafx.scene.control.TreeCell<?>) original;
                    line.getTreeView().requestFocus();
                    line.getTreeView().getSelectionModel().select(line.getIndex());
                })
                .get();
        assertThat(checkpoint()).as("arrow keys only move").endsWith("adapted");
        window.press(javafx.scene.input.KeyCode.ENTER);
        window.until(SOON, () -> checkpoint().endsWith("model"));
        window.until(SOON, window::idle);
    }

    private String checkpoint() {
        return Json.read(place.resolve("project.json"), ProjectFile.class).checkpoint();
    }

    private void tune() throws Exception {
        int before = window.has("#runs-table") ? runs().size() : 0;
        window.click("#tune-button");
        window.until(
                SOON,
                () -> window.has("#runs-table")
                        && runs().size() == before + 1
                        && runs().stream().allMatch(r -> r.status().get() == RunState.Status.FINISHED));
        window.until(SOON, this::canTune);
    }

    private boolean canTune() {
        return window.has("#tune-button") && !window.find("#tune-button").isDisabled();
    }

    @SuppressWarnings("unchecked")
    private TreeTableView<RunRow> table() {
        return (TreeTableView<RunRow>) window.find("#runs-table");
    }

    /// The runs that are no part of a study, from top to bottom.
    private List<RunModel> runs() {
        return table().getRoot().getChildren().stream()
                .filter(i -> i.getValue() instanceof RunRow.One)
                .map(i -> i.getValue().runs().getFirst())
                .toList();
    }

    private RunModel selected() {
        return table().getSelectionModel().getSelectedItem().getValue().runs().getFirst();
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
