package sirkuit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TitledPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesWindow;
import sirkuit.app.preferences.Preferences;
import sirkuit.mask.HeadMask;
import sirkuit.project.Project;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;

/// The frame around an open project: menus, palette of commands, preferences, engine, log, copies, large text, and the
/// start after an unclean end.
@UsesWindow
class ShellTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder = Path.of("");

    private final DrivenWindow window = new DrivenWindow();
    private Path place = Path.of("");

    @BeforeEach
    void open() throws Exception {
        place = folder.resolve("project");
        Path model = TinyCheckpoint.write(folder.resolve("model"), 3);
        DataFile train = texts("train.csv", 1);
        DataFile test = texts("test.csv", 2);
        ProjectFile.Language indonesian = new ProjectFile.Language("Indonesian", train, test);
        ProjectFile file =
                new ProjectFile(ProjectFile.VERSION, "Shell walk", model.toString(), null, indonesian, indonesian, 16);
        try (Project project = Project.create(place, file)) {
            project.saveMask("current", HeadMask.all(TinyCheckpoint.LAYERS, TinyCheckpoint.HEADS));
        }
        Files.writeString(
                folder.resolve("preferences.json"),
                Json.pretty(new Preferences(null, List.of(place.toString(), model.toString()), null)));
        // What a window that was killed leaves behind.
        Files.createDirectories(folder.resolve("sessions"));
        Files.writeString(folder.resolve("sessions").resolve("window-1.open"), place.toString());
        System.setProperty("sirkuit.config", folder.toString());
        window.open();
        window.until(SOON, () -> window.has("#heatmap") && window.idle());
    }

    private DataFile texts(String name, long seed) {
        return new DataFile(
                TinyCheckpoint.writeTexts(folder.resolve(name), 60, seed).toString());
    }

    @AfterEach
    void close() throws Exception {
        window.close();
        System.clearProperty("sirkuit.config");
    }

    @Test
    void everythingIsAtHand() throws Exception {
        recovered();
        palette();
        menus();
        engine();
        preferences();
        logAndAbout();
        copy();
        largeText();
    }

    @Test
    void theKeyboardReachesEverythingAndEverythingHasAName() {
        Set<Node> reached = new LinkedHashSet<>();
        window.interact(() -> window.find("#project-menu").requestFocus());
        for (int i = 0; i < 200 && reached.add(window.focused()); i++) {
            window.push(KeyCode.TAB);
        }
        Set<String> nameless = new TreeSet<>();
        reached.stream().filter(n -> !hasName(n)).forEach(n -> nameless.add(String.valueOf(n)));
        assertThat(nameless).isEmpty();
        Set<String> ids = new TreeSet<>();
        reached.forEach(n -> ids.add(String.valueOf(n.getId())));
        assertThat(ids)
                .contains(
                        "project-menu",
                        "engine-chip",
                        "palette-button",
                        "theme-toggle",
                        "more-menu",
                        "sidebar-tree",
                        "score-button",
                        "preview-button",
                        "heatmap",
                        "save-mask-button",
                        "epochs-field",
                        "tune-button");
        Set<String> missed = new TreeSet<>();
        window.interact(() -> window.controls().stream()
                .filter(n -> !reached.contains(n) && !byArrows(n, reached) && !reached.contains(n.getParent()))
                .forEach(n -> missed.add(String.valueOf(n))));
        assertThat(missed).isEmpty();
    }

    /// Whether arrows lead to it from a button of the same group.
    private static boolean byArrows(Node node, Set<Node> reached) {
        return node instanceof ToggleButton button
                && button.getToggleGroup() != null
                && button.getToggleGroup().getToggles().stream()
                        .anyMatch(t -> t instanceof ToggleButton other && reached.contains(other));
    }

    /// What a screen reader could say of it.
    private boolean hasName(Node node) {
        return (node.getAccessibleText() != null && !node.getAccessibleText().isBlank())
                || (node instanceof Labeled labeled
                        && labeled.getText() != null
                        && !labeled.getText().isBlank())
                // A screen reader says the name of the tab that is chosen.
                || (node instanceof TabPane tabs
                        && tabs.getTabs().stream().noneMatch(t -> t.getText().isBlank()))
                || window.labelled(node);
    }

    private void recovered() throws Exception {
        window.until(SOON, () -> window.text(".notice-what").startsWith("Sirkuit was not closed properly"));
        assertThat(window.text(".notice-what")).contains("a mask of " + TinyCheckpoint.LAYERS * TinyCheckpoint.HEADS);
        window.pictures("20-recovered");
    }

    private void palette() throws Exception {
        window.push(KeyCode.CONTROL, KeyCode.K);
        assertThat(window.has("#palette")).isTrue();
        window.pictures("21-palette");
        window.write("deselect");
        ListView<?> list = (ListView<?>) window.find("#palette-list");
        assertThat(list.getItems().getFirst().toString()).contains("mask-none");
        window.push(KeyCode.ENTER);
        window.until(SOON, () -> window.text("#mask-summary").startsWith("0 of"));
        assertThat(window.has("#palette")).isFalse();
        window.push(KeyCode.CONTROL, KeyCode.Z);
        window.until(SOON, () -> !window.text("#mask-summary").startsWith("0 of"));
        window.push(KeyCode.CONTROL, KeyCode.K);
        assertThat(((ListView<?>) window.find("#palette-list"))
                        .getItems()
                        .getFirst()
                        .toString())
                .contains("mask-none");
        window.push(KeyCode.ESCAPE);
        assertThat(window.has("#palette")).isFalse();
    }

    private void menus() throws Exception {
        window.click("#project-menu");
        window.pictureOfDialog("22-project-menu");
        window.push(KeyCode.ESCAPE);
        window.click("#more-menu");
        window.pictureOfDialog("22-more-menu");
        window.push(KeyCode.ESCAPE);
    }

    private void engine() throws Exception {
        window.until(SOON, () -> window.text("#engine-chip").endsWith("ready"));
        window.click("#engine-chip");
        window.pictures("23-engine");
        assertThat(((TextArea) window.find("#engine-command")).getText()).contains("sirkuit.cli.Main engine");
        long before = child();
        window.click("#restart-engine-button");
        window.until(SOON, () -> window.text("#engine-chip").endsWith("ready") && child() != before);
        window.push(KeyCode.ESCAPE);
        assertThat(window.has(".notice.error")).isFalse();
    }

    private static long child() {
        return ProcessHandle.current()
                .children()
                .filter(ProcessHandle::isAlive)
                .mapToLong(ProcessHandle::pid)
                .max()
                .orElse(-1);
    }

    private void preferences() throws Exception {
        window.push(KeyCode.CONTROL, KeyCode.COMMA);
        window.pictures("24-preferences");
        window.type("#threads-field", "none");
        assertThat(window.text("#threads-field-wrong")).startsWith("Threads must be a number");
        assertThat(window.find("#use-engine").isDisabled()).isTrue();
        window.type("#threads-field", "1");
        assertThat(window.find("#use-engine").isDisabled()).isFalse();
        window.push(KeyCode.ESCAPE);
    }

    private void logAndAbout() throws Exception {
        window.push(KeyCode.CONTROL, KeyCode.L);
        window.pictures("25-log");
        window.push(KeyCode.ESCAPE);
        window.push(KeyCode.F1);
        window.pictures("26-about");
        window.push(KeyCode.ESCAPE);
    }

    private void copy() throws Exception {
        window.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.S);
        window.pictures("27-copy");
        window.push(KeyCode.ENTER);
        window.until(SOON, () -> Files.exists(folder.resolve("project-copy").resolve("project.json")));
        try (Project made = Project.open(folder.resolve("project-copy"))) {
            assertThat(made.file().name()).isEqualTo("Copy of Shell walk");
            assertThat(made.mask("current").size()).isEqualTo(TinyCheckpoint.LAYERS * TinyCheckpoint.HEADS);
        }
    }

    private void nothingIsCutInASmallWindow() throws Exception {
        window.small();
        window.pictures("30-small");
        assertThat(window.cut(".tune-column")).isEmpty();
        assertThat(window.cut(".panel-bar")).isEmpty();
        assertThat(window.cut(".mask-bar")).isEmpty();
        TitledPane settings = (TitledPane) window.find("#more-settings");
        window.interact(() -> settings.setExpanded(true));
        window.pictures("30-small-settings");
        assertThat(window.cut(".tune-column")).isEmpty();
        window.interact(() -> settings.setExpanded(false));
        window.click("#runs-tab");
        window.pictures("30-small-runs");
        assertThat(window.cut(".runs-bar")).isEmpty();
        window.click("#heatmap-tab");
        assertThat(window.has("#steps"))
                .as("a notice does not take their place")
                .isTrue();
        window.large();
        window.click("#hide-steps");
        assertThat(window.has("#steps")).isFalse();
        window.until(
                SOON, () -> Files.readString(folder.resolve("preferences.json")).contains("\"stepsHidden\" : true"));
    }

    private void largeText() throws Exception {
        for (int i = 0; i < 5; i++) {
            window.push(KeyCode.CONTROL, KeyCode.PLUS);
        }
        window.pictures("28-text-150");
        window.push(KeyCode.CONTROL, KeyCode.COMMA);
        window.pictures("28-preferences-150");
        window.push(KeyCode.ESCAPE);
        for (int i = 0; i < 5; i++) {
            window.push(KeyCode.CONTROL, KeyCode.PLUS);
        }
        window.pictures("29-text-200");
        window.push(KeyCode.CONTROL, KeyCode.DIGIT0);
        assertThat(window.styleSheets()).noneMatch(s -> s.startsWith("data:"));
        nothingIsCutInASmallWindow();
        window.closeProject();
        window.until(SOON, () -> window.has("#checkpoint-field"));
        window.pictures("31-welcome");
        assertThat(window.details()).isEmpty();
    }
}
