package sirkuit.app.runs;

import java.util.function.DoublePredicate;
import javafx.beans.property.Property;
import javafx.css.PseudoClass;
import javafx.scene.control.TextField;
import sirkuit.app.look.Numbers;

/// A number to type. What is not a number, or not an allowed one, is marked and never reaches the model.
final class NumberField extends TextField {
    private static final PseudoClass DANGER = PseudoClass.getPseudoClass("danger");

    NumberField(String id, String name, Property<Number> value, boolean whole, DoublePredicate allowed) {
        setId(id);
        setAccessibleText(name);
        setPrefColumnCount(6);
        value.subscribe(v -> {
            if (!isFocused()) {
                setText(Numbers.plain(v.doubleValue()));
            }
        });
        textProperty().subscribe((was, now) -> read(now, value, whole, allowed));
        focusedProperty().subscribe(focused -> {
            if (!focused) {
                setText(Numbers.plain(value.getValue().doubleValue()));
            }
        });
    }

    private void read(String text, Property<Number> value, boolean whole, DoublePredicate allowed) {
        boolean good = false;
        try {
            double number = Double.parseDouble(text.strip());
            good = Double.isFinite(number) && allowed.test(number) && (!whole || number == Math.rint(number));
            if (good && number != value.getValue().doubleValue()) {
                if (whole) {
                    value.setValue((int) number);
                } else {
                    value.setValue(number);
                }
            }
        } catch (NumberFormatException e) {
            // marked below
        }
        pseudoClassStateChanged(DANGER, !good);
    }
}
