package sirkuit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesWindow;
import sirkuit.project.Project;
import sirkuit.record.ProjectFile;

/// Labels that are numbers and words of another language, corrected where the texts are chosen.
@UsesWindow
class LabelsTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder = Path.of("");

    private final DrivenWindow window = new DrivenWindow();

    @BeforeEach
    void open() throws Exception {
        System.setProperty("sirkuit.config", folder.toString());
        TinyCheckpoint.write(folder.resolve("model"), 3);
        texts("indonesian", Map.of("negative", "2", "neutral", "1", "positive", "0"));
        texts("javanese", Map.of("negative", "elek", "neutral", "neutral", "positive", "apik"));
        window.open();
    }

    private void texts(String language, Map<String, String> labels) throws Exception {
        Files.createDirectories(folder.resolve(language));
        for (String name : List.of("train.csv", "test.csv")) {
            Path file = TinyCheckpoint.writeTexts(folder.resolve(language).resolve(name), 60, name.length());
            String text = Files.readString(file);
            for (Map.Entry<String, String> label : labels.entrySet()) {
                text = text.replace("," + label.getKey() + "\n", "," + label.getValue() + "\n");
            }
            Files.writeString(file, text);
        }
    }

    @AfterEach
    void close() throws Exception {
        window.close();
        System.clearProperty("sirkuit.config");
    }

    @Test
    void whatLabelsMeanIsShownWithTheirTextsAndCorrected() throws Exception {
        window.type("#checkpoint-field", folder.resolve("model").toString());
        window.type("#source-train", folder.resolve("indonesian").toString());
        window.type("#target-train", folder.resolve("javanese").toString());
        window.until(SOON, () -> window.has("#source-class-of-0") && window.has("#target-class-of-elek"));
        assertThat(remarks("#source-labels-remarks")).contains("not class names");
        assertThat(remarks("#target-labels-remarks")).contains("do not match any class");
        // What is refused for its labels leads to them, once a language, and names no option of the command line.
        assertThat(window.said().stream().filter("Choose a class for each label below. "::equals))
                .hasSize(1);
        assertThat(window.said()).noneMatch(s -> s.contains("--label-map"));
        assertThat(window.find("#create-button").isDisabled()).isTrue();
        window.pictures("25-labels");

        choose("#source-class-of-0", "positive");
        choose("#source-class-of-2", "negative");
        choose("#target-class-of-elek", "negative");
        choose("#target-class-of-apik", "positive");
        window.until(SOON, () -> !window.find("#create-button").isDisabled() && window.idle());
        window.picture("25-labels-corrected");
        window.type("#project-folder-field", folder.resolve("project").toString());
        window.interact(() -> ((Button) window.find("#create-button")).fire());
        window.until(SOON, () -> window.has("#heatmap") && window.idle());
        try (Project project = Project.openReadOnly(folder.resolve("project"))) {
            ProjectFile file = project.file();
            assertThat(file.source().test().labelMap())
                    .isEqualTo(Map.of("0", "positive", "1", "neutral", "2", "negative"));
            assertThat(java.util.Objects.requireNonNull(file.target()).train().labelMap())
                    .isEqualTo(Map.of("elek", "negative", "apik", "positive"));
        }
        // What the user has said needs no look, and is there to be looked at.
        window.until(SOON, () -> window.has("#target-labels"));
        assertThat(window.has("#target-class-of-elek")).isFalse();
        window.click("#target-labels .title");
        window.until(SOON, () -> window.has("#target-class-of-elek"));
        window.small();
        assertThat(window.cut(".tune-column")).isEmpty();
        window.picture("25-labels-target-small");
        window.large();
        window.pictures("25-labels-target");
    }

    /// Each choice asks the engine again: whoever goes through the labels by keyboard stays where they are.
    @Test
    void whoeverChoosesByKeyboardStaysAtTheLabel() throws Exception {
        window.type("#checkpoint-field", folder.resolve("model").toString());
        window.type("#source-train", folder.resolve("indonesian").toString());
        window.until(SOON, () -> window.has("#source-class-of-0") && window.idle());
        Node box = window.find("#source-class-of-0");
        window.interact(box::requestFocus);
        for (String expected : List.of("neutral", "positive")) {
            window.push(KeyCode.DOWN);
            window.until(SOON, () -> window.idle());
            assertThat(window.find("#source-class-of-0")).isSameAs(box);
            assertThat(window.focused()).isSameAs(box);
            assertThat(((ComboBox<?>) box).getValue()).isEqualTo(expected);
        }
        window.push(KeyCode.ENTER);
        assertThat(window.has("#create-button")).as("the form is still there").isTrue();
    }

    private String remarks(String label) {
        return ((Label) window.find(label)).getText();
    }

    @SuppressWarnings("unchecked")
    private void choose(String box, String wanted) throws Exception {
        window.interact(() -> ((ComboBox<String>) window.find(box)).setValue(wanted));
        window.until(SOON, window::idle);
    }
}
