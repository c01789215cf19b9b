package sirkuit.app.tune;

import static sirkuit.app.look.Boxes.collapsing;
import static sirkuit.app.look.Boxes.field;
import static sirkuit.app.look.Boxes.note;
import static sirkuit.app.look.Boxes.styled;

import java.util.Locale;
import java.util.Map;
import java.util.function.DoublePredicate;
import javafx.beans.property.Property;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;

/// A field for a number. Text that is not an allowed number is marked and can be corrected. The model learns that it is
/// wrong and never gets the value.
final class NumberField extends TextField {
    private static final PseudoClass DANGER = PseudoClass.getPseudoClass("danger");

    /// Which numbers are allowed.
    ///
    /// @param words for instance `a whole number from 1 to 10`
    record Allowed(boolean whole, DoublePredicate test, String words) {
        static Allowed whole(int least, int most) {
            return new Allowed(
                    true,
                    v -> v >= least && v <= most,
                    Words.of("tune.allowed.whole", Numbers.count(least), Numbers.count(most)));
        }

        static Allowed number(DoublePredicate test, String words) {
            return new Allowed(false, test, words);
        }

        boolean holds(double number) {
            return Double.isFinite(number) && test.test(number) && (!whole || number == Math.rint(number));
        }
    }

    private final String name;
    private final Property<Number> value;
    private final Allowed allowed;
    private final Map<String, String> mistakes;
    private final Tooltip mistake = new Tooltip();
    private final Label wrong = collapsing(styled(note(""), "wrong"));

    /// @param mistakes receives, under `name`, what is wrong with the text
    NumberField(String id, String name, Property<Number> value, Allowed allowed, Map<String, String> mistakes) {
        this.name = name;
        this.value = value;
        this.allowed = allowed;
        this.mistakes = mistakes;
        setId(id);
        setAccessibleText(name);
        setPrefColumnCount(6);
        setMinWidth(0);
        wrong.setVisible(false);
        value.subscribe(v -> {
            if (!isFocused() || number(getText()) != v.doubleValue()) { // also while typing: others may set it
                setText(Numbers.plain(v.doubleValue()));
            }
        });
        textProperty().subscribe((was, now) -> read(now));
        focusedProperty().subscribe(focused -> {
            if (!focused && !mistakes.containsKey(name)) {
                setText(Numbers.plain(value.getValue().doubleValue()));
            }
        });
    }

    /// The field with its name above and what is wrong with it below.
    VBox under(String shown) {
        VBox field = field(shown, this);
        field.getChildren().add(wrong);
        return field;
    }

    private void read(String text) {
        double number = number(text);
        boolean good = allowed.holds(number);
        if (good) {
            mistakes.remove(name);
            if (number != value.getValue().doubleValue()) {
                value.setValue(number); // whole numbers here are small enough to be exact
            }
        } else {
            mistakes.put(name, Words.of("tune.must", name, allowed.words()));
        }
        pseudoClassStateChanged(DANGER, !good);
        mistake.setText(mistakes.getOrDefault(name, ""));
        setTooltip(good ? null : mistake);
        wrong.setText(mistake.getText());
        wrong.setVisible(!good);
    }

    private static double number(String text) {
        try {
            // Double.parseDouble would also accept 1f and 0x1p3.
            return text.strip().toLowerCase(Locale.ROOT).matches("[-+.0-9e]+")
                    ? Double.parseDouble(text.strip())
                    : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
