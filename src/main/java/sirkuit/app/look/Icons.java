package sirkuit.app.look;

import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/// Icons, and the names that screen readers need where there is only an icon.
public final class Icons {
    private Icons() {}

    public static FontIcon of(Ikon icon) {
        return new FontIcon(icon);
    }

    /// Puts an icon before the words.
    public static <T extends Labeled> T before(T control, Ikon icon) {
        control.setGraphic(of(icon));
        return control;
    }

    /// Makes a button of an icon alone; `name` is its tooltip and what a screen reader says.
    public static <T extends ButtonBase> T only(T button, Ikon icon, String name) {
        button.setGraphic(of(icon));
        button.setAccessibleText(name);
        button.setTooltip(new Tooltip(name));
        button.getStyleClass().addAll("button-icon", "flat");
        return button;
    }
}
