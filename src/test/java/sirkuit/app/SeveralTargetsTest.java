package sirkuit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TreeTableView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.UsesWindow;
import sirkuit.app.preferences.Preferences;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.table.RunRow;
import sirkuit.project.Project;
import sirkuit.record.ProjectFile;
import sirkuit.run.state.RunState;

/// The first walk, with the real engine: heads are found and checked, then a run of each of two targets, and the plots
/// of both.
@UsesWindow
class SeveralTargetsTest {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    Path folder = Path.of("");

    private final DrivenWindow window = new DrivenWindow();

    @BeforeEach
    void aSampleWithOneMoreTarget() throws Exception {
        Path place = SampleCopy.in(folder);
        try (Project project = Project.open(place)) {
            ProjectFile file = project.resolved();
            ProjectFile.Language one = Objects.requireNonNull(file.target());
            Path data = project.folder().resolve("data").resolve("javanese");
            halve(data.resolve("test.csv"), data.resolve("train.csv"));
            project.update(file.adding(new ProjectFile.Language(
                    "Javanese",
                    one.train().at(data.resolve("train.csv").toString()),
                    one.test().at(data.resolve("test.csv").toString()))));
        }
        Preferences preferences = new Preferences(null, List.of(place.toString()), null);
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config").resolve("preferences.json"), Json.pretty(preferences));
        System.setProperty("sirkuit.config", folder.resolve("config").toString());
        window.open();
    }

    /// The sample has Javanese test texts only. Every second one becomes a training text.
    private static void halve(Path test, Path train) throws Exception {
        List<String> lines = Files.readAllLines(test);
        Files.write(
                train,
                IntStream.range(0, lines.size())
                        .filter(i -> i == 0 || i % 2 == 1)
                        .mapToObj(lines::get)
                        .toList());
        Files.write(
                test,
                IntStream.range(0, lines.size())
                        .filter(i -> i % 2 == 0)
                        .mapToObj(lines::get)
                        .toList());
    }

    @AfterEach
    void close() throws Exception {
        window.close();
        System.clearProperty("sirkuit.config");
    }

    @Test
    void believableHeadsAreFoundEachTargetIsTunedAndThePlotsShowOneOrAll() throws Exception {
        believableHeads();
        window.click("#runs-tab");
        window.until(SOON, () -> window.has("#runs-table") && runs().size() == 5);
        assertThat(target().getItems()).containsExactly("Minangkabau", "Javanese");
        assertThat(target().getValue()).isEqualTo("Javanese");
        window.pictures("29-targets-tune");
        tune(6, "Javanese");
        window.interact(() -> target().setValue("Minangkabau"));
        tune(7, "Minangkabau");

        window.click("#trade-off-view");
        window.until(SOON, () -> window.has("#trade-off-chart"));
        assertThat(choice().getItems())
                .extracting(Object::toString)
                .containsExactly("All targets", "Minangkabau", "Javanese");
        assertThat(choice().getValue()).as("that of the latest run").hasToString("Minangkabau");
        window.interact(() -> choice().getSelectionModel().selectFirst());
        window.until(SOON, () -> window.has("#trade-off-chart-2"));
        assertThat(window.has("#trade-off-chart-1")).isTrue();
        assertThat(window.has("#trade-off-chart-3")).isFalse();
        assertThat(window.has("#trade-off-chart")).isFalse();
        window.pictures("29-targets-all");
        window.click("#accuracy-view");
        window.until(SOON, () -> window.has("#accuracy-chart-2"));
        window.pictures("29-targets-all-accuracy");
        window.small();
        window.pictures("29-targets-all-small");
        window.large();
        window.interact(() -> choice().getSelectionModel().selectLast());
        window.until(SOON, () -> window.has("#accuracy-chart"));
        assertThat(table().getSelectionModel().getSelectedItem().getValue().runs())
                .extracting(RunModel::target)
                .containsOnly("Javanese");
        aStudyLearnsBoth();

        window.click("#present-button");
        window.pictureOfDialog("29-targets-present");
        window.press("Present");
        window.until(SOON, () -> window.has("#stage"));
        window.push(javafx.scene.input.KeyCode.ESCAPE);
        window.until(SOON, () -> window.has("#target-menu"));

        window.interact(() -> ((MenuButton) window.find("#target-menu"))
                .getItems().stream()
                        .filter(i -> "target-remove".equals(i.getId()))
                        .forEach(i -> i.fire()));
        window.pictureOfDialog("29-targets-remove");
        window.press("Remove");
        window.until(SOON, () -> window.text("#target-name").equals("Javanese"));
        window.click("#runs-tab");
        window.until(SOON, () -> window.has("#runs-table"));
        assertThat(runs()).hasSize(7).extracting(RunModel::target).contains("Minangkabau", "Javanese");
    }

    private void believableHeads() throws Exception {
        window.until(
                SOON,
                () -> window.has("#score-button")
                        && !window.find("#score-button").isDisabled());
        window.click("#score-button");
        window.until(SOON, () -> !window.idle());
        window.until(SOON, window::idle);
        assertThat(window.text("#heatmap-caption")).startsWith("Shown: CD-T directional");
        window.until(SOON, () -> window.text("#causal-verdict").contains("random heads"));
        assertThat(window.text("#causal-verdict"))
                .containsAnyOf("carry more of the task", "Alone, these heads do better");
    }

    private void aStudyLearnsBoth() throws Exception {
        window.click("#study-button");
        window.until(SOON, () -> window.has("#study-target-1"));
        assertThat(box(0).getText()).isEqualTo("Minangkabau");
        assertThat(box(0).isSelected()).as("the one to learn now").isTrue();
        assertThat(box(1).isSelected()).isFalse();
        window.click("#study-target-1");
        assertThat(window.text("#study-forecast")).contains("2 targets");
        window.pictures("29-targets-study");
        window.click("#study-target-0");
        window.click("#study-target-1");
        assertThat(box(1).isSelected()).as("one is always learned").isTrue();
        window.click("#study-close");
    }

    private CheckBox box(int index) {
        return (CheckBox) window.find("#study-target-" + index);
    }

    private void tune(int runs, String learned) throws Exception {
        window.until(SOON, () -> !window.find("#tune-button").isDisabled());
        window.type("#epochs-field", "1");
        window.click("#tune-button");
        window.until(
                LONG,
                () -> runs().size() == runs
                        && runs().stream().allMatch(r -> r.status().get() == RunState.Status.FINISHED));
        assertThat(runs())
                .filteredOn(r -> !r.precomputed())
                .extracting(RunModel::target)
                .contains(learned)
                .hasSize(runs - 5);
        window.until(SOON, window::idle);
    }

    @SuppressWarnings("unchecked")
    private TreeTableView<RunRow> table() {
        return (TreeTableView<RunRow>) window.find("#runs-table");
    }

    private List<RunModel> runs() {
        return table().getRoot().getChildren().stream()
                .flatMap(i -> i.getValue().runs().stream())
                .toList();
    }

    @SuppressWarnings("unchecked")
    private ComboBox<String> target() {
        return (ComboBox<String>) window.find("#target-choice");
    }

    private ComboBox<?> choice() {
        return (ComboBox<?>) window.find("#runs-target-choice");
    }
}
