package sirkuit.app.heatmap.paint;

import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;
import sirkuit.app.heatmap.HeatmapOptions;
import sirkuit.app.heatmap.HeatmapScale;
import sirkuit.app.heatmap.Shown;
import sirkuit.app.look.Numbers;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.RelevanceScores;

/// Draws a heatmap. Small cells are drawn simply, so that thousands of them stay fast.
public final class HeatmapPainter {
    private static final int LEAST_FOR_NUMBERS = 38;
    private static final int LEAST_FOR_THREE_DIGITS = 48;
    private static final int LEAST_FOR_ROUNDED = 16;
    private static final int LEAST_FOR_TWO_LINES = 8;
    private static final int LEAST_FOR_LARGE = 92;
    private static final Font NUMBERS = Font.font(12);
    private static final Font LARGE_NUMBERS = Font.font(16);

    private final GraphicsContext g;
    private final Grid grid;
    private final Palette palette;
    private final HeatmapOptions options;
    private final Shown shown;

    public HeatmapPainter(GraphicsContext g, Grid grid, Palette palette, HeatmapOptions options, Shown shown) {
        this.g = g;
        this.grid = grid;
        this.palette = palette;
        this.options = options;
        this.shown = shown;
    }

    public void paint() {
        g.clearRect(0, 0, g.getCanvas().getWidth(), g.getCanvas().getHeight());
        if (!grid.whole()) {
            g.save();
            g.beginPath();
            g.rect(grid.left() - 2, grid.top() - 2, grid.roomWidth() + 4, grid.roomHeight() + 4);
            g.clip();
        }
        inside(shown.scores(), shown.scale());
        if (!grid.whole()) {
            g.restore();
        }
    }

    private void inside(@Nullable RelevanceScores scores, @Nullable HeatmapScale scale) {
        boolean[][] framed = new boolean[grid.layers()][grid.heads()];
        boolean small = Math.min(grid.innerWidth(), grid.innerHeight()) < LEAST_FOR_ROUNDED;
        if (small && scores != null) {
            for (Head head : shown.mask().selected()) {
                framed[head.layer()][head.head()] = !Double.isNaN(scores.score(head));
            }
        }
        cells(scores, scale, framed);
        for (Head head : shown.mask().selected()) {
            if (!framed[head.layer()][head.head()] && shows(head)) {
                ring(head);
            }
        }
        HeadMask others = shown.others();
        if (others != null && !others.selected().equals(shown.mask().selected())) {
            OutlinePainter outline = new OutlinePainter(g, grid, palette);
            others.selected().stream().filter(this::shows).forEach(outline::paint);
        }
        MarkPainter marks = new MarkPainter(g, grid, palette);
        shown.noted().stream().filter(this::shows).forEach(marks::note);
        shown.locked().stream().filter(this::shows).forEach(marks::lock);
        new ArcPainter(g, grid, palette).paint(shown.links());
        outlines();
        boolean room = grid.innerWidth() >= LEAST_FOR_NUMBERS && grid.innerHeight() >= 20;
        if (scores != null && scale != null && options.numbers() && room) {
            numbers(scores, scale, !shown.links().isEmpty());
        }
    }

    private void outlines() {
        List<Head> box = shown.box();
        if (box != null) {
            outline(box.getFirst(), box.getLast(), palette.accent(), 2);
        }
        Head hover = shown.hover();
        if (hover != null) {
            outline(hover, hover, palette.label(), 1.5);
        }
        Head focus = shown.focus();
        if (focus != null) {
            // Stays while keys go elsewhere: the panels beside speak of this head.
            outline(focus, focus, palette.accent(), shown.keyboard() ? 3 : 2);
        }
    }

    private boolean shows(Head head) {
        return grid.showsLayer(head.layer()) && grid.showsHead(head.head());
    }

    /// @param framed [L][H] whether a cell is drawn with its ring
    private void cells(@Nullable RelevanceScores scores, @Nullable HeatmapScale scale, boolean[][] framed) {
        for (int l = 0; l < grid.layers(); l++) {
            for (int h = 0; h < grid.heads(); h++) {
                if (!grid.showsLayer(l) || !grid.showsHead(h)) {
                    continue;
                }
                double score = scores == null ? Double.NaN : scores.score()[l][h];
                if (scores == null || scale == null || Double.isNaN(score)) {
                    unscored(l, h);
                    continue;
                }
                Ramp ramp = palette.ramp(scale.signed());
                double position = scale.position(score);
                Color colour = ramp.at(position);
                if (framed[l][h]) {
                    fillFramed(l, h, colour);
                } else {
                    fill(l, h, colour);
                }
                if (options.fade() && scores.standardError()[l][h] > Math.abs(score)) {
                    uncertain(l, h, ramp.faintInk(position));
                }
            }
        }
    }

    /// @param halo whether lines run below, which the numbers keep off
    private void numbers(RelevanceScores scores, HeatmapScale scale, boolean halo) {
        Ramp ramp = palette.ramp(scale.signed());
        g.setTextAlign(TextAlignment.CENTER);
        g.setTextBaseline(VPos.CENTER);
        g.setFont(grid.innerWidth() >= LEAST_FOR_LARGE && grid.innerHeight() >= 44 ? LARGE_NUMBERS : NUMBERS);
        g.setLineWidth(5);
        for (int l = 0; l < grid.layers(); l++) {
            for (int h = 0; h < grid.heads(); h++) {
                double score = scores.score()[l][h];
                if (Double.isNaN(score) || !grid.showsLayer(l) || !grid.showsHead(h)) {
                    continue;
                }
                double position = scale.position(score);
                double x = grid.x(h) + grid.innerWidth() / 2.0;
                double y = grid.y(l) + grid.innerHeight() / 2.0;
                if (halo) {
                    g.setStroke(ramp.at(position));
                    g.strokeText(written(score), x, y);
                }
                g.setFill(ramp.ink(position));
                g.fillText(written(score), x, y);
            }
        }
    }

    private String written(double score) {
        return grid.innerWidth() >= LEAST_FOR_THREE_DIGITS || Math.abs(score) >= 0.1
                ? Numbers.score(score)
                : Numbers.decimal(score, 2);
    }

    private void fill(int layer, int head, Color colour) {
        g.setFill(colour);
        if (Math.min(grid.innerWidth(), grid.innerHeight()) >= LEAST_FOR_ROUNDED) {
            g.fillRoundRect(grid.x(head), grid.y(layer), grid.innerWidth(), grid.innerHeight(), 6, 6);
        } else {
            g.fillRect(grid.x(head), grid.y(layer), grid.innerWidth(), grid.innerHeight());
        }
    }

    /// A small cell within its ring: one over the other, which takes fewer strokes than four edges each.
    private void fillFramed(int layer, int head, Color colour) {
        double x = grid.x(head);
        double y = grid.y(layer);
        double w = grid.innerWidth();
        double h = grid.innerHeight();
        g.setFill(palette.ring());
        g.fillRect(x, y, w, h);
        int ring = 1;
        if (Math.min(w, h) >= LEAST_FOR_TWO_LINES) {
            g.setFill(palette.ringGap());
            g.fillRect(x + 1, y + 1, w - 2, h - 2);
            ring = 2;
        }
        g.setFill(colour);
        g.fillRect(x + ring, y + ring, Math.max(0, w - 2 * ring), Math.max(0, h - 2 * ring));
    }

    /// Fine dots along the lower edge: the score may as well be zero, and its number stays readable.
    private void uncertain(int layer, int head, Color ink) {
        double w = grid.innerWidth();
        double h = grid.innerHeight();
        g.setFill(ink);
        if (Math.min(w, h) < LEAST_FOR_ROUNDED) {
            g.fillRect(grid.x(head) + w / 2 - 0.5, grid.y(layer) + h / 2 - 0.5, 1, 1);
            return;
        }
        for (double x = 6; x < w - 4; x += 5) {
            g.fillRect(grid.x(head) + x, grid.y(layer) + h - (h < 30 ? 4 : 7), 2, 2);
        }
    }

    /// Hatched, so that "no score" never looks like a score.
    private void unscored(int layer, int head) {
        fill(layer, head, palette.empty());
        g.setStroke(palette.hatch());
        g.setLineWidth(1);
        double x = grid.x(head);
        double y = grid.y(layer);
        double w = grid.innerWidth();
        double h = grid.innerHeight();
        if (Math.min(w, h) < LEAST_FOR_ROUNDED) {
            g.strokeLine(x, y + h, x + w, y);
            return;
        }
        for (double d = 10; d < w + h; d += 10) {
            double startX = x + Math.max(0, d - h);
            double endX = x + Math.min(w, d);
            g.strokeLine(startX, y + d - (startX - x), endX, y + d - (endX - x));
        }
    }

    /// A dark and a light line beside each other: one of them always stands out, in colour and in grey.
    private void ring(Head head) {
        double x = grid.x(head.head());
        double y = grid.y(head.layer());
        double w = grid.innerWidth();
        double h = grid.innerHeight();
        double small = Math.min(w, h);
        if (small < LEAST_FOR_TWO_LINES) {
            frame(palette.ring(), x, y, w, h);
            return;
        }
        if (small < LEAST_FOR_ROUNDED) {
            frame(palette.ring(), x, y, w, h);
            frame(palette.ringGap(), x + 1, y + 1, w - 2, h - 2);
            return;
        }
        double thick = small >= 24 ? 3 : 2;
        double fine = small >= 24 ? 1.5 : 1;
        line(palette.ring(), thick, x + thick / 2, y + thick / 2, w - thick, h - thick);
        line(palette.ringGap(), fine, x + thick + 0.5, y + thick + 0.5, w - 2 * thick - 1, h - 2 * thick - 1);
    }

    private void line(Color colour, double width, double x, double y, double w, double h) {
        g.setStroke(colour);
        g.setLineWidth(width);
        g.strokeRoundRect(x, y, w, h, 6, 6);
    }

    /// Whole pixels filled are drawn many times faster than a line of the same look.
    private void frame(Color colour, double x, double y, double w, double h) {
        g.setFill(colour);
        g.fillRect(x, y, w, 1);
        g.fillRect(x, y + h - 1, w, 1);
        g.fillRect(x, y + 1, 1, h - 2);
        g.fillRect(x + w - 1, y + 1, 1, h - 2);
    }

    /// Around all cells between two corners.
    private void outline(Head corner, Head opposite, Color colour, double width) {
        g.setStroke(colour);
        g.setLineWidth(width);
        double out = Math.max(1, grid.gap() / 2.0);
        int head = Math.min(corner.head(), opposite.head());
        int layer = Math.min(corner.layer(), opposite.layer());
        g.strokeRoundRect(
                grid.x(head) - out,
                grid.y(layer) - out,
                Math.abs(corner.head() - opposite.head()) * grid.cellWidth() + grid.innerWidth() + 2 * out,
                Math.abs(corner.layer() - opposite.layer()) * grid.cellHeight() + grid.innerHeight() + 2 * out,
                7,
                7);
    }
}
