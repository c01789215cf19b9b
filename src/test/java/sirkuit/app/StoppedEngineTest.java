package sirkuit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.UsesWindow;
import sirkuit.app.preferences.Preferences;

/// The window with an engine process that ends before it has said hello.
@UsesWindow
class StoppedEngineTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder = Path.of("");

    private final DrivenWindow window = new DrivenWindow();

    @BeforeEach
    void open() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Preferences broken = new Preferences(null, null, List.of(java, "--no-such-option"));
        Files.writeString(folder.resolve("preferences.json"), Json.pretty(broken));
        System.setProperty("sirkuit.config", folder.toString());
        window.open();
    }

    @AfterEach
    void close() throws Exception {
        window.close();
        System.clearProperty("sirkuit.config");
    }

    @Test
    void itSaysSoAndOffersToStartIt() throws Exception {
        window.until(SOON, () -> window.has("#start-engine-button"));
        assertThat(window.text("#engine-chip")).isEqualTo("Engine stopped");
        assertThat(window.text(".notice-remedy")).contains("Start engine");
        window.pictures("10-engine-stopped");
        window.click("#start-engine-button");
        window.until(SOON, () -> window.has("#start-engine-button"));
    }
}
