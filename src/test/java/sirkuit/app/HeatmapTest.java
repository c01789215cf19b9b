package sirkuit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.UsesWindow;
import sirkuit.app.preferences.Preferences;

/// The heatmap of the sample project by mouse and keyboard: looking changes nothing, selecting does.
@UsesWindow
class HeatmapTest {
    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    Path folder = Path.of("");

    private final DrivenWindow window = new DrivenWindow();

    @BeforeEach
    void open() throws Exception {
        Path place = SampleCopy.in(folder);
        Files.writeString(
                folder.resolve("preferences.json"),
                Json.pretty(new Preferences(null, List.of(place.toString()), null)));
        System.setProperty("sirkuit.config", folder.toString());
        window.open();
        window.until(SOON, () -> window.text("#heatmap-caption").startsWith("Shown: CD-T directional"));
    }

    @AfterEach
    void close() throws Exception {
        window.close();
        System.clearProperty("sirkuit.config");
    }

    @Test
    void looksAtHeadsFindsAndSelectsThem() throws Exception {
        assertThat(window.text("#mask-summary")).startsWith("16 of 32 heads");
        window.click("#heatmap");
        assertThat(window.text("#head-name")).startsWith("Layer ");
        assertThat(window.text("#mask-summary")).startsWith("16 of 32 heads");
        finding();
        selecting();
        marking();
        zooming();
        colours();
    }

    private void finding() throws Exception {
        window.press(KeyCode.CONTROL, KeyCode.F);
        window.until(SOON, () -> lookUp("#find-head-field") != null);
        window.write("L9 H0");
        window.press(KeyCode.ENTER);
        assertThat(((Labeled) above("#find-head-trouble")).getText())
                .isEqualTo("There is no layer 9. The last one is L3.");
        window.pictureOfDialog("71-find");
        window.write("l3 h3"); // over what was typed before
        window.press(KeyCode.ENTER);
        window.until(SOON, () -> window.text("#head-name").equals("Layer 3, head 3"));
    }

    private void selecting() {
        assertThat(window.focused()).isSameAs(window.find("#heatmap"));
        window.press(KeyCode.SPACE);
        assertThat(window.text("#mask-summary")).startsWith("17 of 32 heads");
        window.press(KeyCode.SHIFT, KeyCode.RIGHT);
        assertThat(window.text("#mask-summary")).startsWith("18 of 32 heads");
        assertThat(window.text("#head-name")).isEqualTo("Layer 3, head 4");
        assertThat(window.find("#heatmap").getAccessibleText())
                .startsWith("Layer 3, head 4")
                .contains("Selected");
        window.press(KeyCode.CONTROL, KeyCode.Z);
        window.press(KeyCode.CONTROL, KeyCode.Z);
        assertThat(window.text("#mask-summary")).startsWith("16 of 32 heads");
    }

    private void marking() throws Exception {
        window.press(KeyCode.L);
        assertThat(window.text("#marks-button")).isEqualTo("1");
        window.press(KeyCode.HOME);
        window.press(KeyCode.PAGE_UP);
        assertThat(window.text("#head-name")).isEqualTo("Layer 0, head 0");
        window.type("#head-note", "Looks at the word before, and at the first of the sentence when there is none.");
        assertThat(window.text("#marks-button")).isEqualTo("2");
        window.click("#marks-button");
        window.until(SOON, () -> lookUp("#marks-list") != null);
        assertThat(((ListView<?>) above("#marks-list")).getItems()).hasSize(2);
        window.pictureOfDialog("72-marks");
        window.press(KeyCode.ESCAPE);
        window.until(SOON, () -> lookUp("#marks-list") == null);
        window.click("#marks-button");
        window.until(SOON, () -> lookUp("#marks-list") != null);
        window.press(KeyCode.DOWN);
        window.press(KeyCode.ENTER);
        window.until(SOON, () -> window.text("#head-name").equals("Layer 3, head 4"));
    }

    private void zooming() {
        window.press(KeyCode.CONTROL, KeyCode.EQUALS);
        window.press(KeyCode.CONTROL, KeyCode.EQUALS);
        assertThat(window.text("#zoom-percent")).isEqualTo("150 %");
        window.press(KeyCode.CONTROL, KeyCode.MINUS);
        assertThat(window.text("#zoom-percent")).isEqualTo("125 %");
        window.click("#zoom-fit");
        assertThat(window.text("#zoom-percent")).isEqualTo("100 %");
    }

    private void colours() throws Exception {
        MenuButton scale = (MenuButton) window.find("#colour-scale");
        assertThat(scale.getText()).isEqualTo("clipped at ±0.25; 1 head beyond");
        window.pictures("73-heatmap");
        window.small();
        window.pictures("74-heatmap-small");
        window.huge();
        window.pictures("75-heatmap-huge");
        choose(scale, "colours-RANK");
        assertThat(scale.getText()).isEqualTo("coloured by rank of the size");
        window.pictures("76-heatmap-rank");
        window.until(SOON, () -> Preferences.read(folder).arranged().colours() != null);
        assertThat(Preferences.read(folder).arranged().colours()).isEqualTo("RANK");
    }

    private void choose(MenuButton menu, String id) {
        MenuItem item = menu.getItems().stream()
                .filter(i -> id.equals(i.getId()))
                .findFirst()
                .orElseThrow();
        window.interact(item::fire);
    }

    /// In a popover, which lies above the window.
    private static Node above(String selector) {
        return Objects.requireNonNull(lookUp(selector));
    }

    private static @Nullable Node lookUp(String selector) {
        return Window.getWindows().stream()
                .map(w -> w.getScene().getRoot().lookup(selector))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
