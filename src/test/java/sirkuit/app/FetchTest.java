package sirkuit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesWindow;
import sirkuit.hub.HubServer;

/// A checkpoint from a hub, in the window. The cache is where the build says (HF_HOME).
@UsesWindow
class FetchTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder = Path.of("");

    private final DrivenWindow window = new DrivenWindow();
    private final HubServer hub = new HubServer();

    @BeforeEach
    void open() throws Exception {
        Path cache = Path.of(System.getenv("HF_HOME"));
        assertThat(cache)
                .as("a cache of the tests' own")
                .startsWithRaw(Path.of("target").toAbsolutePath());
        if (Files.exists(cache)) {
            try (var files = Files.walk(cache)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        System.setProperty("sirkuit.config", folder.toString());
        window.open();
        window.until(SOON, () -> window.has("#checkpoint-field"));
    }

    @AfterEach
    void close() throws Exception {
        window.close();
        hub.close();
        System.clearProperty("sirkuit.config");
    }

    @Test
    void whatGoesWrongIsSaidAndWhatIsFetchedIsOffered() throws Exception {
        window.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.F);
        window.type("#fetch-hub", hub.address());
        window.type("#fetch-name", "no such name");
        window.click("#fetch-start");
        assertThat(window.text("#fetch-problem")).startsWith("\"no such name\" is not the name of a model");
        window.type("#fetch-name", HubServer.MODEL);
        window.click("#fetch-start");
        window.until(SOON, () -> window.text("#fetch-problem").contains("has no config.json"));
        window.pictures("45-fetch-problem");

        Path original = TinyCheckpoint.write(folder.resolve("original"), 5);
        hub.offering(original).pausing();
        window.click("#fetch-start");
        window.until(SOON, () -> window.text("#fetch-stage").startsWith("model.safetensors: "));
        window.pictures("45-fetching");
        window.push(KeyCode.ESCAPE);
        assertThat(window.has("#fetch-card")).isFalse();
        window.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.F);
        window.click("#fetch-stop");
        window.until(SOON, () -> window.text("#fetch-stage").startsWith("Cancelled."));
        assertThat(window.has("#fetch-use")).isFalse();

        hub.going();
        window.click("#fetch-start");
        window.until(SOON, () -> window.has("#fetch-use"));
        window.pictures("45-fetched");
        window.click("#fetch-use");
        window.until(
                SOON,
                () -> !((TextField) window.find("#checkpoint-field")).getText().isBlank());
        Path used = Path.of(((TextField) window.find("#checkpoint-field")).getText());
        assertThat(Files.mismatch(used.resolve("model.safetensors"), original.resolve("model.safetensors")))
                .isEqualTo(-1);
        assertThat(Files.readString(folder.resolve("preferences.json"))).contains(hub.address());
    }
}
