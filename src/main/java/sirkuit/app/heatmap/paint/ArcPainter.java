package sirkuit.app.heatmap.paint;

import java.util.List;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import sirkuit.app.heatmap.HeatmapModel;

/// Draws what heads pass to one another over the cells: full lines from the heads that are read, dashed lines to the
/// heads that read.
final class ArcPainter {
    private final GraphicsContext g;
    private final Grid grid;
    private final Palette palette;

    ArcPainter(GraphicsContext g, Grid grid, Palette palette) {
        this.g = g;
        this.grid = grid;
        this.palette = palette;
    }

    void paint(List<HeatmapModel.Link> links) {
        for (HeatmapModel.Link link : links) {
            double x1 = grid.x(link.from().head()) + grid.innerWidth() / 2.0;
            double y1 = grid.y(link.from().layer()) + grid.innerHeight() * 0.85;
            double x2 = grid.x(link.to().head()) + grid.innerWidth() / 2.0;
            double y2 = grid.y(link.to().layer()) + grid.innerHeight() * 0.15;
            double width = 1.2 + 6 * link.share();
            // A light line below the dark one, so that it is seen on every cell.
            curve(palette.ringGap(), width + 2.4, link, x1, y1, x2, y2);
            curve(palette.accent(), width, link, x1, y1, x2, y2);
            g.setFill(palette.accent());
            g.fillOval(x2 - 3.5, y2 - 3.5, 7, 7);
        }
        g.setLineDashes((double[]) null);
    }

    private void curve(Color colour, double width, HeatmapModel.Link link, double x1, double y1, double x2, double y2) {
        g.setStroke(colour);
        g.setLineWidth(width);
        if (link.source()) {
            g.setLineDashes((double[]) null);
        } else {
            g.setLineDashes(9, 6);
        }
        double side = Math.max(18, Math.abs(x2 - x1) * 0.2);
        g.beginPath();
        g.moveTo(x1, y1);
        g.bezierCurveTo(x1 + side, (2 * y1 + y2) / 3, x2 + side, (y1 + 2 * y2) / 3, x2, y2);
        g.stroke();
    }
}
