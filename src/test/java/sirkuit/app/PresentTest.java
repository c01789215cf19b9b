package sirkuit.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
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
        open("reviews", engine, language, 10);
    }

    /// Things move faster than for an audience.
    ///
    /// @param impatience how many times faster pages give up waiting for the engine
    private void open(String sample, @Nullable List<String> engine, @Nullable String language, double impatience)
            throws Exception {
        place = SampleCopy.of(sample, folder);
        shortLessons();
        System.setProperty("sirkuit.present.motion", "20");
        System.setProperty("sirkuit.present.waiting", impatience + "");
        Preferences preferences =
                new Preferences(null, List.of(place.toString()), engine, null, language, null, null, null, null);
        Files.writeString(folder.resolve("preferences.json"), Json.pretty(preferences));
        System.setProperty("sirkuit.config", folder.toString());
        window.open();
        window.until(SOON, () -> window.has("#workbench"));
    }

    /// A live run copies the settings of the finished one, whose results stay.
    private void shortLessons() throws IOException {
        try (Stream<Path> runs = Files.list(place.resolve("runs"))) {
            for (Path run : runs.toList()) {
                Path config = run.resolve("config.json");
                Files.writeString(config, Files.readString(config).replaceFirst("\"epochs\" : \\d+", "\"epochs\" : 1"));
            }
        }
    }

    @AfterEach
    void close() throws Exception {
        window.close();
        List.of("sirkuit.config", "sirkuit.present.motion", "sirkuit.present.waiting")
                .forEach(System::clearProperty);
        Words.speak("en");
    }

    /// Two presentations in one session: the first by the keys of a clicker alone, the second by keyboard and mouse.
    @Test
    void aTenMinutePresentationByClickerAndAnotherByKeyboard() throws Exception {
        open("reviews", null, null, 1);
        window.until(SOON, () -> window.text("#engine-chip").endsWith("ready") && window.idle());
        aBadFileIsToldOfFirst();
        byClicker();
        byKeyboard();
    }

    /// Page Down, Page Up, B and Escape.
    private void byClicker() throws Exception {
        int runs = runFolders();
        window.push(KeyCode.F5);
        window.until(SOON, () -> window.has("#stage-read"));
        asWideAsAScreen();
        window.until(SOON, () -> window.text(".stage-verdict").startsWith("It says:"));
        assertThat(window.has("#workbench")).isFalse();
        assertThat(window.text(".stage-sure")).as("the first example").isEqualTo("It is very sure.");
        String answer = window.text(".stage-verdict");
        window.push(KeyCode.PAGE_DOWN);
        window.until(SOON, () -> window.text("#stage-parts-count").equals("16"));
        window.push(KeyCode.PAGE_DOWN);
        window.until(SOON, () -> within("#stage-after", ".stage-verdict").startsWith("It says:"));
        assertThat(within("#stage-before", ".stage-verdict")).isEqualTo(answer);
        assertThat(within("#stage-after", ".stage-verdict"))
                .as("switching parts off changes the first example")
                .isNotEqualTo(answer);
        window.push(KeyCode.B);
        assertThat(window.has("#stage-black")).isTrue();
        window.push(KeyCode.PAGE_DOWN);
        assertThat(window.has("#stage-black")).isFalse();
        assertThat(window.text("#stage-teach-quiet")).startsWith("Recorded");
        window.until(SOON, () -> window.text("#stage-teach-target-now").equals("8 of 10"));
        assertThat(window.has("#stage-show-finished")).isFalse();
        window.push(KeyCode.PAGE_DOWN);
        window.until(SOON, () -> window.text("#stage-kept-counts").startsWith("Of 300 sentences in Indonesian"));
        assertThat(window.text("#stage-full-source-now")).isEqualTo("8 of 10");
        assertThat(window.text("#stage-masked-source-now")).isEqualTo("9 of 10");
        window.push(KeyCode.PAGE_UP);
        window.push(KeyCode.PAGE_UP);
        assertThat(window.has("#stage-off")).isTrue();
        window.push(KeyCode.ESCAPE);
        assertThat(window.has("#stage")).isFalse();
        assertThat(window.has("#workbench")).isTrue();
        assertThat(runFolders()).as("nothing was trained").isEqualTo(runs);
        switchingOffChangesSomething();
    }

    private void byKeyboard() throws Exception {
        int runs = runFolders();
        window.push(KeyCode.F5);
        window.until(SOON, () -> window.has("#stage-read"));
        asWideAsAScreen();
        window.push(KeyCode.ENTER);
        window.write("bagus b n t");
        assertThat(((TextField) window.find("#stage-field")).getText()).isEqualTo("bagus b n t");
        window.push(KeyCode.ENTER);
        window.push(KeyCode.DIGIT1);
        window.until(SOON, () -> window.text("#stage-field-gloss").startsWith("That means:"));
        pictures("read");
        window.push(KeyCode.O);
        assertThat(window.has("#stage-overview")).isTrue();
        pictures("overview");
        window.push(KeyCode.DIGIT2);
        assertThat(window.has("#stage-overview")).isFalse();
        window.until(SOON, () -> window.text("#stage-parts-count").equals("16"));
        pictures("parts");
        window.push(KeyCode.SPACE);
        singlePartsAreSwitched();
        window.push(KeyCode.PAGE_DOWN);
        teachesLive();
        window.push(KeyCode.PAGE_DOWN);
        window.until(SOON, () -> window.text("#stage-kept-counts").startsWith("Of 300 sentences in Indonesian"));
        pictures("kept");
        window.push(KeyCode.N);
        picture("kept-notes");
        window.push(KeyCode.N);
        everythingIsPressed();
        window.push(KeyCode.ESCAPE);
        assertThat(window.has("#workbench")).isTrue();
        assertThat(place.resolve("present-answers.json")).content().contains("\"kept\" : {");
        window.until(SOON, () -> runFolders() == runs); // the live run was discarded
        window.push(KeyCode.F5);
        window.until(SOON, () -> window.has("#stage-read"));
        asWideAsAScreen();
        window.push(KeyCode.END);
        window.push(KeyCode.LEFT);
        assertThat(window.text("#stage-takes"))
                .as("the last one took some time")
                .startsWith("Takes about");
        pictures("teach-recorded");
        window.push(KeyCode.ESCAPE);
    }

    private void singlePartsAreSwitched() throws Exception {
        window.until(SOON, () -> window.text("#stage-off-count").equals("Without 16 of them"));
        window.until(SOON, () -> within("#stage-after", ".stage-verdict").startsWith("It says:"));
        pictures("off");
        window.click("#stage-all-on");
        assertThat(window.text("#stage-off-count")).isEqualTo("With nothing switched off");
        window.clickAt("#stage-switches", 5, 5);
        assertThat(window.text("#stage-off-count")).isEqualTo("Without 1 of them");
        window.push(KeyCode.TAB);
        while (!(window.focused() instanceof Region focused && "stage-switches".equals(focused.getId()))) {
            window.push(KeyCode.TAB);
        }
        window.push(KeyCode.RIGHT);
        window.push(KeyCode.SPACE);
        assertThat(window.text("#stage-off-count")).isEqualTo("Without 2 of them");
        pictures("off-two");
        window.push(KeyCode.ESCAPE);
        window.click("#stage-chosen-off");
        assertThat(window.text("#stage-off-count")).isEqualTo("Without 16 of them");
    }

    private void teachesLive() throws Exception {
        assertThat(window.text("#stage-takes")).isEqualTo("The time it takes is shown once it has begun.");
        window.click("#stage-show-live");
        window.until(
                SOON,
                () -> window.text("#stage-going").startsWith("Learning")
                        || window.text("#stage-going").startsWith("It has just learned"));
        window.push(KeyCode.T);
        window.push(KeyCode.N);
        assertThat(window.text("#stage-notes-text")).contains("Minangkabau");
        pictures("teach-live-notes");
        window.push(KeyCode.N);
        window.push(KeyCode.T);
        window.until(A_BUSY_MACHINE, () -> window.text("#stage-going").startsWith("It has just learned"));
        assertThat(window.has("#stage-keep")).isTrue();
        pictures("teach-live");
        window.push(KeyCode.F);
        assertThat(window.text("#stage-teach-quiet")).startsWith("Recorded");
        window.push(KeyCode.L);
        assertThat(window.text("#stage-teach-quiet")).isEmpty();
    }

    private int runFolders() {
        return java.util.Objects.requireNonNull(place.resolve("runs").toFile().list()).length;
    }

    private String within(String area, String selector) {
        Node found = window.has(area) ? window.find(area).lookup(selector) : null;
        return found instanceof Label label && window.find(area).isVisible() ? label.getText() : "";
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
        assertThat(whole.size()).isGreaterThanOrEqualTo(20);
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
        open("inference", null, null, 1);
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
        window.until(SOON, () -> window.has("#stage-read"));
        asWideAsAScreen();
        walkWithoutAnEngine("en", " of 10");
    }

    /// In Indonesian, whose words are longer: nothing may run off a page.
    @Test
    void anEngineThatNeverAnswersIsNotWaitedFor() throws Exception {
        open(List.of("sleep", "1000"), "id");
        window.push(KeyCode.F5);
        window.until(SOON, () -> window.has("#stage-read"));
        window.interact(() -> stage().setFullScreen(false));
        window.small();
        walkWithoutAnEngine("id", " dari 10");
        window.push(KeyCode.O);
        everythingFits("id-overview");
        window.push(KeyCode.ESCAPE);
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
        window.interact(() -> stage().setFullScreen(false));
        window.large();
    }

    private Stage stage() {
        return (Stage) window.find("#stage").getScene().getWindow();
    }

    private void walkWithoutAnEngine(String language, String ofTen) throws Exception {
        window.until(SOON, () -> !window.text("#stage-quiet").isEmpty());
        // The sample comes with the answers of a rehearsal.
        assertThat(window.text(".stage-verdict")).isNotEmpty();
        everythingFits(language + "-read");
        window.push(KeyCode.PAGE_DOWN);
        window.until(SOON, () -> window.text("#stage-parts-count").equals("16"));
        everythingFits(language + "-parts");
        window.push(KeyCode.PAGE_DOWN);
        window.until(SOON, () -> !window.text("#stage-off-quiet").isEmpty());
        everythingFits(language + "-off");
        window.push(KeyCode.PAGE_DOWN);
        window.until(SOON, () -> window.text("#stage-teach-target-now").equals("8" + ofTen));
        everythingFits(language + "-teach");
        window.push(KeyCode.END);
        window.until(SOON, () -> window.text("#stage-full-source-now").equals("8" + ofTen));
        assertThat(window.text("#stage-kept-counts")).contains("300");
        assertThat(window.has(".notice")).isFalse();
        window.push(KeyCode.N);
        everythingFits(language + "-kept-notes");
        window.push(KeyCode.N);
        everythingFits(language + "-kept");
    }

    private void everythingFits(String name) throws Exception {
        assertThat(window.cut("#stage")).as(name).isEmpty();
        Node stage = window.find("#stage");
        double bottom = stage.localToScene(stage.getLayoutBounds()).getMaxY() + 0.5;
        assertThat(stage.lookupAll(".label").stream()
                        .filter(n -> n.localToScene(n.getLayoutBounds()).getMaxY() > bottom)
                        .filter(n -> n.getScene() != null && shown(n))
                        .map(n -> ((Label) n).getText()))
                .as(name)
                .isEmpty();
        if (name.startsWith("id")) {
            pictures(name);
        }
    }

    private static boolean shown(Node node) {
        return node.isVisible() && (node.getParent() == null || shown(node.getParent()));
    }

    /// In both themes and at both sizes; not without the wish for pictures.
    private void pictures(String name) throws Exception {
        if (Boolean.getBoolean("sirkuit.pictures")) {
            boolean small = stage().getWidth() < 1200;
            for (Runnable size : List.<Runnable>of(window::small, window::large)) {
                size.run();
                String sized = name + "-" + Math.round(stage().getWidth());
                picture(sized + "-light");
                window.push(KeyCode.D);
                picture(sized + "-dark");
                window.push(KeyCode.D);
            }
            if (small) {
                window.small();
            }
        }
    }

    private void picture(String name) throws Exception {
        if (Boolean.getBoolean("sirkuit.pictures")) {
            window.picture("50-present-" + name);
        }
    }
}
