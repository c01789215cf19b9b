package sirkuit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.UsesWindow;
import sirkuit.app.look.Words;

/// A walk through the window that speaks Indonesian: no English is left, and there is room for its longer words.
@UsesWindow
class IndonesianTest {
    private static final Path BUNDLES = Path.of("src", "main", "resources", "sirkuit", "app");
    private static final Duration SOON = Duration.ofMinutes(2);

    @TempDir
    Path folder = Path.of("");

    private final DrivenWindow window = new DrivenWindow();
    private final Set<String> english = new HashSet<>();

    @BeforeEach
    void open() throws Exception {
        onlyEnglish();
        new RealProject(folder, 60, 60).create("id");
        System.setProperty("sirkuit.config", folder.toString());
        window.open();
    }

    /// What the English window says and the Indonesian one does not.
    private void onlyEnglish() throws Exception {
        Properties texts = bundle("words.properties");
        Properties others = bundle("words_id.properties");
        for (String key : texts.stringPropertyNames()) {
            if (key.startsWith("present.label.")) {
                continue; // the window shows the labels of the data as they are
            }
            english.add(texts.getProperty(key).replace("''", "'"));
        }
        for (String key : others.stringPropertyNames()) {
            english.remove(others.getProperty(key).replace("''", "'"));
        }
    }

    private static Properties bundle(String name) throws Exception {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(BUNDLES.resolve(name))) {
            properties.load(reader);
        }
        return properties;
    }

    @AfterEach
    void close() throws Exception {
        window.close();
        System.clearProperty("sirkuit.config");
        Words.speak("en");
    }

    @Test
    void theWholeWindowSpeaksIndonesian() throws Exception {
        window.until(
                SOON,
                () -> window.has("#score-button")
                        && !window.find("#score-button").isDisabled()
                        && window.idle());
        look("workbench-empty");
        window.click("#score-button");
        window.until(SOON, () -> window.text("#heatmap-caption").startsWith("Tampil: CD-T berarah") && window.idle());
        window.until(SOON, () -> window.text("#causal-verdict").contains("acak"));
        look("heatmap");
        tab("#circuit-tab", "circuit");
        tab("#compare-tab", "compare");
        tab("#curve-tab", "curve");
        window.click("#data-tab");
        window.click("#predict-button");
        window.until(SOON, () -> window.text("#data-count").startsWith("60 dari 60 teks") && window.idle());
        look("data");
        window.click("#heatmap-tab");
        runs();
        sides();
        window.push(KeyCode.CONTROL, KeyCode.COMMA);
        look("preferences");
        window.push(KeyCode.ESCAPE);
        window.push(KeyCode.CONTROL, KeyCode.K);
        look("palette");
        window.push(KeyCode.ESCAPE);
        window.closeProject();
        window.until(SOON, () -> window.has("#checkpoint-field"));
        look("welcome");
    }

    private void runs() throws Exception {
        window.type("#epochs-field", "1");
        window.click("#tune-button");
        window.until(SOON, () -> !window.idle());
        window.until(SOON, window::idle);
        look("runs");
        tab("#loss-view", "loss");
        tab("#trade-off-view", "trade-off");
        tab("#study-view", "study");
        window.click("#more-settings .title");
        look("settings");
        window.click("#more-settings .title");
    }

    private void sides() throws Exception {
        tab("#sentence-tab", "no-sentence");
        window.type("#sentence-field", "Pelayanannya ramah dan makanannya enak sekali.");
        window.until(SOON, () -> window.has("#what-if") && window.has(".word-chip"));
        window.click("#heatmap-tab"); // the run has opened its tab
        window.click("#heatmap");
        window.until(SOON, () -> window.has("#attention-view"));
        look("sentence");
        window.click("#head-tab");
        window.until(SOON, () -> window.text("#reach-words").contains("perhatiannya"));
        look("head");
    }

    private void tab(String selector, String name) throws Exception {
        window.click(selector);
        look(name);
    }

    private void look(String name) throws Exception {
        window.picture("40-id-" + name);
        Set<String> left = window.said();
        left.retainAll(english);
        assertThat(left).as(name).isEmpty();
        window.small();
        window.picture("40-id-" + name + "-small");
        if (window.has(".tune-column")) {
            assertThat(window.cut(".tune-column")).as(name).isEmpty();
        }
        if (window.has(".mask-bar")) {
            assertThat(window.cut(".panel-bar")).as(name).isEmpty();
            assertThat(window.cut(".mask-bar")).as(name).isEmpty();
        }
        window.large();
    }
}
