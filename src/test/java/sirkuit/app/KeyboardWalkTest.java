package sirkuit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.UsesWindow;
import sirkuit.app.preferences.Preferences;
import sirkuit.mask.Head;
import sirkuit.mask.MaskFile;

/// A curator selects heads by keyboard alone, with the real engine, and hands the mask on as a file.
@UsesWindow
class KeyboardWalkTest {
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
        window.until(SOON, () -> window.text("#heatmap-caption").startsWith("Shown: CD-T directional"));
    }

    @AfterEach
    void close() throws Exception {
        window.close();
        System.clearProperty("sirkuit.config");
    }

    @Test
    void aMaskIsMadeCheckedSavedAndHandedOn() throws Exception {
        command("deselect all");
        window.until(SOON, () -> window.text("#mask-summary").startsWith("0 of 32"));
        select();
        window.until(SOON, () -> window.text("#mask-summary").startsWith("4 of 32 heads"));
        // The engine checks what these heads can do.
        window.until(SOON, () -> window.text("#causal-verdict").endsWith("."));
        lock();
        save("by keyboard");
        assertThat(MaskFile.read(place.resolve("masks/by keyboard.json")).selected())
                .containsExactly(new Head(1, 2), new Head(1, 3), new Head(2, 3), new Head(3, 7));
        // A strategy keeps the locked head and can be undone.
        command("random");
        window.until(SOON, () -> !window.text("#mask-summary").startsWith("4 of"));
        window.press(KeyCode.CONTROL, KeyCode.Z);
        window.until(SOON, () -> window.text("#mask-summary").startsWith("4 of 32 heads"));
    }

    private void select() throws Exception {
        find("L1 H2");
        window.press(KeyCode.SPACE);
        window.press(KeyCode.SHIFT, KeyCode.RIGHT);
        window.press(KeyCode.SHIFT, KeyCode.DOWN);
        find("l3h7");
        window.press(KeyCode.SPACE);
        window.press(KeyCode.SPACE);
        window.press(KeyCode.CONTROL, KeyCode.Z);
    }

    private void lock() {
        window.press(KeyCode.L);
        assertThat(window.text("#marks-button")).isEqualTo("1");
    }

    private void find(String head) throws Exception {
        window.press(KeyCode.CONTROL, KeyCode.F);
        window.until(SOON, () -> above("#find-head-field"));
        window.write(head);
        window.press(KeyCode.ENTER);
        window.until(SOON, () -> window.focused() == window.find("#heatmap"));
    }

    /// Finds a command by words and does it.
    private void command(String words) throws Exception {
        window.press(KeyCode.CONTROL, KeyCode.K);
        window.until(SOON, () -> window.has("#palette-field"));
        window.write(words);
        window.press(KeyCode.ENTER);
    }

    private void save(String name) throws Exception {
        window.press(KeyCode.CONTROL, KeyCode.S);
        window.until(SOON, () -> above("#mask-name-field"));
        window.write(name);
        window.press(KeyCode.ENTER);
        window.until(SOON, () -> Files.exists(place.resolve("masks").resolve(name + ".json")));
    }

    private static boolean above(String selector) {
        return Window.getWindows().stream().anyMatch(w -> {
            Node found = w.getScene().getRoot().lookup(selector);
            return found != null && found.isFocused();
        });
    }
}
