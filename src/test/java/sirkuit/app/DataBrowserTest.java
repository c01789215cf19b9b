package sirkuit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.util.WaitForAsyncUtils;
import sirkuit.UsesWindow;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.project.Project;

/// Texts are looked at one by one: what the checkpoint gets wrong, and what a run has gained and lost, sentence by
/// sentence.
@UsesWindow
class DataBrowserTest {
    private static final Duration SOON = Duration.ofMinutes(2);

    @TempDir
    Path folder = Path.of("");

    private final DrivenWindow window = new DrivenWindow();

    @BeforeEach
    void open() throws Exception {
        try (Project project = Project.open(RealProject.whole(folder).create(null))) {
            List<Head> heads = List.of(new Head(1, 1), new Head(2, 4), new Head(4, 3), new Head(5, 0), new Head(5, 6));
            project.saveMask("current", new HeadMask(6, 8, heads, "by hand"));
        }
        System.setProperty("sirkuit.config", folder.toString());
        window.open();
    }

    @AfterEach
    void close() throws Exception {
        window.close();
        System.clearProperty("sirkuit.config");
    }

    @Test
    void showsWhatIsWrongAndWhatARunGainedAndLost() throws Exception {
        window.until(
                SOON,
                () -> window.has("#tune-button") && !window.find("#tune-button").isDisabled());
        window.click("#data-tab");
        window.until(SOON, () -> window.has("#data-hint"));
        window.pictures("data-1-empty");
        window.click("#predict-button");
        window.until(SOON, () -> window.text("#data-count").startsWith("400 of 400 texts shown, 350 answered right"));
        filters();
        tune();
        compare();
    }

    private void filters() throws Exception {
        choose("#data-outcome", "Wrong");
        window.until(SOON, () -> window.text("#data-count").startsWith("50 of 400 texts shown, none answered right"));
        assertThat(rows()).isEqualTo(50);
        window.clickAt("#data-table", 200, 48); // the first row
        window.until(SOON, () -> !window.text("#detail-text").isBlank());
        window.pictures("data-2-wrong");
        space("#cell-0-2");
        window.until(SOON, () -> rows() < 50);
        assertThat(window.text("#cell-0-2")).isEqualTo(Integer.toString(rows()));
        space("#cell-0-2");
        window.until(SOON, () -> rows() == 400);
        window.click("#cell-0-0");
        window.until(SOON, () -> rows() < 400);
        assertThat(window.text("#cell-0-0")).isEqualTo(Integer.toString(rows()));
        window.click("#clear-filters-button");
        window.until(SOON, () -> rows() == 400);
        window.type("#data-search", "TIDAK");
        window.until(SOON, () -> rows() > 0 && rows() < 400);
        window.click("#clear-filters-button");
        window.until(SOON, () -> rows() == 400);
    }

    private void tune() throws Exception {
        window.type("#epochs-field", "1");
        window.click("#tune-button");
        window.until(SOON, () -> !window.idle());
        window.until(SOON.multipliedBy(4), window::idle);
        window.click("#data-tab"); // the runs come to the front when one begins
    }

    private void compare() throws Exception {
        choose("#data-texts", "Minangkabau, test");
        pick("#data-checkpoint", 1);
        window.click("#data-compare");
        window.click("#predict-button");
        window.until(SOON, () -> window.has("#change-gained") && window.idle());
        window.until(SOON, () -> window.text("#data-count").startsWith("400 of 400"));
        int gained = number("#change-gained");
        assertThat(gained + number("#change-kept")).isPositive();
        window.click("#change-gained");
        window.until(SOON, () -> rows() == gained);
        assertThat(window.text("#data-count"))
                .startsWith(gained + " of 400 texts shown, " + gained + " answered right (100");
        window.clickAt("#data-table", 200, 48); // the first row
        window.pictures("data-3-gained");
        window.click("#change-lost");
        int lost = number("#change-lost");
        window.until(SOON, () -> rows() == lost);
        window.small();
        window.pictures("data-4-lost-small");
        window.click("#change-lost");
        window.until(SOON, () -> rows() == 400);
        window.clickAt("#data-table", 200, 48); // the first row
        window.click("#open-sentence-button");
        window.until(SOON, () -> window.has("#sentence-field"));
    }

    /// What a keyboard sends to whatever has the focus. Before any click on it: without a display a button that was
    /// clicked stays pressed, and takes no keys.
    private void space(String selector) {
        Node node = window.find(selector);
        WaitForAsyncUtils.waitForAsyncFx(5000, () -> {
            node.requestFocus();
            for (EventType<KeyEvent> kind : List.of(KeyEvent.KEY_PRESSED, KeyEvent.KEY_RELEASED)) {
                node.fireEvent(new KeyEvent(kind, " ", " ", KeyCode.SPACE, false, false, false, false));
            }
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    private int number(String selector) {
        return Integer.parseInt(window.text(selector).replaceAll("\\D", ""));
    }

    private int rows() {
        return ((TableView<?>) window.find("#data-table")).getItems().size();
    }

    private void choose(String selector, String words) {
        ComboBox<?> box = (ComboBox<?>) window.find(selector);
        for (int i = 0; i < box.getItems().size(); i++) {
            if (words(box, i).equals(words)) {
                pick(selector, i);
                return;
            }
        }
        throw new AssertionError(selector + " does not offer " + words);
    }

    private static <T> String words(ComboBox<T> box, int index) {
        T item = box.getItems().get(index);
        return box.getConverter() == null
                ? String.valueOf(item)
                : box.getConverter().toString(item);
    }

    private void pick(String selector, int index) {
        ComboBox<?> box = (ComboBox<?>) window.find(selector);
        WaitForAsyncUtils.waitForAsyncFx(5000, () -> box.getSelectionModel().select(index));
        WaitForAsyncUtils.waitForFxEvents();
    }
}
