package sirkuit.app.heatmap.paint;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.shape.ArcType;
import sirkuit.mask.Head;

/// Draws what somebody put on a head: a padlock in the upper right corner of its cell, and a folded corner in the upper
/// left where there is a note.
final class MarkPainter {
    private final GraphicsContext g;
    private final Grid grid;
    private final Palette palette;

    MarkPainter(GraphicsContext g, Grid grid, Palette palette) {
        this.g = g;
        this.grid = grid;
        this.palette = palette;
    }

    void lock(Head head) {
        double size = Math.clamp(small() / 5, 3, 14);
        double edge = Math.clamp(small() / 8, 1, 8);
        double x = grid.x(head.head()) + grid.innerWidth() - size - edge;
        double y = grid.y(head.layer()) + edge + size / 2;
        g.setFill(palette.ringGap());
        g.fillRect(x - 1.5, y - size / 2 - 1.5, size + 3, size * 1.4 + 3);
        g.setFill(palette.ring());
        g.fillRect(x, y, size, size * 0.8);
        g.setStroke(palette.ring());
        g.setLineWidth(Math.max(1, size / 6));
        g.strokeArc(x + size * 0.2, y - size * 0.45, size * 0.6, size * 0.9, 0, 180, ArcType.OPEN);
    }

    void note(Head head) {
        double size = Math.clamp(small() / 3, 3, 18);
        double x = grid.x(head.head());
        double y = grid.y(head.layer());
        double edge = size + Math.clamp(size / 4, 0.5, 2.5);
        g.setFill(palette.ringGap());
        g.fillPolygon(new double[] {x, x + edge, x}, new double[] {y, y, y + edge}, 3);
        g.setFill(palette.ring());
        g.fillPolygon(new double[] {x, x + size, x}, new double[] {y, y, y + size}, 3);
    }

    private double small() {
        return Math.min(grid.innerWidth(), grid.innerHeight());
    }
}
