package sirkuit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.UsesWindow;
import sirkuit.project.Project;
import sirkuit.run.RunFolder;

/// The whole main job through the window, with the real engine and the real Indonesian checkpoint: a new project, a
/// score, the top 12 heads, a run, a killed engine, the project reopened. Pictures of every view are left under
/// `target/screenshots`.
@UsesWindow
class MainJobTest {
    private static final Path SHARED =
            Path.of("..", "shared", "real").toAbsolutePath().normalize();
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Duration LONG = Duration.ofMinutes(8);

    @TempDir
    Path folder = Path.of("");

    private final DrivenWindow window = new DrivenWindow();

    @BeforeEach
    void open() throws Exception {
        Assumptions.assumeTrue(
                Files.isDirectory(SHARED), "skipped: " + SHARED + " with the checkpoint and the texts is absent");
        System.setProperty("sirkuit.config", folder.resolve("config").toString());
        window.open();
    }

    @AfterEach
    void close() throws Exception {
        window.close();
        System.clearProperty("sirkuit.config");
    }

    @Test
    void scoresChoosesTunesAndSurvivesADeadEngine() throws Exception {
        Path place = folder.resolve("minangkabau");
        makeProject(place);
        score();
        tune();
        killTheEngine();
        reopen(place);
    }

    private void makeProject(Path place) throws Exception {
        window.pictures("1-welcome");
        window.type("#checkpoint-field", folder.toString());
        window.until(SOON, () -> window.text(".wrong").contains("config.json"));
        window.pictures("2-wrong-checkpoint");
        window.type(
                "#checkpoint-field", SHARED.resolve("indonesian-sentiment-bert").toString());
        window.type(
                "#source-train",
                SHARED.resolve("nusax-senti/indonesian/train.csv").toString());
        window.type("#target-train", SHARED.resolve("nusax-senti/minangkabau").toString());
        window.type("#project-folder-field", place.toString());
        window.until(SOON, () -> !window.find("#create-button").isDisabled());
        window.until(SOON, window::idle);
        assertThat(((TextField) window.find("#target-train")).getText()).endsWith("train.csv");
        window.pictures("3-new-project");
        window.click("#create-button");
        window.until(SOON, () -> window.has("#heatmap"));
    }

    private void score() throws Exception {
        window.until(SOON, () -> !window.find("#score-button").isDisabled());
        window.until(SOON, window::idle);
        window.pictures("4-nothing-scored");
        assertThat(window.find("#save-mask-button").isDisabled()).isTrue();
        window.click("#preview-button");
        window.until(SOON, () -> window.text("#heatmap-caption").matches("Shown: Gradient, \\d+ texts"));
        window.until(SOON, () -> !window.find("#score-button").isDisabled());
        window.click("#score-button");
        window.until(LONG, () -> window.text("#heatmap-caption").matches("Shown: CD-T directional, \\d+ texts"));
        assertThat(window.text("#mask-summary")).startsWith("12 of 48 heads");
        assertThat(window.find("#save-mask-button").isDisabled()).isFalse();
        window.pictures("5-scored");
    }

    private void tune() throws Exception {
        window.until(SOON, () -> !window.find("#tune-button").isDisabled());
        window.type("#epochs-field", "2");
        window.click("#more-settings .title");
        window.type("#seed-field", "99999999999");
        window.until(SOON, () -> window.find("#tune-button").isDisabled());
        assertThat(window.text("#tune-forecast")).startsWith("Seed must be");
        window.pictures("5-wrong-seed");
        window.type("#seed-field", "0");
        window.click("#more-settings .title");
        window.click("#tune-button");
        window.until(LONG, () -> window.text("#status-text").contains("Step 1"));
        window.click("#pause-run-button");
        window.until(SOON, () -> !window.find("#resume-run-button").isDisabled());
        window.pictures("6-paused");
        window.click("#resume-run-button");
        window.until(SOON, () -> !window.idle());
        window.until(LONG, window::idle);
        assertThat(window.find("#resume-run-button").isDisabled()).isTrue();
        window.pictures("6-tuned");
    }

    private void killTheEngine() throws Exception {
        window.click("#heatmap-tab");
        window.click("#score-button");
        window.until(SOON, () -> !window.idle());
        ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
        window.until(SOON, () -> window.has(".notice.error"));
        window.until(SOON, () -> window.text("#engine-chip").endsWith("ready"));
        assertThat(window.has(".notice.error")).isFalse();
        window.pictures("7-engine-died");
        assertThat(window.text("#mask-summary")).startsWith("12 of 48 heads");
        window.click("#preview-button");
        window.until(LONG, () -> window.text("#heatmap-caption").matches("Shown: Gradient, \\d+ texts"));
        window.until(SOON, window::idle);
        assertThat(window.has(".notice")).isFalse();
    }

    private void reopen(Path place) throws Exception {
        window.closeProject();
        window.until(SOON, () -> window.has(".recent-entry"));
        try (Project project = Project.open(place)) {
            assertThat(project.scoreIds()).hasSize(3);
            assertThat(project.mask("current").size()).isEqualTo(12);
            RunFolder run = project.runs().getFirst();
            assertThat(run.adapted().resolve("model.safetensors")).exists();
            assertThat(run.eventLines().getLast()).contains("\"finished\"");
        }
        window.click(".recent-entry");
        window.until(SOON, () -> window.has("#score-button"));
        window.until(SOON, () -> !window.find("#score-button").isDisabled());
        window.until(SOON, window::idle);
        assertThat(window.text("#mask-summary")).startsWith("12 of 48 heads");
        window.pictures("8-reopened");
        window.small();
        window.pictures("9-small");
        window.click("#runs-tab");
        window.until(SOON, () -> window.has("#runs-table"));
        window.pictures("9-small-runs");
    }
}
