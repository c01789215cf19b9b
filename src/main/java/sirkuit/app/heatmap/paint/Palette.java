package sirkuit.app.heatmap.paint;

import javafx.scene.paint.Color;
import sirkuit.app.look.Theme;
import sirkuit.figure.FigureColours;

/// The colours of a heatmap in one theme: those of all figures, and what only the heatmap has.
public record Palette(
        Ramp diverging,
        Ramp sequential,
        Color empty,
        Color hatch,
        Color ring,
        Color ringGap,
        Color accent,
        Color label,
        Color strong,
        Color bar,
        Color other) {
    private static final Palette LIGHT =
            of(FigureColours.LIGHT, "#f6f8fa", "#c4ccd4", Color.web("#1b1f24"), Color.WHITE, "#8c959f", "#8250df");
    private static final Palette DARK =
            of(FigureColours.DARK, "#161b22", "#3d4550", Color.WHITE, Color.web("#0d1117"), "#6e7681", "#d2a8ff");

    private static Palette of(
            FigureColours colours, String empty, String hatch, Color ring, Color ringGap, String bar, String other) {
        return new Palette(
                new Ramp(colours.diverging()),
                new Ramp(colours.sequential()),
                Color.web(empty),
                Color.web(hatch),
                ring,
                ringGap,
                Color.web(colours.accent()),
                Color.web(colours.muted()),
                Color.web(colours.text()),
                Color.web(bar),
                Color.web(other));
    }

    public static Palette of(Theme theme) {
        return theme.dark() ? DARK : LIGHT;
    }

    public Ramp ramp(boolean signed) {
        return signed ? diverging : sequential;
    }
}
