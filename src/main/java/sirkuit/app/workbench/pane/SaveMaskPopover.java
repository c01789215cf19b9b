package sirkuit.app.workbench.pane;

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
import sirkuit.app.workbench.WorkbenchModel;
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
    private @Nullable String renamed;

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

    /// Saves the current mask.
    void show(Node owner) {
        HeadMask mask = model.mask().mask().get();
        ask(owner, mask == null ? "" : MaskName.suggestion(MadeBy.fileName(mask)), null);
    }

    /// Gives a saved mask another name.
    void rename(Node owner, String saved) {
        ask(owner, saved, saved);
    }

    private void ask(Node owner, String proposed, @Nullable String saved) {
        renamed = saved;
        name.setText(proposed);
        judge(name.getText());
        popover.show(owner);
        name.requestFocus();
        name.selectAll();
    }

    private void judge(String text) {
        String objection = MaskName.objection(text);
        boolean replaces = model.masks().names().contains(text) && !text.equals(renamed);
        boolean wrong = objection != null && !text.isEmpty();
        name.pseudoClassStateChanged(DANGER, wrong);
        told.getStyleClass().remove("wrong");
        if (wrong) {
            told.getStyleClass().add("wrong");
        }
        tell(wrong ? objection : replaces ? Words.of("mask.name.replaces") : null);
        String usual = renamed == null ? "mask.name.save" : "mask.name.rename";
        save.setText(Words.of(replaces ? "mask.name.replace" : usual));
        save.setDisable(objection != null);
    }

    private void tell(@Nullable String words) {
        told.setText(words == null ? "" : words);
        told.setVisible(words != null);
    }

    private void save() {
        String chosen = name.getText().strip();
        if (MaskName.objection(chosen) == null) {
            if (renamed == null) {
                model.masks().save(chosen);
            } else if (!chosen.equals(renamed)) {
                model.masks().rename(renamed, chosen);
            }
            popover.hide();
        }
    }
}
