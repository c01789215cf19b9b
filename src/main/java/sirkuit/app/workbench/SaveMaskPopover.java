package sirkuit.app.workbench;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.field;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.styled;

import atlantafx.base.controls.Popover;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Popovers;
import sirkuit.app.look.Words;
import sirkuit.app.mask.MaskName;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MadeBy;

/// Asks for a name and saves the current mask under it.
final class SaveMaskPopover {
    private static final PseudoClass DANGER = PseudoClass.getPseudoClass("danger");
    private static final double WIDTH = 260;

    private final WorkbenchModel model;
    private final TextField name = named(new TextField(), "mask-name-field");
    private final Label told = collapsing(named(note(""), "mask-name-note"));
    private final Button save = named(styled(new Button(Words.of("mask.name.save")), "accent"), "mask-name-save");
    private final Popover popover = new Popover();

    SaveMaskPopover(WorkbenchModel model) {
        this.model = model;
        save.setDefaultButton(true);
        save.setOnAction(e -> save());
        name.setOnAction(e -> save());
        name.setPrefColumnCount(18);
        name.textProperty().subscribe(text -> judge(text.strip()));
        told.setMaxWidth(WIDTH);
        popover.setContentNode(
                styled(new VBox(field(Words.of("mask.name"), name), told, save), "column", "popover-content"));
        popover.setArrowLocation(Popover.ArrowLocation.BOTTOM_RIGHT);
        Popovers.attach(popover);
    }

    void show(Node owner) {
        HeadMask mask = model.mask().mask().get();
        name.setText(mask == null ? "" : MaskName.suggestion(MadeBy.fileName(mask)));
        judge(name.getText());
        popover.show(owner);
        name.requestFocus();
        name.selectAll();
    }

    private void judge(String text) {
        String objection = MaskName.objection(text);
        boolean replaces = model.masks().contains(text);
        boolean wrong = objection != null && !text.isEmpty();
        name.pseudoClassStateChanged(DANGER, wrong);
        told.getStyleClass().remove("wrong");
        if (wrong) {
            told.getStyleClass().add("wrong");
        }
        tell(wrong ? objection : replaces ? Words.of("mask.name.replaces") : null);
        save.setText(Words.of(replaces ? "mask.name.replace" : "mask.name.save"));
        save.setDisable(objection != null);
    }

    private void tell(@Nullable String words) {
        told.setText(words == null ? "" : words);
        told.setVisible(words != null);
    }

    private void save() {
        String chosen = name.getText().strip();
        if (MaskName.objection(chosen) == null) {
            model.saveMask(chosen);
            popover.hide();
        }
    }
}
