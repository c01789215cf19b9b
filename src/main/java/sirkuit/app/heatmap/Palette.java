package sirkuit.app.heatmap;

import javafx.scene.paint.Color;
import sirkuit.app.look.Theme;

/// The colours of a heatmap in one theme. Signed scores: orange below zero, the background's neutral at zero, blue
/// above it, which colour-blind eyes tell apart; unsigned ones: one ramp of even lightness, from the background to
/// what stands out most against it.
record Palette(
        Ramp diverging,
        Ramp sequential,
        Color empty,
        Color hatch,
        Color ring,
        Color ringGap,
        Color accent,
        Color label,
        Color strong,
        Color bar) {
    private static final Color DARK_INK = Color.BLACK;
    private static final Palette LIGHT = new Palette(
            Ramp.of(
                    "#7f3b08", "#b35806", "#e08214", "#fdb863", "#fbe3c4", "#f4f4f4", "#d3e3f0", "#92c0e0", "#4a90c7",
                    "#2166ac", "#0b3a6f"),
            Ramp.of("#f3f7f4", "#d3ebe0", "#a2d5cb", "#68b5bd", "#3d8fae", "#2c6594", "#253f78", "#1d2257"),
            Color.web("#f6f8fa"),
            Color.web("#c4ccd4"),
            Color.web("#1b1f24"),
            Color.WHITE,
            Color.web("#0969da"),
            Color.web("#57606a"),
            Color.web("#24292f"),
            Color.web("#8c959f"));
    private static final Palette DARK = new Palette(
            Ramp.of(
                    "#ffd9a0", "#ffb454", "#e28a2b", "#a8601c", "#66411f", "#2b3139", "#23476b", "#2b69a3", "#3f8fd6",
                    "#74b7f5", "#c2e0ff"),
            Ramp.of("#1b2430", "#1d3a50", "#20597a", "#2a7f93", "#45a59d", "#7fcbaa", "#c0e6bd", "#f4fbd8"),
            Color.web("#161b22"),
            Color.web("#3d4550"),
            Color.WHITE,
            Color.web("#0d1117"),
            Color.web("#58a6ff"),
            Color.web("#9aa4af"),
            Color.web("#e6edf3"),
            Color.web("#6e7681"));

    static Palette of(Theme theme) {
        return theme.dark() ? DARK : LIGHT;
    }

    Ramp ramp(boolean signed) {
        return signed ? diverging : sequential;
    }

    /// Ink that can be read on `background`.
    Color inkOn(Color background) {
        return luminance(background) > 0.179 ? DARK_INK : Color.WHITE;
    }

    /// Relative luminance as WCAG defines it.
    static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(double channel) {
        return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }
}
