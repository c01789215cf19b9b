package sirkuit.app.runs.pane;

import static sirkuit.app.look.Boxes.field;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.styled;

import atlantafx.base.controls.Popover;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Popovers;
import sirkuit.app.look.Words;
import sirkuit.app.runs.RunActions;
import sirkuit.app.runs.RunModel;
import sirkuit.protocol.Request;

/// Asks what to export of a run, and to which place.
final class ExportPopover {
    private final RunActions actions;
    private final ToggleGroup form = new ToggleGroup();
    private final TextField place = named(new TextField(), "export-place");
    private final Popover popover = new Popover();
    private @Nullable RunModel run;

    ExportPopover(RunActions actions) {
        this.actions = actions;
        VBox choices = new VBox(6);
        for (Request.Export.Form one : Request.Export.Form.values()) {
            String name = one.name().toLowerCase(Locale.ROOT);
            RadioButton choice = named(new RadioButton(Words.of("runs.export." + name)), "export-" + name);
            choice.setUserData(one);
            choice.setToggleGroup(form);
            choices.getChildren().add(choice);
        }
        form.selectToggle(form.getToggles().getFirst());
        form.selectedToggleProperty().subscribe(t -> suggest());
        place.setPrefColumnCount(30);
        Label hint = note(Words.of("runs.export.note"));
        hint.setMaxWidth(360);
        Button write = named(styled(new Button(Words.of("runs.export")), "accent"), "export-button");
        write.setDefaultButton(true);
        write.setOnAction(e -> export());
        popover.setContentNode(styled(
                new VBox(choices, field(Words.of("runs.export.place"), place), hint, write),
                "column",
                "popover-content"));
        popover.setArrowLocation(Popover.ArrowLocation.BOTTOM_LEFT);
        Popovers.attach(popover);
    }

    void show(Node owner, RunModel which) {
        run = which;
        suggest();
        popover.show(owner);
        place.requestFocus();
        place.end();
    }

    private Request.Export.Form chosen() {
        return form.getSelectedToggle() == null
                ? Request.Export.Form.WHOLE
                : (Request.Export.Form) form.getSelectedToggle().getUserData();
    }

    private void suggest() {
        if (run != null) {
            place.setText(actions.exportPlace(run, chosen()).toString());
            place.end();
        }
    }

    private void export() {
        if (run == null || place.getText().isBlank()) {
            return;
        }
        try {
            actions.export(run, Path.of(place.getText().strip()), chosen());
            popover.hide();
        } catch (InvalidPathException e) {
            place.pseudoClassStateChanged(javafx.css.PseudoClass.getPseudoClass("danger"), true);
        }
    }
}
