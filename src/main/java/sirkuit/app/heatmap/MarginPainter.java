package sirkuit.app.heatmap;

import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Words;
import sirkuit.mask.RelevanceScores;

/// Draws the margins of the cells: the names of layers and heads, and how much each layer carries.
final class MarginPainter {
    private static final Font NAMES = Font.font(12);
    private static final int HEAD_BAR = 26;
    private static final int ROOM_FOR_A_NAME = 26;
    private static final int ROOM_FOR_A_LINE = 16;

    private final GraphicsContext g;
    private final Grid grid;
    private final Palette palette;

    MarginPainter(GraphicsContext g, Grid grid, Palette palette) {
        this.g = g;
        this.grid = grid;
        this.palette = palette;
    }

    void paint(@Nullable RelevanceScores scores) {
        g.setFont(NAMES);
        g.setFill(palette.label());
        g.setTextBaseline(VPos.CENTER);
        g.setTextAlign(TextAlignment.CENTER);
        int everyHead = every(ROOM_FOR_A_NAME, grid.cellWidth());
        for (int h = 0; h < grid.heads(); h += everyHead) {
            if (!grid.showsHead(h)) {
                continue;
            }
            g.fillText("H" + h, grid.x(h) + grid.innerWidth() / 2.0, grid.top() - 13);
        }
        g.setTextAlign(TextAlignment.RIGHT);
        int everyLayer = every(ROOM_FOR_A_LINE, grid.cellHeight());
        for (int l = 0; l < grid.layers(); l += everyLayer) {
            if (!grid.showsLayer(l)) {
                continue;
            }
            g.fillText("L" + l, grid.left() - 10, grid.y(l) + grid.innerHeight() / 2.0);
        }
        if (scores != null && grid.barWidth() > 0) {
            bars(scores);
        }
        if (scores != null && grid.feet() > 0) {
            headBars(scores);
        }
    }

    private void bars(RelevanceScores scores) {
        double[] totals = new double[grid.layers()];
        double most = 0;
        for (int l = 0; l < grid.layers(); l++) {
            for (double score : scores.score()[l]) {
                totals[l] += Double.isNaN(score) ? 0 : Math.abs(score);
            }
            most = Math.max(most, totals[l]);
        }
        g.setFill(palette.label());
        g.setTextAlign(TextAlignment.LEFT);
        g.fillText(Words.of("relevance.per-layer"), grid.barLeft(), grid.top() - 13);
        g.setFill(palette.bar());
        double thick = Math.clamp(grid.innerHeight() * 0.3, 1, 12);
        for (int l = 0; l < grid.layers() && most > 0; l++) {
            if (!grid.showsLayer(l)) {
                continue;
            }
            double length = Math.max(1, grid.barWidth() * totals[l] / most);
            g.fillRoundRect(grid.barLeft(), grid.y(l) + (grid.innerHeight() - thick) / 2, length, thick, 4, 4);
        }
    }

    /// How much each head position carries over all layers, hanging below the cells.
    private void headBars(RelevanceScores scores) {
        double[] totals = new double[grid.heads()];
        double most = 0;
        for (int h = 0; h < grid.heads(); h++) {
            for (double[] row : scores.score()) {
                totals[h] += Double.isNaN(row[h]) ? 0 : Math.abs(row[h]);
            }
            most = Math.max(most, totals[h]);
        }
        g.setFill(palette.bar());
        double thick = Math.clamp(grid.innerWidth() * 0.3, 1, 12);
        for (int h = 0; h < grid.heads() && most > 0; h++) {
            if (grid.showsHead(h)) {
                g.fillRoundRect(
                        grid.x(h) + (grid.innerWidth() - thick) / 2,
                        grid.top() + grid.roomHeight() + 4,
                        thick,
                        Math.max(1, HEAD_BAR * totals[h] / most),
                        4,
                        4);
            }
        }
    }

    /// Only some are named when there is no room for all.
    private static int every(int room, int cell) {
        int step = 1;
        while (step * cell < room) {
            step *= 2;
        }
        return step;
    }
}
