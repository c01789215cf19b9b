package sirkuit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TreeTableColumn;
import javafx.scene.control.TreeTableView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.util.WaitForAsyncUtils;
import sirkuit.Json;
import sirkuit.MadeRun;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesWindow;
import sirkuit.app.preferences.Preferences;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.table.RunRow;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskStrategy;
import sirkuit.project.Project;
import sirkuit.record.ProjectFile;
import sirkuit.record.RunConfig;

/// Runs of two targets in the window: the table names them, and the plots never mix them.
@UsesWindow
class TwoTargetsTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder = Path.of("");

    private final DrivenWindow window = new DrivenWindow();
    private ProjectFile.Language indonesian;
    private String model = "";

    @BeforeEach
    void make() throws Exception {
        Path place = folder.resolve("project");
        model = TinyCheckpoint.write(folder.resolve("model"), 3).toString();
        indonesian = MadeRun.language(folder, "Indonesian");
        ProjectFile.Language minangkabau = MadeRun.language(folder, "Minangkabau");
        ProjectFile.Language javanese = MadeRun.language(folder, "Javanese");
        ProjectFile file =
                new ProjectFile(ProjectFile.VERSION, "Two targets", model, null, indonesian, minangkabau, 16);
        try (Project project = Project.create(place, file)) {
            HeadMask random = new MaskStrategy.RandomK(2, 1).draw(2, 4);
            HeadMask more = new HeadMask(2, 4, List.of(new Head(0, 0), new Head(0, 1), new Head(1, 2)), "top 3 by cdt");
            made(project, "1-top", "top 2 by CD-T", MadeRun.TOP, minangkabau, 0.76, 0.86);
            made(project, "2-full", "full fine-tuning", null, minangkabau, 0.775, 0.66);
            made(project, "3-random", "random 2", random, minangkabau, 0.6, 0.84);
            made(project, "4-top", "top 2 by CD-T, Javanese", MadeRun.TOP, javanese, 0.71, 0.87);
            made(project, "5-top", "top 3 by CD-T, Javanese", more, javanese, 0.73, 0.82);
            // The story of a user: after runs on Minangkabau, Javanese files are chosen.
            project.update(project.resolved().withTarget(javanese));
        }
        Preferences preferences = new Preferences(null, List.of(place.toString()), null);
        Files.writeString(folder.resolve("preferences.json"), Json.pretty(preferences));
        System.setProperty("sirkuit.config", folder.toString());
        window.open();
    }

    private void made(
            Project project,
            String id,
            String name,
            HeadMask mask,
            ProjectFile.Language target,
            double after,
            double sourceAfter) {
        RunConfig config = MadeRun.config(name, model, mask, target, indonesian);
        MadeRun.write(project.run(id).folder(), config, after, sourceAfter, MadeRun.digests(config));
    }

    @AfterEach
    void close() throws Exception {
        window.close();
        System.clearProperty("sirkuit.config");
    }

    @Test
    void theTableNamesTheTargetsAndThePlotsShowOneAtATime() throws Exception {
        window.click("#runs-tab");
        window.until(
                SOON,
                () -> window.has("#runs-table")
                        && table().getRoot().getChildren().size() == 5);
        TreeTableColumn<RunRow, ?> learnt = column("runs-learnt");
        assertThat(learnt.isVisible()).isTrue();
        assertThat(table().getRoot().getChildren())
                .extracting(i -> learnt.getCellObservableValue(i).getValue().toString())
                .containsExactly("Minangkabau", "Minangkabau", "Minangkabau", "Javanese", "Javanese");
        assertThat(shown()).as("those of the latest run").isEqualTo("Javanese");
        assertThat(choice().getItems())
                .extracting(Object::toString)
                .containsExactly("All targets", "Javanese", "Minangkabau");
        assertThat(key()).contains("Javanese", "Indonesian").doesNotContain("Minangkabau");
        // What was trained keeps its place beside the target.
        window.until(SOON, () -> column("runs-trained").isVisible());
        window.pictures("28-targets-accuracy");
        window.click("#trade-off-view");
        window.pictures("28-targets-trade-off");
        WaitForAsyncUtils.asyncFx(() -> choice().getSelectionModel().selectLast())
                .get();
        window.until(SOON, () -> table().getSelectionModel().getSelectedItem() != null);
        assertThat(selected().id()).isEqualTo("3-random");
        window.until(SOON, () -> key().containsAll(List.of("full", "top heads", "random heads", "Pareto front")));
        assertThat(window.cut(".key")).isEmpty();
        window.pictures("28-targets-trade-off-first");
        window.click("#accuracy-view");
        window.until(SOON, () -> key().containsAll(List.of("Minangkabau", "Indonesian")));
        assertThat(key()).doesNotContain("Javanese");
        // With the selected run the plots change.
        WaitForAsyncUtils.asyncFx(() -> table().getSelectionModel().clearAndSelect(table().getExpandedItemCount() - 1))
                .get();
        window.until(SOON, () -> key().contains("Javanese"));
        assertThat(key()).doesNotContain("Minangkabau");
        window.small();
        window.pictures("28-targets-small");
    }

    private TreeTableColumn<RunRow, ?> column(String id) {
        return table().getColumns().stream()
                .filter(c -> id.equals(c.getId()))
                .findFirst()
                .orElseThrow();
    }

    private List<String> key() {
        return window.find("#runs-target-choice").getScene().getRoot().lookupAll(".key .label").stream()
                .map(n -> ((Label) n).getText())
                .toList();
    }

    /// What the choice of the target says.
    private String shown() {
        return choice().getValue().toString();
    }

    private RunModel selected() {
        return table().getSelectionModel().getSelectedItem().getValue().runs().getFirst();
    }

    @SuppressWarnings("unchecked")
    private TreeTableView<RunRow> table() {
        return (TreeTableView<RunRow>) window.find("#runs-table");
    }

    private ComboBox<?> choice() {
        return (ComboBox<?>) window.find("#runs-target-choice");
    }
}
