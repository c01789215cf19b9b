package sirkuit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.scene.control.TreeTableView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.util.WaitForAsyncUtils;
import sirkuit.Json;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesWindow;
import sirkuit.app.preferences.Preferences;
import sirkuit.mask.HeadMask;
import sirkuit.project.Project;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;
import sirkuit.run.RunFolder;

/// A run that goes on when its window closes, and is there when the project is opened again.
@UsesWindow
class KeptRunTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder = Path.of("");

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
                "Kept",
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

    @Test
    void closedAndOpenedAgainTheWindowShowsItsRunAndCanPauseIt() throws Exception {
        window.until(
                SOON,
                () -> window.has("#tune-button") && !window.find("#tune-button").isDisabled());
        window.type("#epochs-field", "5000");
        window.click("#tune-button");
        window.until(SOON, () -> window.text("#status-text").contains("Step 1"));
        window.askToClose();
        window.until(SOON, () -> window.offers("Don't close"));
        window.pictureOfDialog("11-closing");
        window.press("Don't close");
        assertThat(window.idle()).isFalse();
        window.askToClose();
        window.until(SOON, () -> window.offers("Keep running"));
        window.press("Keep running");
        window.close();

        RunFolder run;
        try (Project project = Project.open(place)) {
            assertThat(project.readOnly()).isFalse();
            run = project.runs().getFirst();
        }
        assertThat(run.beingWorkedOn()).isTrue();
        assertThat(run.concluded()).isFalse();

        window.open();
        window.until(SOON, () -> window.has("#runs-tab"));
        window.click("#runs-tab");
        window.until(SOON, () -> window.has("#runs-table"));
        WaitForAsyncUtils.asyncFx(() -> ((TreeTableView<?>) window.find("#runs-table"))
                        .getSelectionModel()
                        .selectFirst())
                .get();
        window.until(SOON, () -> !window.find("#pause-run-button").isDisabled());
        assertThat(window.find("#resume-run-button").isDisabled()).isTrue();
        window.pictures("11-followed");
        window.click("#pause-run-button");
        window.until(SOON, () -> !window.find("#resume-run-button").isDisabled());
        assertThat(run.resumable()).isTrue();
        window.until(SOON, () -> !run.beingWorkedOn());
        window.click("#resume-run-button");
        window.until(SOON, () -> window.text("#status-text").contains("Step"));
        window.click("#pause-run-button");
        window.until(SOON, () -> !window.find("#resume-run-button").isDisabled());
        assertThat(run.eventLines().stream().filter(l -> l.contains("\"resumed\"")))
                .hasSize(1);
    }
}
