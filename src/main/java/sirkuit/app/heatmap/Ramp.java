package sirkuit.app.heatmap;

import javafx.scene.paint.Color;

/// Colours from one end of a scale to the other, worked out once.
final class Ramp {
    private static final int STEPS = 256;

    private final Color[] colours;

    private Ramp(Color[] colours) {
        this.colours = colours;
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
        return colours[Math.clamp(Math.round(position * (STEPS - 1)), 0, STEPS - 1)];
    }
}
