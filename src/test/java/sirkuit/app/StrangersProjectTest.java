package sirkuit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.UsesWindow;
import sirkuit.app.preferences.Preferences;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;

/// A project that somebody else made, with a file that lies outside of it.
@UsesWindow
class StrangersProjectTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder = Path.of("");

    private final DrivenWindow window = new DrivenWindow();

    @BeforeEach
    void open() throws Exception {
        Files.writeString(folder.resolve("secret.csv"), "text,label\n");
        DataFile secret = new DataFile("../secret.csv");
        Path place = Files.createDirectories(folder.resolve("stranger"));
        ProjectFile.Language language = new ProjectFile.Language("Indonesian", secret, secret);
        Files.writeString(
                place.resolve("project.json"), Json.pretty(new ProjectFile(1, "S", "model", null, language, null, 64)));
        Files.writeString(
                folder.resolve("preferences.json"),
                Json.pretty(new Preferences(null, List.of(place.toString()), null)));
        System.setProperty("sirkuit.config", folder.toString());
        window.open();
        window.until(SOON, () -> window.offers("Don't open"));
    }

    @AfterEach
    void close() throws Exception {
        window.close();
        System.clearProperty("sirkuit.config");
    }

    @Test
    void whoeverPressesReturnWithoutReadingAgreesToNothing() throws Exception {
        assertThat(window.returnMeans("Don't open")).isTrue();
        assertThat(window.returnMeans("Allow")).isFalse();
        window.until(SOON, () -> window.offCentre("Don't open") < 2);
        window.pictureOfDialog("26-stranger");
        window.push(KeyCode.ENTER);
        window.until(SOON, () -> window.has(".notice"));
        assertThat(window.offers("Allow")).isFalse();
        assertThat(window.has("#heatmap")).isFalse();
        assertThat(window.said()).anyMatch(s -> s.contains("made by another user or on another computer"));
        // The form that was begun meanwhile is still there when one has looked at another project.
        window.type("#project-name-field", "my own");
        window.click("#sample-reviews");
        window.until(SOON, () -> window.has("#heatmap"));
        window.push(KeyCode.CONTROL, KeyCode.N);
        assertThat(((TextField) window.find("#project-name-field")).getText()).isEqualTo("my own");
        window.click("#clear-form-button");
        assertThat(((TextField) window.find("#project-name-field")).getText()).isEmpty();
        assertThat(window.has("#clear-form-button")).isFalse();
    }
}
