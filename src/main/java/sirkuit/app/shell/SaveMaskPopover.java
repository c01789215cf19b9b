package sirkuit.app.shell;

import static sirkuit.app.look.Boxes.field;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import atlantafx.base.controls.Popover;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import sirkuit.mask.HeadMask;

/// Asks for a name and saves the current mask under it.
final class SaveMaskPopover {
    private final WorkbenchModel model;
    private final TextField name = named(new TextField(), "mask-name-field");
    private final Popover popover = new Popover();

    SaveMaskPopover(WorkbenchModel model) {
        this.model = model;
        Button save = named(styled(new Button("Save"), "accent"), "mask-name-save");
        save.setDefaultButton(true);
        save.setOnAction(e -> save());
        save.disableProperty().bind(name.textProperty().map(String::isBlank));
        name.setOnAction(e -> save());
        name.setPrefColumnCount(18);
        popover.setContentNode(styled(new VBox(field("Name of the mask", name), save), "column", "popover-content"));
        popover.setArrowLocation(Popover.ArrowLocation.BOTTOM_RIGHT);
        popover.setDetachable(false);
    }

    void show(Node owner) {
        HeadMask mask = model.mask().mask().get();
        name.setText(mask == null ? "" : mask.madeBy().replaceAll("[^\\p{L}\\p{N} ._-]", ""));
        popover.show(owner);
        name.requestFocus();
        name.selectAll();
    }

    private void save() {
        if (!name.getText().isBlank()) {
            model.saveMask(name.getText().strip());
            popover.hide();
        }
    }
}
