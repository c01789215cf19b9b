package sirkuit.app.runs;

import java.util.List;
import javafx.scene.paint.Color;
import sirkuit.app.look.Theme;

/// One colour for each run, distinguishable for colour-blind eyes (after Okabe and Ito), and the plot's other colours.
public record RunColours(List<Color> lines, Color background, Color text, Color grid, Color axis) {
    private static final RunColours LIGHT = new RunColours(
            colours("#0072b2", "#d55e00", "#009e73", "#b2478a", "#8a6d00", "#4b5bd6", "#3a9bc1", "#6e7781"),
            Color.WHITE,
            Color.web("#57606a"),
            Color.web("#e4e8ec"),
            Color.web("#afb8c1"));
    private static final RunColours DARK = new RunColours(
            colours("#5ab4f0", "#ff9a4d", "#3ecf9f", "#e08cc0", "#e6c84d", "#9aa6ff", "#8fd7f5", "#9aa4af"),
            Color.web("#0d1117"),
            Color.web("#9aa4af"),
            Color.web("#21272f"),
            Color.web("#444c56"));

    public static RunColours of(Theme theme) {
        return theme.dark() ? DARK : LIGHT;
    }

    public Color line(int run) {
        return lines.get(run % lines.size());
    }

    private static List<Color> colours(String... codes) {
        return java.util.Arrays.stream(codes).map(Color::web).toList();
    }
}
