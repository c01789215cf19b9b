package sirkuit.app.circuit.pane;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.field;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.styled;

import atlantafx.base.controls.Popover;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import sirkuit.app.circuit.GroupsModel;
import sirkuit.app.look.Popovers;
import sirkuit.app.look.Words;
import sirkuit.project.HeadGroup;

/// Asks what a group is called.
final class GroupPopover {
    private static final double WIDTH = 260;

    private final GroupsModel groups;
    private final TextField name = named(new TextField(), "group-name-field");
    private final Label told = collapsing(named(styled(note(""), "wrong"), "group-name-note"));
    private final Button save = named(styled(new Button(), "accent"), "group-name-save");
    private final Popover popover = new Popover();
    private @Nullable HeadGroup renamed;

    GroupPopover(GroupsModel groups) {
        this.groups = groups;
        save.setDefaultButton(true);
        save.setOnAction(e -> save());
        name.setOnAction(e -> save());
        name.setPrefColumnCount(18);
        name.textProperty().subscribe(text -> judge(text));
        told.setMaxWidth(WIDTH);
        popover.setContentNode(styled(
                new VBox(field(Words.of("centre.circuit.group"), name), told, save), "column", "popover-content"));
        popover.setArrowLocation(Popover.ArrowLocation.TOP_LEFT);
        Popovers.attach(popover);
    }

    void make(Node owner) {
        show(null, "", owner);
    }

    void rename(HeadGroup group, Node owner) {
        show(group, group.name(), owner);
    }

    private void show(@Nullable HeadGroup group, String text, Node owner) {
        renamed = group;
        save.setText(Words.of(group == null ? "centre.circuit.group.save" : "centre.circuit.group.renamed"));
        name.setText(text);
        judge(text);
        popover.show(owner);
        name.requestFocus();
        name.selectAll();
    }

    private void judge(String text) {
        String objection = groups.objection(text, renamed);
        told.setText(objection == null || text.isEmpty() ? "" : objection);
        told.setVisible(!told.getText().isEmpty());
        save.setDisable(objection != null);
    }

    private void save() {
        if (groups.objection(name.getText(), renamed) == null) {
            if (renamed == null) {
                groups.make(name.getText());
            } else {
                groups.rename(renamed, name.getText());
            }
            popover.hide();
        }
    }
}
