package sirkuit.app;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.controls.ToggleSwitch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.UsesWindow;
import sirkuit.app.preferences.Preferences;

/// Which words matter in a sentence, before and after a run, with the real engine.
@UsesWindow
class WordsTest {
    private static final Duration SOON = Duration.ofMinutes(2);

    @TempDir
    Path folder = Path.of("");

    private final DrivenWindow window = new DrivenWindow();

    @BeforeEach
    void open() throws Exception {
        Path place = SampleCopy.in(folder);
        Preferences preferences = new Preferences(null, List.of(place.toString()), null);
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config").resolve("preferences.json"), Json.pretty(preferences));
        System.setProperty("sirkuit.config", folder.resolve("config").toString());
        window.open();
    }

    @AfterEach
    void close() throws Exception {
        window.close();
        System.clearProperty("sirkuit.config");
    }

    private int rows() {
        return rowsOf().size();
    }

    private List<Node> rowsOf() {
        return List.copyOf(window.find("#words-pane").lookupAll(".word-flow"));
    }

    /// Opens a menu and chooses its last item.
    private void chooseLast(String button) {
        window.interact(() -> {
            MenuButton menu = (MenuButton) window.find(button);
            Objects.requireNonNull(menu.getOnShowing()).handle(null);
            MenuItem last = menu.getItems().getLast();
            Objects.requireNonNull(last.getOnAction()).handle(null);
        });
    }

    /// The field for another word.
    private static TextField popup() {
        return Window.getWindows().stream()
                .map(w -> (TextField) w.getScene().lookup("#word-field"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private void switchOn(String toggle) {
        window.interact(() -> ((ToggleSwitch) window.find(toggle)).setSelected(true));
    }

    @Test
    void showsWhichWordsMatterBeforeAndAfterARunAndWhatAnotherWordChanges() throws Exception {
        window.until(SOON, () -> window.has("#sentence-tab") && window.idle());
        window.click("#sentence-tab");
        window.type("#sentence-field", "apakah bajunya sangat putih?");
        window.until(SOON, () -> window.has("#words-pane") && rows() == 1);
        chooseLast("#words-beside");
        window.until(SOON, () -> rows() == 2 && !window.text("#words-summary").isEmpty());
        switchOn("#words-heads-off");
        window.until(SOON, () -> rows() == 4);
        window.small();
        assertThat(window.cut("#sentence-view")).isEmpty();
        window.pictures("67-words-small");
        window.interact(() -> ((ScrollPane) window.find("#sentence-view")).setVvalue(0.8));
        window.pictures("67-words-small-below");
        window.large();
        window.pictures("68-words");
        switchOn("#words-as-change");
        window.pictures("69-words-change");
        window.click("#words-LEFT_OUT");
        window.until(SOON, () -> rowsOf().getLast()
                .lookup(".word-chip")
                .getAccessibleText()
                .contains("Leave one out"));
        window.interact(() -> rowsOf().getFirst().lookup(".word-chip").requestFocus());
        for (int i = 0; i < 3; i++) {
            window.press(KeyCode.RIGHT);
        }
        assertThat(window.focused().getAccessibleText()).startsWith("putih").contains("Press to change");
        window.press(KeyCode.SPACE);
        window.until(SOON, () -> popup() != null);
        window.pictureOfDialog("70-word-popover");
        window.interact(() -> Objects.requireNonNull(popup()).setText("kotor"));
        window.press("Replace");
        window.until(SOON, () -> window.text("#word-change").contains("kotor"));
        window.pictures("71-word-changed");
        window.click("#word-undo");
        window.until(
                SOON,
                () -> ((TextArea) window.find("#sentence-field")).getText().equals("apakah bajunya sangat putih?"));
    }
}
