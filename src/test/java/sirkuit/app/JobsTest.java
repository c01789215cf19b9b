package sirkuit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesWindow;
import sirkuit.app.preferences.Preferences;
import sirkuit.app.work.Job;
import sirkuit.mask.HeadMask;
import sirkuit.project.Project;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;

/// The list of jobs and the notices, with a real engine.
@UsesWindow
class JobsTest {
    @TempDir
    Path folder = Path.of("");

    private static final Duration SOON = Duration.ofSeconds(90);

    private final DrivenWindow window = new DrivenWindow();
    private Path place = Path.of("");

    @BeforeEach
    void make() throws Exception {
        place = folder.resolve("project");
        Path model = TinyCheckpoint.write(folder.resolve("model"), 3);
        DataFile train = texts("train.csv", 1);
        DataFile test = texts("test.csv", 2);
        ProjectFile file = new ProjectFile(
                ProjectFile.VERSION,
                "Busy",
                model.toString(),
                null,
                new ProjectFile.Language("Indonesian", train, test),
                new ProjectFile.Language("Minangkabau", train, test),
                16);
        try (Project project = Project.create(place, file)) {
            project.saveMask("current", HeadMask.all(TinyCheckpoint.LAYERS, TinyCheckpoint.HEADS));
        }
        Preferences preferences = new Preferences(null, List.of(place.toString()), null);
        Files.writeString(folder.resolve("preferences.json"), Json.pretty(preferences));
        System.setProperty("sirkuit.config", folder.toString());
        window.open();
    }

    private DataFile texts(String name, long seed) {
        return new DataFile(
                TinyCheckpoint.writeTexts(folder.resolve(name), 60, seed).toString());
    }

    @AfterEach
    void close() throws Exception {
        window.close();
        System.clearProperty("sirkuit.config");
    }

    @SuppressWarnings("unchecked")
    private List<Job> jobs() {
        return ((ListView<Job>) window.find("#jobs-list")).getItems();
    }

    private Job job(String begins) {
        return jobs().stream()
                .filter(j -> j.title().startsWith(begins))
                .findFirst()
                .orElseThrow();
    }

    private String line(String begins) {
        return job(begins).line().getValue();
    }

    @Test
    void jobsAreListedMovedAndCancelledAndTheReportIsWritten() throws Exception {
        window.until(
                SOON,
                () -> window.has("#tune-button") && !window.find("#tune-button").isDisabled());
        window.type("#epochs-field", "5000");
        window.click("#tune-button");
        window.until(SOON, () -> window.text("#status-text").contains("Step 1"));
        window.click("#tune-button");
        window.click("#heatmap-tab");
        window.click("#score-button");
        window.until(SOON, () -> window.text("#jobs-chip").contains("2 waiting"));
        window.push(KeyCode.CONTROL, KeyCode.J);
        window.until(SOON, () -> window.has("#jobs-list"));
        String run = jobs().getFirst().title();
        assertThat(jobs().getFirst().status().get()).isEqualTo(Job.Status.RUNNING);
        List<Job> waiting = jobs().stream().filter(Job::waiting).toList();
        assertThat(waiting).hasSize(2);
        assertThat(waiting.getFirst().line().getValue()).isEqualTo("Waits for: " + run);
        Node bar = window.find("#jobs-list .progress-bar");
        assertThat(bar.getBoundsInParent().getHeight()).isGreaterThanOrEqualTo(4);
        assertThat(window.text("#heatmap-caption")).isEqualTo("Waits for: " + run);
        window.pictures("24-jobs");
        window.push(KeyCode.DOWN);
        window.push(KeyCode.ALT, KeyCode.DOWN);
        assertThat(jobs().stream().filter(Job::waiting)).containsExactlyElementsOf(waiting.reversed());
        assertThat(window.find("#job-down").isDisabled()).isTrue();
        window.click("#job-up");
        assertThat(jobs().stream().filter(Job::waiting)).containsExactlyElementsOf(waiting);
        for (Job job : waiting) {
            window.interact(() -> ((ListView<?>) window.find("#jobs-list"))
                    .getSelectionModel()
                    .select(jobs().indexOf(job)));
            window.click("#job-cancel");
            window.until(SOON, () -> job.line().getValue().equals("cancelled"));
            assertThat(window.find("#job-cancel").isDisabled()).isTrue();
        }
        window.interact(() ->
                ((ListView<?>) window.find("#jobs-list")).getSelectionModel().selectFirst());
        assertThat(((Button) window.find("#job-cancel")).getText()).isEqualTo("Pause");
        window.click("#job-cancel");
        window.until(SOON, () -> line(run).equals("paused"));
        window.push(KeyCode.ESCAPE);
        assertThat(window.has("#jobs-list")).isFalse();
        window.until(SOON, () -> window.idle());

        Node tree = window.find("#sidebar-tree");
        double before = tree.localToScene(0, 0).getY();
        window.push(KeyCode.CONTROL, KeyCode.K);
        window.write("report");
        window.push(KeyCode.ENTER);
        window.until(SOON, () -> window.has("#open-notice"));
        window.pictures("24-notices");
        assertThat(place.resolve("report.html")).exists();
        assertThat(window.has("#show-notice")).isTrue();
        assertThat(window.details()).as("mistakes").isEmpty();
        assertThat(tree.localToScene(0, 0).getY()).as("nothing moves").isEqualTo(before);
        while (window.has(".notice")) {
            window.push(KeyCode.ESCAPE);
        }
        assertThat(window.has("#open-notice")).isFalse();
    }
}
