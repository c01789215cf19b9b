package sirkuit.app.look;

import atlantafx.base.controls.ToggleSwitch;
import javafx.beans.property.Property;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// A switch after its label, which may take several lines. Clicking the label switches too.
public final class SwitchRow extends HBox {
    /// @param id   of the switch itself
    /// @param more its tooltip
    public SwitchRow(String id, String words, String more, Property<Boolean> value) {
        super(8);
        setAlignment(Pos.CENTER_LEFT);
        ToggleSwitch toggle = Boxes.named(new ToggleSwitch(), id);
        toggle.setMinWidth(Region.USE_PREF_SIZE);
        toggle.setAccessibleText(words);
        toggle.setTooltip(new Tooltip(more));
        toggle.selectedProperty().bindBidirectional(value);
        Label label = new Label(words);
        label.setLabelFor(toggle);
        label.setWrapText(true);
        label.setMinWidth(0);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.setMaxWidth(Double.MAX_VALUE);
        label.setTooltip(new Tooltip(more));
        label.setOnMouseClicked(e -> toggle.setSelected(!toggle.isSelected()));
        setHgrow(label, Priority.ALWAYS);
        getChildren().addAll(label, toggle);
    }
}
