package sirkuit.app.mask;

import static sirkuit.app.look.Boxes.field;
import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.styled;

import atlantafx.base.controls.Popover;
import javafx.collections.ObservableList;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Words;

/// Asks which saved mask to combine the mask with, and how. The heatmap outlines the result meanwhile.
final class CombineButton extends Button {
    private static final double WIDTH = 270;

    private final Combining model;
    private final ObservableList<String> names;
    private final ComboBox<String> other = named(new ComboBox<>(), "combine-mask");
    private final Popover popover = new Popover();

    CombineButton(Combining model, ObservableList<String> names) {
        this.model = model;
        this.names = names;
        Icons.only(this, Feather.LAYERS, Words.of("centre.mask.combine"));
        setId("mask-combine");
        setOnAction(e -> ask());
        other.setMaxWidth(Double.MAX_VALUE);
        other.setPrefWidth(WIDTH);
        other.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable String name) {
                return name == null ? "" : MaskWords.saved(name);
            }

            @Override
            public String fromString(String text) {
                throw new UnsupportedOperationException("not editable");
            }
        });
        other.setPromptText(Words.of("centre.mask.none"));
        other.valueProperty().subscribe(name -> model.name().set(name));
        VBox ways = styled(new VBox(), "column");
        ToggleGroup group = new ToggleGroup();
        for (Combining.How how : Combining.How.values()) {
            RadioButton button = named(new RadioButton(Words.of("centre.mask." + how.key())), "combine-" + how.key());
            button.setToggleGroup(group);
            button.setSelected(how == model.how().get());
            button.selectedProperty().subscribe(on -> {
                if (on) {
                    model.how().set(how);
                }
            });
            ways.getChildren().add(button);
        }
        Label result = named(note(""), "combine-result");
        result.setMaxWidth(WIDTH);
        result.textProperty().bind(model.result());
        Button apply = named(styled(new Button(Words.of("mask.combine.apply")), "accent"), "combine-apply");
        apply.setDefaultButton(true);
        model.result().subscribe(r -> apply.setDisable(!model.changes()));
        apply.setOnAction(e -> {
            model.apply();
            popover.hide();
        });
        popover.setContentNode(styled(
                new VBox(ways, field(Words.of("mask.combine.with"), other), result, apply),
                "column",
                "popover-content"));
        popover.setArrowLocation(Popover.ArrowLocation.BOTTOM_LEFT);
        popover.setDetachable(false);
        popover.setOnHidden(e -> model.stop());
    }

    private void ask() {
        String before = other.getValue();
        other.getItems().setAll(names);
        other.setDisable(names.isEmpty());
        other.setValue(names.contains(before) ? before : names.isEmpty() ? null : names.getFirst());
        model.show();
        popover.show(this);
        other.requestFocus();
    }
}
