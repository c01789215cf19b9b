package sirkuit.app.heatmap;

import javafx.scene.paint.Color;

/// Colours from one end of a scale to the other and the ink to write on each, worked out once.
final class Ramp {
    private static final int STEPS = 256;

    private static final double FAINT = 0.55;

    private final Color[] colours;
    private final Color[] inks = new Color[STEPS];
    private final Color[] faintInks = new Color[STEPS];

    private Ramp(Color[] colours) {
        this.colours = colours;
        Color black = Color.color(0, 0, 0, FAINT);
        Color white = Color.color(1, 1, 1, FAINT);
        for (int i = 0; i < STEPS; i++) {
            inks[i] = Palette.inkOn(colours[i]);
            faintInks[i] = inks[i].equals(Color.WHITE) ? white : black;
        }
    }

    /// Evenly spaced stops with straight lines between them.
    static Ramp of(String... stops) {
        Color[] result = new Color[STEPS];
        for (int i = 0; i < STEPS; i++) {
            double at = (double) i / (STEPS - 1) * (stops.length - 1);
            int below = Math.min((int) at, stops.length - 2);
            result[i] = Color.web(stops[below]).interpolate(Color.web(stops[below + 1]), at - below);
        }
        return new Ramp(result);
    }

    /// @param position 0 for one end, 1 for the other
    Color at(double position) {
        return colours[step(position)];
    }

    /// Ink that can be read on the colour there.
    Color ink(double position) {
        return inks[step(position)];
    }

    /// The same, half transparent.
    Color faintInk(double position) {
        return faintInks[step(position)];
    }

    private static int step(double position) {
        return Math.clamp(Math.round(position * (STEPS - 1)), 0, STEPS - 1);
    }
}
