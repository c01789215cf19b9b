package sirkuit.app.heatmap.paint;

import javafx.scene.canvas.GraphicsContext;
import sirkuit.mask.Head;

/// Draws a dashed line within the cell of a head that belongs to something beside the mask: a run, or what the mask
/// would become. Small cells have a dot instead.
final class OutlinePainter {
    private static final double LEAST_FOR_LINE = 16;

    private final GraphicsContext g;
    private final Grid grid;
    private final Palette palette;

    OutlinePainter(GraphicsContext g, Grid grid, Palette palette) {
        this.g = g;
        this.grid = grid;
        this.palette = palette;
    }

    void paint(Head head) {
        double x = grid.x(head.head());
        double y = grid.y(head.layer());
        double w = grid.innerWidth();
        double h = grid.innerHeight();
        double small = Math.min(w, h);
        if (small < LEAST_FOR_LINE) {
            double size = Math.max(2, small / 2);
            g.setFill(palette.ringGap());
            g.fillRect(x + (w - size) / 2 - 1, y + (h - size) / 2 - 1, size + 2, size + 2);
            g.setFill(palette.other());
            g.fillRect(x + (w - size) / 2, y + (h - size) / 2, size, size);
            return;
        }
        double in = small >= 24 ? 6.5 : 4.5;
        double thick = small >= 24 ? 2.5 : 1.5;
        g.setStroke(palette.ringGap());
        g.setLineWidth(thick + 2);
        g.strokeRoundRect(x + in, y + in, w - 2 * in, h - 2 * in, 4, 4);
        g.setStroke(palette.other());
        g.setLineWidth(thick);
        g.setLineDashes(7, 4);
        g.strokeRoundRect(x + in, y + in, w - 2 * in, h - 2 * in, 4, 4);
        g.setLineDashes((double[]) null);
    }
}
