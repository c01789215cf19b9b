package sirkuit.app.workbench.pane;

import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import sirkuit.app.look.Words;
import sirkuit.app.workbench.WorkbenchModel;
import sirkuit.project.Project;

/// What can be done with a saved mask: load, rename, delete.
final class MaskMenu {
    private final WorkbenchModel model;
    private final Node owner;
    private final SaveMaskPopover renaming;

    /// @param owner what the question for a new name points at
    MaskMenu(WorkbenchModel model, Node owner) {
        this.model = model;
        this.owner = owner;
        renaming = new SaveMaskPopover(model);
    }

    /// The draft keeps its name, and a project that is only read keeps its masks.
    ContextMenu of(String mask) {
        boolean fixed = model.readOnly().get() || mask.equals(Project.DRAFT_MASK);
        MenuItem rename = item("mask.menu.rename", "rename-mask", () -> renaming.rename(owner, mask));
        rename.setDisable(fixed);
        MenuItem delete =
                item("mask.menu.delete", "delete-mask", () -> model.masks().delete(mask));
        delete.setDisable(fixed);
        return new ContextMenu(
                item("mask.menu.load", "load-mask", () -> model.masks().load(mask)), rename, delete);
    }

    private static MenuItem item(String key, String id, Runnable work) {
        MenuItem item = new MenuItem(Words.of(key));
        item.setId(id);
        item.setOnAction(e -> work.run());
        return item;
    }
}
