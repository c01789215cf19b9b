package sirkuit.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreferencesTest {
    @Test
    void theirFolderIsWhatTheEnvironmentSays() {
        assertThat(Preferences.folder(Map.of("SIRKUIT_HOME", "/elsewhere", "XDG_CONFIG_HOME", "/xdg")))
                .isEqualTo(Path.of("/elsewhere"));
        assertThat(Preferences.folder(Map.of("SIRKUIT_HOME", " ", "XDG_CONFIG_HOME", "/xdg")))
                .isEqualTo(Path.of("/xdg", "sirkuit"));
    }
}
