package sirkuit.app.heatmap.paint;

import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Words;
import sirkuit.mask.Head;
import sirkuit.mask.RelevanceScores;

/// Draws the margins of the cells: the names of layers and heads, and how much each layer carries.
public final class MarginPainter {
    private static final Font NAMES = Font.font(12);
    private static final Font NAME_AT_HAND = Font.font(Font.getDefault().getFamily(), FontWeight.BOLD, 12);
    private static final int HEAD_BAR = 26;
    private static final int ROOM_FOR_A_NAME = 34;
    private static final int ROOM_FOR_A_LINE = 16;

    private final GraphicsContext g;
    private final Grid grid;
    private final Palette palette;

    public MarginPainter(GraphicsContext g, Grid grid, Palette palette) {
        this.g = g;
        this.grid = grid;
        this.palette = palette;
    }

    /// @param at the head whose row and column stand out; null for none
    public void paint(@Nullable RelevanceScores scores, @Nullable Head at) {
        g.setTextBaseline(VPos.CENTER);
        clipped(grid.left() - 4, 0, grid.roomWidth() + 8, grid.top(), () -> headNames(at));
        clipped(0, grid.top() - 4, grid.left(), grid.roomHeight() + 8, () -> layerNames(at));
        if (!grid.whole()) {
            whereabouts();
        }
        if (scores != null && grid.barWidth() > 0) {
            clipped(grid.barLeft(), 0, grid.barWidth() + 8, grid.top() + grid.roomHeight() + 4, () -> bars(scores));
        }
        if (scores != null && grid.feet() > 0) {
            int below = grid.top() + grid.roomHeight();
            clipped(grid.left(), below, grid.roomWidth(), grid.feet(), () -> headBars(scores));
        }
    }

    private void headNames(@Nullable Head at) {
        g.setTextAlign(TextAlignment.CENTER);
        int every = every(ROOM_FOR_A_NAME, grid.cellWidth());
        for (int h = 0; h < grid.heads(); h++) {
            boolean here = at != null && at.head() == h;
            if (grid.showsHead(h) && named(h, every, at == null ? -1 : at.head())) {
                name("H" + h, here, grid.x(h) + grid.innerWidth() / 2.0, grid.top() - 13);
            }
        }
    }

    private void layerNames(@Nullable Head at) {
        g.setTextAlign(TextAlignment.RIGHT);
        int every = every(ROOM_FOR_A_LINE, grid.cellHeight());
        for (int l = 0; l < grid.layers(); l++) {
            boolean here = at != null && at.layer() == l;
            if (grid.showsLayer(l) && named(l, every, at == null ? -1 : at.layer())) {
                name("L" + l, here, grid.left() - 10, grid.y(l) + grid.innerHeight() / 2.0);
            }
        }
    }

    /// Where there is no room for all names, the one at hand takes the place of its neighbours.
    private static boolean named(int index, int every, int at) {
        return index == at || index % every == 0 && (at < 0 || Math.abs(index - at) >= every);
    }

    private void name(String words, boolean here, double x, double y) {
        g.setFont(here ? NAME_AT_HAND : NAMES);
        g.setFill(here ? palette.strong() : palette.label());
        g.fillText(words, x, y);
    }

    /// Which part of the cells is seen, as thin lines beside and below them.
    private void whereabouts() {
        double width = (double) grid.heads() * grid.cellWidth();
        double height = (double) grid.layers() * grid.cellHeight();
        g.setFill(palette.bar());
        if (height > grid.roomHeight()) {
            double length = Math.max(16, grid.roomHeight() * grid.roomHeight() / height);
            double way = grid.panY() / (height - grid.roomHeight()) * (grid.roomHeight() - length);
            g.fillRoundRect(grid.left() + grid.roomWidth() + 4, grid.top() + way, 4, length, 4, 4);
        }
        if (width > grid.roomWidth()) {
            double length = Math.max(16, grid.roomWidth() * grid.roomWidth() / width);
            double way = grid.panX() / (width - grid.roomWidth()) * (grid.roomWidth() - length);
            g.fillRoundRect(grid.left() + way, grid.top() + grid.roomHeight() + 1, length, 4, 4, 4);
        }
    }

    /// Nothing is drawn outside: what is partly scrolled away stays behind its edge.
    private void clipped(double x, double y, double width, double height, Runnable drawing) {
        if (grid.whole()) {
            drawing.run();
            return;
        }
        g.save();
        g.beginPath();
        g.rect(x, y, width, height);
        g.clip();
        drawing.run();
        g.restore();
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
        g.setFont(NAMES);
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
                        grid.top() + grid.roomHeight() + 6,
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
