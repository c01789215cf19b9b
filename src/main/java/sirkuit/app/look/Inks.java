package sirkuit.app.look;

import javafx.scene.paint.Color;

/// The colours for drawing on a canvas, where style sheets do not apply. Text has a contrast to the background of at
/// least 4.5 to 1 in both themes.
///
/// @param text       what is read
/// @param muted      what is read second
/// @param line       what separates
/// @param accent     what is chosen
/// @param second     the colour beside the accent; colour-blind eyes can distinguish them
/// @param background of panels
public record Inks(Color text, Color muted, Color line, Color accent, Color second, Color background) {
    private static final Inks LIGHT = new Inks(
            Color.web("#24292f"),
            Color.web("#57606a"),
            Color.web("#d0d7de"),
            Color.web("#0969da"),
            Color.web("#bc4c00"),
            Color.WHITE);
    private static final Inks DARK = new Inks(
            Color.web("#e6edf3"),
            Color.web("#9aa4af"),
            Color.web("#30363d"),
            Color.web("#58a6ff"),
            Color.web("#ff9a4d"),
            Color.web("#0d1117"));

    public static Inks of(Theme theme) {
        return theme.dark() ? DARK : LIGHT;
    }
}
