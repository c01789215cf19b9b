package sirkuit.app.look;

import javafx.scene.paint.Color;
import sirkuit.figure.FigureColours;

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
    private static final Inks LIGHT = of(FigureColours.LIGHT);
    private static final Inks DARK = of(FigureColours.DARK);

    private static Inks of(FigureColours colours) {
        return new Inks(
                Color.web(colours.text()),
                Color.web(colours.muted()),
                Color.web(colours.line()),
                Color.web(colours.accent()),
                Color.web(colours.second()),
                Color.web(colours.background()));
    }

    public static Inks of(Theme theme) {
        return theme.dark() ? DARK : LIGHT;
    }
}
