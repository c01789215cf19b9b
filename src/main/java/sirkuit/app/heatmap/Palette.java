package sirkuit.app.heatmap;

import javafx.scene.paint.Color;
import sirkuit.app.look.Theme;

/// The colours of a heatmap in one theme. Signed scores: orange below zero, the background's neutral at zero, blue
/// above it, which colour-blind eyes can distinguish; unsigned ones: one ramp of even lightness, from the background to
/// what stands out most against it. All pass quickly through the middle tones, on which no ink reads well.
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
                    "#6f3206", "#a04c05", "#ec9c40", "#fdc07a", "#fbe3c4", "#f4f4f4", "#d3e3f0", "#a3cbe8", "#6fb1e0",
                    "#1c5c9f", "#0b3a6f"),
            Ramp.of("#f3f7f4", "#d3ebe0", "#a2d5cb", "#79c0c6", "#5cabc2", "#265b88", "#22396f", "#1d2257"),
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
                    "#ffd9a0", "#ffbc66", "#f0a04a", "#90500f", "#66411f", "#2b3139", "#23476b", "#255d92", "#5fabed",
                    "#8cc5f9", "#c2e0ff"),
            Ramp.of("#1b2430", "#1d3a50", "#1f5573", "#256c82", "#5fb9ad", "#86cfb0", "#c0e6bd", "#f4fbd8"),
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
    static Color inkOn(Color background) {
        return luminance(background) > 0.179 ? DARK_INK : Color.WHITE;
    }

    /// From 1, the same, to 21, black on white, as WCAG defines it.
    static double contrast(Color a, Color b) {
        double first = luminance(a);
        double second = luminance(b);
        return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
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
