package sirkuit.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;
import sirkuit.UsesWindow;
import sirkuit.app.project.OpenedProject;
import sirkuit.app.work.NoEngine;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.app.work.WindowEngine;
import sirkuit.app.workbench.pane.Sidebar;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.project.Project;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;

@UsesWindow
class SidebarTest {
    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void toolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    @Test
    void aNewLineDoesNotLoadAnotherMask() throws Exception {
        WaitForAsyncUtils.asyncFx(() -> {
                    try (WorkbenchModel work = opened()) {
                        TreeView<SidebarItem> tree = tree(new Sidebar(work, () -> {}));
                        tree.getSelectionModel().select(line(tree, "a"));
                        assertThat(size(work)).as("moving loads nothing").isZero();
                        press(tree, "b");
                        assertThat(size(work)).isEqualTo(2);
                        assertThat(work.masks().current().get()).isEqualTo("b");
                        work.mask().toggle(new Head(0, 3));
                        work.masks().save("a2");
                        work.masks().save("c");
                        assertThat(Objects.requireNonNull(
                                                tree.getSelectionModel().getSelectedItem())
                                        .getValue()
                                        .words())
                                .isEqualTo("b");
                        assertThat(size(work)).isEqualTo(3);
                        assertThat(work.masks().current().get()).isEqualTo("c");
                        work.mask().undo();
                        assertThat(work.masks().current().get())
                                .as("the mask is no longer c")
                                .isEmpty();
                        press(tree, "b");
                        assertThat(work.masks().current().get()).isEqualTo("b");
                        work.masks().rename("b", "two heads");
                        assertThat(work.masks().names()).contains("two heads").doesNotContain("b");
                        assertThat(work.masks().current().get()).isEqualTo("two heads");
                        work.masks().delete("two heads");
                        assertThat(work.masks().names()).doesNotContain("two heads");
                        assertThat(work.masks().current().get()).isEmpty();
                        Objects.requireNonNull(work.notices().open().getLast().back())
                                .run();
                        assertThat(work.masks().names()).contains("two heads");
                    }
                    return true;
                })
                .get();
    }

    @Test
    void scoresShowTheirDay() {
        SidebarItem.Scores scores = new SidebarItem.Scores("gradient-20260131-174502-2");
        LocalDate day = LocalDate.of(2026, 1, 31);
        assertThat(scores.words(day)).isEqualTo("Gradient, 17:45");
        assertThat(scores.words(day.plusDays(1))).isEqualTo("Gradient, 31 Jan");
        assertThat(scores.more()).isEqualTo("Gradient, 31 Jan 2026 17:45");
        assertThat(new SidebarItem.Scores("mine-20261399-174502").words()).isEqualTo("mine-20261399-174502");
    }

    private static int size(WorkbenchModel work) {
        return Objects.requireNonNull(work.mask().mask().get()).size();
    }

    private WorkbenchModel opened() throws Exception {
        ProjectFile.Language language =
                new ProjectFile.Language("Indonesian", new DataFile("train.csv"), new DataFile("test.csv"));
        Path place = folder.resolve("project");
        Project project =
                Project.create(place, new ProjectFile(1, "Test", folder.toString(), null, language, null, 64));
        for (String name : List.of("train.csv", "test.csv")) {
            Files.writeString(place.resolve(name), "text,label\n");
        }
        project.saveMask("a", new HeadMask(1, 4, List.of(new Head(0, 0)), "by hand"));
        project.saveMask("b", new HeadMask(1, 4, List.of(new Head(0, 0), new Head(0, 1)), "by hand"));
        project.saveMask("current", HeadMask.none(1, 4));
        Notices notices = new Notices();
        WorkbenchModel work = new WorkbenchModel(
                OpenedProject.of(() -> project),
                new WindowEngine(states -> new NoEngine(), notices),
                notices,
                new Threads(Runnable::run, Runnable::run));
        work.open();
        return work;
    }

    @SuppressWarnings("unchecked")
    private static TreeView<SidebarItem> tree(Sidebar sidebar) {
        return (TreeView<SidebarItem>) sidebar.getChildren().getLast();
    }

    private static void press(TreeView<SidebarItem> tree, String words) {
        tree.getSelectionModel().select(line(tree, words));
        tree.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.ENTER, false, false, false, false));
    }

    private static TreeItem<SidebarItem> line(TreeView<SidebarItem> tree, String words) {
        return tree.getRoot().getChildren().stream()
                .flatMap(section -> section.getChildren().stream())
                .filter(item -> item.getValue().words().equals(words))
                .findFirst()
                .orElseThrow();
    }
}
