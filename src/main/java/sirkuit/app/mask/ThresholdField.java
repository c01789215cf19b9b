package sirkuit.app.mask;

import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;

/// The threshold as a number. Text that is not a number is marked; the threshold stays as it was.
final class ThresholdField extends TextField {
    private static final PseudoClass DANGER = PseudoClass.getPseudoClass("danger");

    private final MaskModel model;

    ThresholdField(MaskModel model) {
        this.model = model;
        setId("threshold-field");
        setAccessibleText(Words.of("mask.threshold"));
        setTooltip(new Tooltip(Words.of("mask.threshold.more")));
        setPrefColumnCount(5);
        setMinWidth(USE_PREF_SIZE);
        model.threshold().subscribe(t -> write());
        focusedProperty().subscribe(focused -> {
            if (!focused) {
                read();
                write();
            }
        });
        textProperty().subscribe(text -> pseudoClassStateChanged(DANGER, Double.isNaN(number(text))));
        setOnAction(e -> read());
    }

    private void write() {
        setText(Numbers.score(model.threshold().get()));
    }

    /// What is shown is rounded: only another text is another number.
    private void read() {
        double number = number(getText());
        if (!Double.isNaN(number)
                && !getText().equals(Numbers.score(model.threshold().get()))) {
            model.threshold().set(number);
        }
    }

    private static double number(String text) {
        String plain = text.strip().replace('\u2212', '-').toLowerCase(Locale.ROOT);
        try {
            return plain.matches("[-+.0-9e]+") ? Double.parseDouble(plain) : Double.NaN;
        } catch (NumberFormatException other) {
            return Double.NaN;
        }
    }
}
