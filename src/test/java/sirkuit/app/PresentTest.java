package sirkuit.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.UsesWindow;
import sirkuit.app.look.Words;
import sirkuit.app.preferences.Preferences;

/// The sample project shown to an audience by the keys of a clicker: with the real engine, with one that dies, and with
/// one that never says a word.
@UsesWindow
class PresentTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration A_BUSY_MACHINE = Duration.ofMinutes(4);

    @TempDir
    Path folder = Path.of("");

    private final DrivenWindow window = new DrivenWindow();
    private Path place = Path.of("");

    private void open(@Nullable List<String> engine, @Nullable String language) throws Exception {
        open("reviews", engine, language);
    }

    private void open(String sample, @Nullable List<String> engine, @Nullable String language) throws Exception {
        place = SampleCopy.of(sample, folder);
        Preferences preferences =
                new Preferences(null, List.of(place.toString()), engine, null, language, null, null, null, null);
        Files.writeString(folder.resolve("preferences.json"), Json.pretty(preferences));
        System.setProperty("sirkuit.config", folder.toString());
        window.open();
        window.until(SOON, () -> window.has("#workbench"));
    }

    @AfterEach
    void close() throws Exception {
        window.close();
        System.clearProperty("sirkuit.config");
        Words.speak("en");
    }

    @Test
    void fivePagesAreShownWithTheRealEngine() throws Exception {
        open(null, null);
        window.until(SOON, () -> window.text("#engine-chip").endsWith("ready") && window.idle());
        aBadFileIsToldOfFirst();
        window.push(KeyCode.F5);
        window.until(SOON, () -> window.has("#stage-read"));
        asWideAsAScreen();
        window.until(SOON, () -> window.text(".stage-verdict").startsWith("It says:"));
        assertThat(window.has("#workbench")).isFalse();
        window.push(KeyCode.ENTER);
        window.write("filmnya bagus sekali b n t");
        assertThat(((TextField) window.find("#stage-field")).getText()).isEqualTo("filmnya bagus sekali b n t");
        window.push(KeyCode.ENTER);
        window.push(KeyCode.DIGIT4);
        window.until(SOON, () -> window.text("#stage-field-gloss").startsWith("That means:"));
        pictures("read");

        window.push(KeyCode.PAGE_DOWN);
        window.until(SOON, () -> window.text("#stage-parts-count").equals("16"));
        Thread.sleep(1000);
        pictures("parts");

        window.push(KeyCode.SPACE);
        window.until(SOON, () -> window.has("#stage-after"));
        window.until(SOON, () -> window.find("#stage-after").isVisible());
        pictures("off");

        window.push(KeyCode.RIGHT);
        window.until(SOON, () -> window.text("#stage-going").startsWith("Learning"));
        window.push(KeyCode.T);
        window.push(KeyCode.N);
        assertThat(window.text("#stage-notes-text")).contains("Minangkabau");
        pictures("teach-live-notes");
        window.push(KeyCode.N);
        window.push(KeyCode.T);
        window.until(A_BUSY_MACHINE, () -> window.text("#stage-going").startsWith("It has just learned"));
        pictures("teach");
        window.push(KeyCode.F);
        assertThat(window.text("#stage-teach-quiet")).startsWith("Recorded");
        window.push(KeyCode.L);
        assertThat(window.text("#stage-teach-quiet")).isEmpty();

        window.push(KeyCode.PAGE_DOWN);
        window.until(SOON, () -> window.text("#stage-kept-counts").startsWith("Of 300 sentences in Indonesian"));
        assertThat(window.text("#stage-full-source-now")).isEqualTo("8 of 10");
        assertThat(window.text("#stage-masked-source-now")).isEqualTo("9 of 10");
        pictures("kept");
        window.small();
        picture("kept-small");
        window.large();
        window.push(KeyCode.N);
        picture("kept-notes");
        window.push(KeyCode.N);
        window.push(KeyCode.B);
        assertThat(window.has("#stage-black")).isTrue();
        window.push(KeyCode.B);
        everythingIsPressed();
        window.push(KeyCode.ESCAPE);
        assertThat(window.has("#stage")).isFalse();
        assertThat(window.has("#workbench")).isTrue();
        window.small();
        window.pictures("50-present-left");
        assertThat(place.resolve("present-answers.json")).content().contains("\"kept\" : {");
        switchingOffChangesSomething();
    }

    private void switchingOffChangesSomething() {
        JsonNode answers = Json.tree(place.resolve("present-answers.json")).path("answers");
        assertThat(answers.size()).isEqualTo(2);
        JsonNode whole = answers.path("");
        JsonNode without = answers.properties().stream()
                .filter(e -> !e.getKey().isEmpty())
                .findFirst()
                .orElseThrow()
                .getValue();
        assertThat(whole.size()).isGreaterThanOrEqualTo(4);
        double most = 0;
        for (var answer : whole.properties()) {
            for (int c = 0; c < 3; c++) {
                double now = without.path(answer.getKey()).path(c).asDouble();
                most = Math.max(most, Math.abs(answer.getValue().path(c).asDouble() - now));
            }
        }
        assertThat(most).as(answers.toString()).isGreaterThan(0.05);
    }

    private void aBadFileIsToldOfFirst() throws Exception {
        Files.writeString(place.resolve("present.json"), "{\"schemaVersion\": 1, \"pages\": {\"red\": {}}}");
        window.push(KeyCode.F5);
        window.until(SOON, () -> window.has(".notice.warning"));
        assertThat(window.has("#stage")).isFalse();
    }

    /// Nothing breaks, and no shortcut reaches the window below.
    private void everythingIsPressed() {
        for (KeyCode key : List.of(
                KeyCode.F5,
                KeyCode.TAB,
                KeyCode.UP,
                KeyCode.DOWN,
                KeyCode.DELETE,
                KeyCode.X,
                KeyCode.F1,
                KeyCode.HOME)) {
            window.push(key);
        }
        window.push(KeyCode.CONTROL, KeyCode.W);
        window.push(KeyCode.CONTROL, KeyCode.K);
        window.push(KeyCode.CONTROL, KeyCode.T);
        assertThat(window.has("#stage-read")).isTrue();
        assertThat(window.has("#palette-field")).isFalse();
    }

    @Test
    void pairsAreShownAsTwoSentences() throws Exception {
        open("inference", null, null);
        window.until(SOON, () -> window.text("#engine-chip").endsWith("ready") && window.idle());
        window.push(KeyCode.F5);
        window.until(SOON, () -> window.has("#stage-read"));
        asWideAsAScreen();
        window.until(SOON, () -> window.text(".stage-verdict").startsWith("It says:"));
        assertThat(window.text("#stage-field-gloss")).startsWith("That means:");
        pictures("pair");
        window.push(KeyCode.ENTER);
        window.write("paman menjual baju");
        window.push(KeyCode.TAB);
        window.write("paman tidak menjual baju");
        window.push(KeyCode.ENTER);
        assertThat(((TextField) window.find("#stage-field-pair")).getText()).isEqualTo("paman tidak menjual baju");
        window.until(SOON, () -> window.text(".stage-verdict").equals("It says: contradiction"));
        window.push(KeyCode.SPACE);
        window.push(KeyCode.SPACE);
        window.until(
                SOON,
                () -> window.has("#stage-after") && window.find("#stage-after").isVisible());
        picture("pair-off");
        window.push(KeyCode.END);
        window.until(SOON, () -> window.text("#stage-kept-counts").startsWith("Of 300 "));
        picture("pair-kept");
    }

    @Test
    void anEngineThatDiesIsNotSeenOnStage() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        open(List.of(java, "--no-such-option"), null);
        window.until(SOON, () -> window.has("#start-engine-button"));
        window.click("#present-button");
        walkWithoutAnEngine();
        window.push(KeyCode.LEFT);
        window.until(SOON, () -> window.text("#stage-teach-quiet").startsWith("Recorded"));
        window.until(SOON, () -> window.text("#stage-teach-target-now").equals("8 of 10"));
        picture("teach-recorded");
    }

    @Test
    void anEngineThatNeverAnswersIsNotWaitedFor() throws Exception {
        open(List.of("sleep", "1000"), "id");
        window.push(KeyCode.F5);
        walkWithoutAnEngine();
        window.push(KeyCode.LEFT);
        window.push(KeyCode.F);
        window.until(SOON, () -> window.text("#stage-teach-target-now").equals("8 dari 10"));
        picture("id-teach");
        List<String> light =
                List.copyOf(window.find("#stage").getScene().getRoot().getStyleClass());
        window.push(KeyCode.D);
        assertThat(List.copyOf(window.find("#stage").getScene().getRoot().getStyleClass()))
                .isNotEqualTo(light);
        window.push(KeyCode.ESCAPE);
        assertThat(window.has("#workbench")).isTrue();
        assertThat(List.copyOf(window.find("#workbench").getScene().getRoot().getStyleClass()))
                .as("dark was for the stage")
                .isEqualTo(light);
    }

    /// The screen of the platform without a display is square, as none on a stage is.
    private void asWideAsAScreen() {
        window.interact(() -> ((Stage) window.find("#stage").getScene().getWindow()).setFullScreen(false));
        window.large();
    }

    private void walkWithoutAnEngine() throws Exception {
        window.until(SOON, () -> window.has("#stage-read"));
        asWideAsAScreen();
        window.until(SOON, () -> !window.text("#stage-quiet").isEmpty());
        // The sample comes with the answers of a rehearsal.
        assertThat(window.text(".stage-verdict")).isNotEmpty();
        assertThat(window.text("#stage-field-gloss")).isNotEmpty();
        window.push(KeyCode.PAGE_DOWN);
        window.until(SOON, () -> window.text("#stage-parts-count").equals("16"));
        window.push(KeyCode.PAGE_DOWN);
        window.until(SOON, () -> !window.text("#stage-off-quiet").isEmpty());
        window.push(KeyCode.END);
        window.until(SOON, () -> window.text("#stage-full-source-now").startsWith("8 "));
        assertThat(window.text("#stage-kept-counts")).contains("300");
        assertThat(window.has(".notice")).isFalse();
        picture("kept-without-engine");
    }

    private void pictures(String name) throws Exception {
        picture(name + "-light");
        window.push(KeyCode.D);
        picture(name + "-dark");
        window.push(KeyCode.D);
    }

    private void picture(String name) throws Exception {
        window.picture("50-present-" + name);
    }
}
