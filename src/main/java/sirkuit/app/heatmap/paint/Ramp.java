package sirkuit.app.heatmap.paint;

import javafx.scene.paint.Color;
import sirkuit.figure.ColourScale;
import sirkuit.figure.Luminance;

/// The colours of a scale as the window draws them, and the ink to write on each, worked out once.
public final class Ramp {
    private static final double FAINT = 0.55;

    private final Color[] colours = new Color[ColourScale.STEPS];
    private final Color[] inks = new Color[ColourScale.STEPS];
    private final Color[] faintInks = new Color[ColourScale.STEPS];

    Ramp(ColourScale scale) {
        Color black = Color.color(0, 0, 0, FAINT);
        Color white = Color.color(1, 1, 1, FAINT);
        for (int i = 0; i < ColourScale.STEPS; i++) {
            int rgb = scale.at((double) i / (ColourScale.STEPS - 1));
            colours[i] = Color.rgb(rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff);
            boolean onLight = Luminance.wantsBlack(rgb);
            inks[i] = onLight ? Color.BLACK : Color.WHITE;
            faintInks[i] = onLight ? black : white;
        }
    }

    /// @param position 0 for one end, 1 for the other
    public Color at(double position) {
        return colours[ColourScale.step(position)];
    }

    /// Ink that can be read on the colour there.
    Color ink(double position) {
        return inks[ColourScale.step(position)];
    }

    /// The same, half transparent.
    Color faintInk(double position) {
        return faintInks[ColourScale.step(position)];
    }
}
