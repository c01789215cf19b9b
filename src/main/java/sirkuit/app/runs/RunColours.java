package sirkuit.app.runs;

import java.util.List;
import javafx.scene.paint.Color;
import sirkuit.app.look.Theme;
import sirkuit.figure.FigureColours;

/// One colour for each run, distinguishable for colour-blind eyes, and the plot's other colours.
public record RunColours(List<Color> lines, Color background, Color text, Color grid, Color axis) {
    private static final RunColours LIGHT = of(FigureColours.LIGHT, "#e4e8ec", "#afb8c1");
    private static final RunColours DARK = of(FigureColours.DARK, "#21272f", "#444c56");

    private static RunColours of(FigureColours colours, String grid, String axis) {
        return new RunColours(
                colours.runs().stream().map(Color::web).toList(),
                Color.web(colours.background()),
                Color.web(colours.muted()),
                Color.web(grid),
                Color.web(axis));
    }

    public static RunColours of(Theme theme) {
        return theme.dark() ? DARK : LIGHT;
    }

    public Color line(int run) {
        return lines.get(run % lines.size());
    }

    /// How often all colours were used before this run.
    public int round(int run) {
        return run / lines.size();
    }
}
