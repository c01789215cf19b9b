package sirkuit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.UsesWindow;
import sirkuit.app.preferences.Preferences;

/// The sample project room by room, as `docs/gallery.md` shows it: needs nothing but what is in the repository.
@UsesWindow
class GalleryTest {
    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    Path folder = Path.of("");

    private final DrivenWindow window = new DrivenWindow();
    private Path place = Path.of("");

    @BeforeEach
    void open() throws Exception {
        place = SampleCopy.in(folder);
        Files.writeString(
                folder.resolve("preferences.json"),
                Json.pretty(new Preferences(null, List.of(place.toString()), null)));
        System.setProperty("sirkuit.config", folder.toString());
        window.open();
        window.until(SOON, () -> window.has("#workbench"));
    }

    @AfterEach
    void close() throws Exception {
        window.close();
        System.clearProperty("sirkuit.config");
    }

    @Test
    void theSampleIsWorthSeeingInEveryRoom() throws Exception {
        window.until(SOON, () -> window.text("#causal-verdict").contains("random") && window.idle());
        assertThat(window.text("#heatmap-caption")).startsWith("Shown: CD-T directional");
        window.pictures("60-gallery-heatmap");
        window.click("#runs-tab");
        window.click("#trade-off-view");
        window.pictures("61-gallery-trade-off");
        window.click("#accuracy-view");
        window.click("#circuit-tab");
        window.until(SOON, () -> window.has("#circuit-drawing"));
        window.pictures("62-gallery-circuit");
        window.click("#compare-tab");
        window.until(SOON, () -> window.text("#agreement").contains("Spearman"));
        window.click("#compare-scatter");
        window.pictures("63-gallery-scatter");
        window.click("#curve-tab");
        window.click("#curve-button");
        window.until(SOON, () -> window.text("#curve-caption").contains("source test texts"));
        window.until(SOON, () -> window.text("#curve-button").equals("Compute"));
        window.pictures("67-gallery-curve");
        window.click("#data-tab");
        window.click("#predict-button");
        window.until(SOON, () -> window.text("#data-count").startsWith("300 of 300 texts") && window.idle());
        window.pictures("64-gallery-data");
        window.click("#heatmap-tab");
        window.click("#sentence-tab");
        window.type("#sentence-field", "apakah bajunya putih?");
        window.until(SOON, () -> window.has("#what-if"));
        window.click("#heatmap");
        window.until(SOON, () -> window.text("#causal-verdict").contains("random") && window.idle());
        window.press(KeyCode.UP);
        window.press(KeyCode.UP);
        window.press(KeyCode.RIGHT); // the head that carries most
        window.until(SOON, () -> window.has("#attention-view"));
        // The words and the heads are answered.
        window.until(SOON, () -> window.has(".word-chip") && window.idle());
        window.pictures("65-gallery-sentence");
        window.click("#head-tab");
        window.until(SOON, () -> window.text("#reach-words").contains("attention"));
        window.until(SOON, () -> window.has(".example-button"));
        window.pictures("66-gallery-head");
    }
}
