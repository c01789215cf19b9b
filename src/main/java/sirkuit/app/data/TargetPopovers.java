package sirkuit.app.data;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.field;
import static sirkuit.app.look.Boxes.gap;
import static sirkuit.app.look.Boxes.heading;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;

import atlantafx.base.controls.Popover;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import sirkuit.app.look.Popovers;
import sirkuit.app.look.Words;

/// Asks for the new name of a target, and whether to remove one. Both say how many runs have learned it and what
/// becomes of them.
final class TargetPopovers {
    private static final double WIDTH = 300;

    private final TargetsModel model;

    TargetPopovers(TargetsModel model) {
        this.model = model;
    }

    /// Renames the target to learn now.
    void rename(Node owner) {
        String now = model.current();
        if (now == null) {
            return;
        }
        Popover popover = new Popover();
        TextField name = named(new TextField(now), "target-name-field");
        name.setPrefColumnCount(20);
        Label wrong = collapsing(styled(note(""), "wrong"));
        Button save = named(styled(new Button(Words.of("form.target.rename.save")), "accent"), "target-name-save");
        save.setDefaultButton(true);
        name.textProperty().subscribe(text -> {
            String objection = model.objection(now, text);
            wrong.setText(objection == null ? "" : objection);
            wrong.setVisible(objection != null);
            save.setDisable(objection != null);
        });
        Runnable rename = () -> {
            if (model.objection(now, name.getText()) == null) {
                popover.hide();
                model.rename(now, name.getText());
            }
        };
        save.setOnAction(e -> rename.run());
        name.setOnAction(e -> rename.run());
        show(popover, owner, field(Words.of("form.target.name"), name), wrong, runs("rename", now), row(gap(), save));
        name.requestFocus();
        name.selectAll();
    }

    /// Removes the target to learn now. Without runs of it there is nothing to ask, because it can be undone.
    void remove(Node owner) {
        String now = model.current();
        if (now == null) {
            return;
        }
        if (model.runs(now) == 0) {
            model.remove(now);
            return;
        }
        Popover popover = new Popover();
        Button yes = named(new Button(Words.of("form.target.remove.yes")), "target-remove-yes");
        yes.setOnAction(e -> {
            popover.hide();
            model.remove(now);
        });
        Button no = named(new Button(Words.of("ask.no")), "target-remove-no");
        no.setCancelButton(true);
        no.setOnAction(e -> popover.hide());
        Label question = heading(Words.of("form.target.remove.ask", now));
        question.setWrapText(true);
        show(popover, owner, question, runs("remove", now), row(gap(), no, yes));
        no.requestFocus(); // pressing Return without reading removes nothing
    }

    /// What becomes of the runs; nothing if there are none.
    private Label runs(String key, String name) {
        int runs = model.runs(name);
        Label label = collapsing(named(note(""), "target-runs"));
        label.setVisible(runs > 0);
        label.setText(
                runs == 0
                        ? ""
                        : Words.of(runs == 1 ? "form.target.run" : "form.target.runs", name, runs + "") + " "
                                + Words.of("form.target." + key + ".runs"));
        label.setMaxWidth(WIDTH);
        return label;
    }

    private static void show(Popover popover, Node owner, Node... content) {
        popover.setContentNode(styled(new VBox(content), "column", "popover-content"));
        popover.setArrowLocation(Popover.ArrowLocation.TOP_RIGHT);
        Popovers.attach(popover);
        popover.show(owner);
    }
}
