package sirkuit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.MenuButton;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.UsesWindow;

/// A project of the real checkpoint is explored: which heads matter, what one reads in a sentence, what the sentence
/// is without them, whether that is believable.
@UsesWindow
class ExploringTest {
    private static final Duration SOON = Duration.ofMinutes(2);

    @TempDir
    Path folder = Path.of("");

    private final DrivenWindow window = new DrivenWindow();

    @BeforeEach
    void open() throws Exception {
        new RealProject(folder, 500, 60).create(null);
        System.setProperty("sirkuit.config", folder.toString());
        window.open();
    }

    @AfterEach
    void close() throws Exception {
        window.close();
        System.clearProperty("sirkuit.config");
    }

    @Test
    void findsTheHeadsAndSeesWhatASentenceIsWithoutThem() throws Exception {
        window.until(
                SOON,
                () -> window.has("#score-button")
                        && !window.find("#score-button").isDisabled());
        window.type("#examples-spinner .text-field", "48");
        window.click("#score-button");
        window.until(SOON, () -> window.text("#heatmap-caption").contains("48 texts") && window.idle());
        isItBelievable();
        theMask();
        theCircuit();
        compared();
        theCurve();
        aSentence();
        aHead();
    }

    private void isItBelievable() throws Exception {
        window.until(SOON, () -> window.text("#causal-verdict").contains("random"));
        assertThat(window.text("#causal-verdict"))
                .containsAnyOf("alone they do better", "Alone, these heads do better");
        assertThat(window.text("#causal-only-number")).matches("\\d+ %");
        assertThat(window.text("#causal-without-random-number")).matches("\\d+ %");
    }

    private void theMask() throws Exception {
        window.click("#strategy-threshold");
        window.clickAt("#threshold-histogram", 150, 20);
        window.until(SOON, () -> !window.text("#mask-summary").startsWith("12 of"));
        window.pictures("32-threshold");
        window.small();
        window.pictures("32-threshold-small");
        window.large();
        window.type("#threshold-field", "-100");
        window.until(SOON, () -> window.text("#mask-summary").startsWith("48 of"));
        assertThat(window.text("#mask-origin")).startsWith("CD-T ≥ \u2212100");
        window.click("#undo-button");
        window.click("#undo-button");
        window.until(SOON, () -> window.text("#mask-summary").startsWith("12 of"));
        window.click("#strategy-top-k");
        window.click("#heatmap");
        window.press(KeyCode.SPACE);
        window.press(KeyCode.L); // locked, so that the strategy leaves it selected
        window.click("#strategy-top-k");
        window.type("#k-spinner .text-field", "2");
        window.until(SOON, () -> window.text("#mask-summary").startsWith("3 of"));
        window.until(SOON, () -> window.text("#causal-verdict").contains("random"));
        window.pictures("33-locked");
        window.type("#k-spinner .text-field", "12");
    }

    private void theCircuit() throws Exception {
        window.click("#circuit-tab");
        window.until(SOON, () -> window.has("#circuit-drawing"));
        window.pictures("25-circuit");
        window.interact(() -> ((MenuButton) window.find("#circuit-options"))
                .getItems().stream()
                        .filter(i -> "arcs-switch".equals(i.getId()))
                        .forEach(i -> ((CheckMenuItem) i).setSelected(true)));
        window.click("#circuit-drawing");
        window.press(KeyCode.RIGHT, KeyCode.RIGHT);
        window.pictures("26-circuit-picked");
        window.click("#heatmap-tab");
        window.pictures("27-arcs");
    }

    private void compared() throws Exception {
        window.click("#preview-button");
        window.until(SOON, () -> window.text("#heatmap-caption").startsWith("Shown: Gradient") && window.idle());
        // Other scores are shown; the mask stays and can be selected by them.
        assertThat(window.text("#mask-origin")).startsWith("Top 12 · CD-T · ");
        assertThat(window.text("#mask-hint")).contains("Gradient");
        window.pictures("34-other-scores");
        window.small();
        window.pictures("35-other-scores-small");
        window.large();
        window.click("#mask-hint-close");
        window.click("#compare-tab");
        window.until(SOON, () -> window.text("#agreement").contains("Spearman"));
        window.pictures("28-beside");
        window.click("#compare-difference");
        window.pictures("29-difference");
        window.click("#compare-scatter");
        window.pictures("30-scatter");
    }

    private void theCurve() throws Exception {
        window.click("#curve-tab");
        window.click("#curve-button");
        window.until(SOON, () -> window.text("#curve-caption").contains("source test texts"));
        window.until(SOON.multipliedBy(3), () -> window.text("#curve-button").equals("Compute"));
        window.pictures("31-curve");
        window.click("#heatmap-tab");
    }

    private void aHead() throws Exception {
        window.click("#head-tab");
        window.until(SOON, () -> window.text("#reach-words").contains("attention"));
        window.until(SOON, () -> window.has(".example-button"));
        assertThat(window.text("#head-name")).startsWith("Layer ");
        window.type("#head-note", "Looks at the word before.");
        window.pictures("23-head");
        window.until(SOON, () -> Files.exists(folder.resolve("project").resolve("notes.json")));
        window.click(".example-button");
        window.until(SOON, () -> window.has("#sentence-view"));
        window.small();
        window.pictures("24-small");
    }

    private void aSentence() throws Exception {
        window.click("#sentence-tab");
        window.pictures("20-no-sentence");
        window.type("#sentence-field", "Pelayanannya ramah dan makanannya enak sekali, saya pasti kembali lagi.");
        window.until(SOON, () -> window.has("#what-if"));
        assertThat(window.text("#what-if")).contains("positive");
        window.click("#heatmap");
        window.press(KeyCode.RIGHT);
        window.until(SOON, () -> window.has("#attention-view"));
        window.pictures("21-sentence");
        window.click("#sentence-in-heatmap");
        window.until(SOON, () -> window.text("#heatmap-caption").contains("This sentence"));
        window.pictures("22-sentence-in-heatmap");
        window.click("#sentence-in-heatmap");
        window.until(SOON, () -> window.text("#heatmap-caption").startsWith("Shown: Gradient"));
    }
}
