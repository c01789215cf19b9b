package sirkuit.app.shell;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.field;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.styled;

import atlantafx.base.controls.Popover;
import java.util.Objects;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
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
        ObservableValue<@Nullable String> problem = name.textProperty().map(model::nameProblem);
        save.disableProperty().bind(problem.map(Objects::nonNull).orElse(false));
        Label why = collapsing(styled(note(""), "wrong"));
        problem.subscribe(p -> {
            why.setText(p == null ? "" : p);
            why.setVisible(p != null && !name.getText().isBlank());
        });
        name.setOnAction(e -> save());
        name.setPrefColumnCount(18);
        popover.setContentNode(
                styled(new VBox(field("Name of the mask", name), why, save), "column", "popover-content"));
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
        if (model.nameProblem(name.getText()) == null) {
            model.saveMask(name.getText().strip());
            popover.hide();
        }
    }
}
