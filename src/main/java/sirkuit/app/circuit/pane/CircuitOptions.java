package sirkuit.app.circuit.pane;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.row;
import static sirkuit.app.look.Boxes.styled;

import javafx.beans.property.BooleanProperty;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Slider;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.feather.Feather;
import sirkuit.app.circuit.CircuitModel;
import sirkuit.app.look.Icons;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;

/// How the circuit is drawn, as a menu.
final class CircuitOptions {
    private CircuitOptions() {}

    static MenuButton of(CircuitModel model) {
        MenuButton button = named(styled(new MenuButton(), "button-icon", "flat"), "circuit-options");
        button.setGraphic(Icons.of(Feather.SLIDERS));
        button.setTooltip(new Tooltip(Words.of("centre.circuit.options")));
        button.setAccessibleText(Words.of("centre.circuit.options"));
        CustomMenuItem threshold = new CustomMenuItem(weakest(model), false);
        button.getItems()
                .addAll(
                        check("bundle-edges", "centre.circuit.bundle", model.bundled()),
                        check("all-heads", "centre.circuit.all", model.all()),
                        check("arcs-switch", "centre.circuit.arcs", model.arcs()),
                        new SeparatorMenuItem(),
                        threshold);
        return button;
    }

    private static CheckMenuItem check(String id, String words, BooleanProperty value) {
        CheckMenuItem item = new CheckMenuItem(Words.of(words));
        item.setId(id);
        item.selectedProperty().bindBidirectional(value);
        return item;
    }

    private static javafx.scene.layout.HBox weakest(CircuitModel model) {
        Slider slider = named(new Slider(0, 1, 0), "edge-slider");
        slider.setAccessibleText(Words.of("centre.circuit.weak"));
        slider.setPrefWidth(150);
        slider.valueProperty().bindBidirectional(model.least());
        slider.setBlockIncrement(0.02);
        Label number = styled(new Label(), "number");
        number.setMinWidth(44);
        number.textProperty().bind(model.least().map(v -> Numbers.percent(v.doubleValue())));
        return row(new Label(Words.of("centre.circuit.weak")), slider, number);
    }
}
