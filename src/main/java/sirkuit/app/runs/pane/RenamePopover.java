package sirkuit.app.runs.pane;

import static sirkuit.app.look.Boxes.field;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.styled;

import atlantafx.base.controls.Popover;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Popovers;
import sirkuit.app.look.Words;
import sirkuit.app.runs.RunActions;
import sirkuit.app.runs.RunModel;

/// Asks for the new name of a run.
final class RenamePopover {
    private final RunActions actions;
    private final TextField name = named(new TextField(), "run-name-field");
    private final Popover popover = new Popover();
    private @Nullable RunModel run;

    RenamePopover(RunActions actions) {
        this.actions = actions;
        Button save = named(styled(new Button(Words.of("runs.rename.save")), "accent"), "run-name-save");
        save.setDefaultButton(true);
        save.setOnAction(e -> save());
        name.setOnAction(e -> save());
        name.setPrefColumnCount(20);
        popover.setContentNode(
                styled(new VBox(field(Words.of("runs.rename"), name), save), "column", "popover-content"));
        popover.setArrowLocation(Popover.ArrowLocation.BOTTOM_LEFT);
        Popovers.attach(popover);
    }

    void show(Node owner, RunModel which) {
        run = which;
        name.setText(which.name());
        popover.show(owner);
        name.requestFocus();
        name.selectAll();
    }

    private void save() {
        if (run != null) {
            actions.rename(run, name.getText());
        }
        popover.hide();
    }
}
