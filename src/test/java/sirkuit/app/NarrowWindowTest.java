package sirkuit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sirkuit.Json;
import sirkuit.UsesWindow;
import sirkuit.app.look.Words;
import sirkuit.app.preferences.Preferences;

/// Every tab and side panel in the smallest window and with the largest texts: nothing is cut, and nothing scrolls
/// sideways.
@UsesWindow
class NarrowWindowTest {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final List<String> CENTRE =
            List.of("heatmap-tab", "circuit-tab", "compare-tab", "curve-tab", "data-tab", "runs-tab");
    private static final List<String> RUN_VIEWS = List.of("accuracy-view", "loss-view", "trade-off-view", "study-view");
    private static final List<String> SIDE = List.of("tune-tab", "sentence-tab", "head-tab");

    @TempDir
    Path folder = Path.of("");

    private final DrivenWindow window = new DrivenWindow();
    private final Map<String, Set<String>> unfit = new TreeMap<>();

    @AfterEach
    void close() throws Exception {
        window.close();
        System.clearProperty("sirkuit.config");
        Words.speak("en");
    }

    @ParameterizedTest
    @CsvSource({"en,100", "en,200", "id,100", "id,200"})
    void everyViewFitsTheSmallestWindow(String language, int percent) throws Exception {
        open(language, percent);
        for (String tab : CENTRE) {
            window.show(tab);
            look(language, percent, tab);
        }
        for (String view : RUN_VIEWS) {
            window.click("#" + view);
            look(language, percent, view);
        }
        window.click("#study-button");
        look(language, percent, "study-form");
        window.click("#study-close");
        side(language, percent);
        window.show("data-tab");
        window.click("#predict-button");
        window.until(SOON, () -> !window.text("#data-count").isEmpty() && window.idle());
        look(language, percent, "data-rows");
        cards(language, percent);
        window.closeProject();
        window.until(SOON, () -> window.has("#checkpoint-field"));
        look(language, percent, "welcome");
        assertThat(unfit).isEmpty();
    }

    /// In the language with the longer words.
    @Test
    void aNoticeLeavesTheStepsFreeAndAReopenedProjectShowsWhatItShowed() throws Exception {
        Path marks = Files.createDirectories(folder.resolve("sessions"));
        Files.writeString(
                marks.resolve("window-1.open"), folder.resolve("reviews").toString());
        open("id", 100);
        window.until(SOON, () -> window.has(".notice"));
        window.picture("71-narrow-notice");
        window.click("#hide-steps");
        assertThat(window.has("#steps")).isFalse();
        window.show("circuit-tab");
        window.click("#sentence-tab");
        window.type("#sentence-field", "kopinya enak");
        window.closeProject();
        window.until(SOON, () -> window.has("#checkpoint-field"));
        window.click(".recent-entry");
        window.until(SOON, () -> window.has("#circuit-view"));
        assertThat(((TextArea) window.find("#sentence-field")).getText()).isEqualTo("kopinya enak");
    }

    private void side(String language, int percent) throws Exception {
        window.show("heatmap-tab");
        window.click("#rail-sidebar");
        look(language, percent, "sidebar");
        for (String tab : SIDE) {
            String rail = "#rail-" + tab;
            window.click(window.has(rail) ? rail : "#" + tab);
            look(language, percent, tab);
        }
        window.click(window.has("#rail-tune-tab") ? "#rail-tune-tab" : "#tune-tab");
        window.click("#more-settings .title");
        look(language, percent, "more-settings");
        window.click("#fold-side");
        assertThat(window.has("#rail-tune-tab")).isTrue();
    }

    private void cards(String language, int percent) throws Exception {
        window.push(KeyCode.CONTROL, KeyCode.COMMA);
        look(language, percent, "preferences");
        window.push(KeyCode.ESCAPE);
        window.push(KeyCode.CONTROL, KeyCode.K);
        look(language, percent, "palette");
        window.push(KeyCode.ESCAPE);
        window.click("#jobs-chip");
        look(language, percent, "jobs");
        window.push(KeyCode.ESCAPE);
        window.click("#engine-chip");
        look(language, percent, "engine");
        window.push(KeyCode.ESCAPE);
    }

    private void open(String language, int percent) throws Exception {
        Path place = SampleCopy.in(folder);
        Files.writeString(
                folder.resolve("preferences.json"),
                Json.pretty(new Preferences(
                        null, List.of(place.toString()), null, percent, language, null, null, null, null)));
        System.setProperty("sirkuit.config", folder.toString());
        window.open();
        window.until(SOON, () -> window.has("#workbench"));
        window.small();
        window.until(SOON, () -> window.text("#causal-verdict").endsWith(".") && window.idle());
    }

    private void look(String language, int percent, String name) throws Exception {
        window.picture("70-narrow-" + language + "-" + percent + "-" + name);
        Set<String> here = window.doesNotFit();
        if (!here.isEmpty()) {
            unfit.put(name, here);
        }
    }
}
