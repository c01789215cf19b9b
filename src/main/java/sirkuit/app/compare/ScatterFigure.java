package sirkuit.app.compare;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.app.figure.Figure;
import sirkuit.app.look.Awt;
import sirkuit.app.look.Inks;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Theme;
import sirkuit.figure.Span;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.RelevanceScores;

/// A point for each head: one score on the x axis, the other on the y axis. Selected heads are filled and have a ring.
///
/// @param across of the first side
/// @param up     of the second
/// @param picked the head that stands out; null for none
record ScatterFigure(
        RelevanceScores across,
        RelevanceScores up,
        String acrossWords,
        String upWords,
        @Nullable HeadMask mask,
        @Nullable Head picked,
        String caption)
        implements Figure {
    private static final double LEFT = 66;
    private static final double BOTTOM = 46;
    private static final double ROOM = 14;
    private static final double TOP = 28;
    private static final int TICKS = 4;

    @Override
    public String name() {
        return "comparison";
    }

    @Override
    public void paint(Graphics2D g, Rectangle2D area, Theme theme) {
        Inks inks = Inks.of(theme);
        g.setColor(Awt.of(inks.background()));
        g.fill(area);
        Rectangle2D plot = plot(area);
        g.setFont(Awt.SMALL);
        g.setStroke(new BasicStroke(1));
        g.setColor(Awt.of(inks.line()));
        g.draw(plot);
        zero(g, plot);
        g.setColor(Awt.of(inks.muted()));
        axes(g, plot);
        g.setColor(Awt.of(inks.text()));
        g.drawString(caption, (float) plot.getX(), (float) area.getY() + 18);
        double error = Math.max(2, plot.getWidth() / 160);
        for (int l = 0; l < across.layers(); l++) {
            for (int h = 0; h < across.heads(); h++) {
                Head head = new Head(l, h);
                Point2D at = place(head, plot);
                if (at != null) {
                    point(g, head, at, inks, error);
                }
            }
        }
    }

    private void point(Graphics2D g, Head head, Point2D at, Inks inks, double size) {
        boolean chosen = mask != null && mask.contains(head.layer(), head.head());
        double r = chosen ? size + 2 : size + 0.5;
        Ellipse2D dot = new Ellipse2D.Double(at.getX() - r, at.getY() - r, 2 * r, 2 * r);
        g.setColor(Awt.of(chosen ? inks.accent() : inks.muted(), chosen ? 0.9 : 0.45));
        g.fill(dot);
        if (chosen || head.equals(picked)) {
            g.setStroke(new BasicStroke(head.equals(picked) ? 3 : 1.4f));
            g.setColor(Awt.of(head.equals(picked) ? inks.second() : inks.text()));
            g.draw(dot);
        }
        if (head.equals(picked)) {
            g.setFont(Awt.BOLD);
            g.drawString("L" + head.layer() + " H" + head.head(), (float) (at.getX() + r + 4), (float) at.getY() - 6);
        }
    }

    private void zero(Graphics2D g, Rectangle2D plot) {
        double x = x(0, plot);
        double y = y(0, plot);
        if (x > plot.getX() && x < plot.getMaxX()) {
            g.draw(new Line2D.Double(x, plot.getY(), x, plot.getMaxY()));
        }
        if (y > plot.getY() && y < plot.getMaxY()) {
            g.draw(new Line2D.Double(plot.getX(), y, plot.getMaxX(), y));
        }
    }

    private void axes(Graphics2D g, Rectangle2D plot) {
        Span xs = range(across);
        Span ys = range(up);
        for (double at : xs.ticks(TICKS)) {
            String words = round(at, xs.tickDistance(TICKS));
            double x = x(at, plot);
            g.draw(new Line2D.Double(x, plot.getMaxY(), x, plot.getMaxY() + 4));
            g.drawString(words, (float) (x - g.getFontMetrics().stringWidth(words) / 2.0), (float) plot.getMaxY() + 17);
        }
        for (double at : ys.ticks(TICKS)) {
            String words = round(at, ys.tickDistance(TICKS));
            double y = y(at, plot);
            g.draw(new Line2D.Double(plot.getX() - 4, y, plot.getX(), y));
            g.drawString(words, (float) (plot.getX() - 8 - g.getFontMetrics().stringWidth(words)), (float) y + 4);
        }
        g.drawString(
                acrossWords,
                (float) (plot.getCenterX() - g.getFontMetrics().stringWidth(acrossWords) / 2.0),
                (float) plot.getMaxY() + 36);
        AffineTransform before = g.getTransform();
        g.rotate(-Math.PI / 2, plot.getX() - 50, plot.getCenterY());
        g.drawString(upWords, (float) (plot.getX() - 50 - g.getFontMetrics().stringWidth(upWords) / 2.0), (float)
                plot.getCenterY());
        g.setTransform(before);
    }

    private static String round(double value, double step) {
        return Numbers.decimal(value, (int) Math.clamp(Math.ceil(-Math.log10(step) - 1e-9), 0, 6));
    }

    private static Rectangle2D plot(Rectangle2D area) {
        return new Rectangle2D.Double(
                area.getX() + LEFT,
                area.getY() + TOP,
                Math.max(10, area.getWidth() - LEFT - ROOM - 10),
                Math.max(10, area.getHeight() - TOP - BOTTOM));
    }

    private @Nullable Point2D place(Head head, Rectangle2D plot) {
        double a = across.score(head);
        double b = up.score(head);
        return Double.isNaN(a) || Double.isNaN(b) ? null : new Point2D.Double(x(a, plot), y(b, plot));
    }

    private double x(double value, Rectangle2D plot) {
        return plot.getX() + plot.getWidth() * range(across).position(value);
    }

    private double y(double value, Rectangle2D plot) {
        return plot.getMaxY() - plot.getHeight() * range(up).position(value);
    }

    /// From the lowest to the highest, with some room at both ends.
    private static Span range(RelevanceScores scores) {
        Span all = Span.EMPTY;
        for (double[] row : scores.score()) {
            for (double v : row) {
                all = Double.isNaN(v) ? all : all.with(v);
            }
        }
        double room = all.length() > 0 ? 0.06 * all.length() : 1;
        return new Span(all.low() - room, all.high() + room);
    }

    /// The head whose point is nearest; null when none is near.
    @Nullable
    Head at(javafx.geometry.Point2D mouse, Rectangle2D area) {
        Rectangle2D plot = plot(area);
        Head best = null;
        double nearest = 12;
        for (int l = 0; l < across.layers(); l++) {
            for (int h = 0; h < across.heads(); h++) {
                Point2D place = place(new Head(l, h), plot);
                if (place != null && place.distance(mouse.getX(), mouse.getY()) < nearest) {
                    nearest = place.distance(mouse.getX(), mouse.getY());
                    best = new Head(l, h);
                }
            }
        }
        return best;
    }

    @Override
    public List<List<String>> table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("layer", "head", acrossWords, upWords, "selected"));
        for (int l = 0; l < across.layers(); l++) {
            for (int h = 0; h < across.heads(); h++) {
                rows.add(List.of(
                        Integer.toString(l),
                        Integer.toString(h),
                        Double.toString(across.score()[l][h]),
                        Double.toString(up.score()[l][h]),
                        Boolean.toString(mask != null && mask.contains(l, h))));
            }
        }
        return rows;
    }
}
