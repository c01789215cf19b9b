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
                setText(plain(v));
            }
        });
        textProperty().subscribe((was, now) -> read(now, value, whole, allowed));
        focusedProperty().subscribe(focused -> {
            if (!focused) {
                setText(plain(value.getValue()));
            }
        });
    }

    private static String plain(Number v) {
        return v instanceof Long || v instanceof Integer ? v.toString() : Numbers.plain(v.doubleValue());
    }

    private void read(String text, Property<Number> value, boolean whole, DoublePredicate allowed) {
        boolean good = false;
        try {
            Number number = whole ? (Number) Long.parseLong(text.strip()) : (Number) Double.parseDouble(text.strip());
            good = Double.isFinite(number.doubleValue()) && allowed.test(number.doubleValue());
            if (good && !number.equals(value.getValue())) {
                value.setValue(number);
            }
        } catch (NumberFormatException e) {
            // marked below
        }
        pseudoClassStateChanged(DANGER, !good);
    }
}
