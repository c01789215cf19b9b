package sirkuit.app.circuit.pane;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import sirkuit.app.circuit.CircuitLook;
import sirkuit.app.circuit.Net;
import sirkuit.app.circuit.Unit;
import sirkuit.app.figure.Figure;
import sirkuit.app.look.Awt;
import sirkuit.app.look.Inks;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.mask.Head;

/// A circuit as it is drawn.
///
/// @param lens which part of it
public record CircuitFigure(CircuitLook look, Lens lens) implements Figure {

    @Override
    public String name() {
        return "circuit";
    }

    @Override
    public void paint(Graphics2D g, Rectangle2D area, Theme theme) {
        paint(g, area, theme, CircuitScene.of(look, area, lens));
    }

    void paint(Graphics2D g, Rectangle2D area, Theme theme, CircuitScene scene) {
        Inks inks = Inks.of(theme);
        g.setColor(Awt.of(inks.background()));
        g.fill(area);
        gaps(g, scene.layout(), inks, area);
        List<Map.Entry<Net.Edge, Shape>> courses =
                new ArrayList<>(scene.courses().entrySet());
        for (boolean lit : new boolean[] {false, true}) {
            for (Map.Entry<Net.Edge, Shape> e : courses.reversed()) {
                if (scene.lit().contains(e.getKey()) == lit) {
                    edge(g, e.getKey(), e.getValue(), scene, inks);
                }
            }
        }
        for (Map.Entry<Unit, Point2D> e : scene.layout().places().entrySet()) {
            if (!(e.getKey() instanceof Unit.End) && area.contains(e.getValue())) {
                unit(g, e.getKey(), e.getValue(), scene, inks);
            }
        }
        names(g, scene, inks, area);
        for (Unit.End end : Unit.End.values()) {
            Point2D at = scene.layout().of(end);
            if (at != null) {
                CircuitMargins.end(g, at, end.words(), inks);
            }
        }
        labels(g, scene, inks);
        CircuitMargins.columns(g, scene.layout(), inks, area);
        CircuitMargins.key(g, look, inks, area);
    }

    private static void gaps(Graphics2D g, CircuitLayout layout, Inks inks, Rectangle2D area) {
        g.setColor(Awt.of(inks.line()));
        g.setStroke(new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {2, 4}, 0));
        for (CircuitLayout.Gap gap : layout.gaps()) {
            g.draw(new Line2D.Double(
                    gap.x(), area.getY() + CircuitLayout.TOP, gap.x(), area.getMaxY() - CircuitLayout.BOTTOM + 8));
        }
    }

    private void edge(Graphics2D g, Net.Edge edge, Shape course, CircuitScene scene, Inks inks) {
        boolean selected = edge.equals(look.edge());
        boolean lit = scene.lit().contains(edge);
        boolean words = edge.from() == Unit.End.WORDS;
        boolean own = look.picked() != null && edge.touches(look.picked());
        javafx.scene.paint.Color colour =
                selected ? inks.text() : edge.value() < 0 ? inks.second() : words ? inks.muted() : inks.accent();
        double opacity = (words ? 0.3 : 0.5) + 0.5 * edge.strength();
        if (look.picked() != null && !lit && !selected) {
            opacity = own ? 0.4 : 0.1;
        }
        g.setColor(Awt.of(colour, selected || lit ? 1 : Math.clamp(opacity, 0, 1)));
        double least = selected ? 2.5 : lit ? 1.6 : 0.6;
        float width = (float) Math.max(least, widest(edge) * edge.strength());
        g.setStroke(
                edge.value() < 0
                        ? new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0)
                        : new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(course);
    }

    /// Nearly every head has something from the words: wide lines would hide those between heads.
    private static double widest(Net.Edge edge) {
        return edge.from() == Unit.End.WORDS ? 3.5 : edge.to() == Unit.End.ANSWER ? 7 : 5.5;
    }

    private void unit(Graphics2D g, Unit unit, Point2D at, CircuitScene scene, Inks inks) {
        double r = scene.layout().radius();
        double score = score(unit);
        boolean picked = unit.equals(look.picked());
        boolean lit = look.picked() == null || scene.litUnits().contains(unit);
        javafx.scene.paint.Color base = score < 0 ? inks.second() : inks.accent();
        Shape shape = unit instanceof Unit.Group
                ? new RoundRectangle2D.Double(at.getX() - r, at.getY() - r, 2 * r, 2 * r, r * 0.7, r * 0.7)
                : new Ellipse2D.Double(at.getX() - r, at.getY() - r, 2 * r, 2 * r);
        g.setColor(Awt.of(fill(unit, lit, inks)));
        g.fill(shape);
        g.setColor(Awt.of(picked ? inks.text() : lit ? base : inks.line()));
        g.setStroke(new BasicStroke(picked ? 2.5f : unit instanceof Unit.Group ? 2.2f : 1.4f));
        g.draw(shape);
        if (unit.heads().stream().anyMatch(look.chosen()::contains)) {
            double ring = r + 3.5;
            g.setColor(Awt.of(inks.text()));
            g.setStroke(new BasicStroke(1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {3, 3}, 0));
            g.draw(new Ellipse2D.Double(at.getX() - ring, at.getY() - ring, 2 * ring, 2 * ring));
        }
    }

    /// After all units: to change the font takes longer than to draw.
    private void names(Graphics2D g, CircuitScene scene, Inks inks, Rectangle2D area) {
        double r = scene.layout().radius();
        if (r < CircuitScene.LEAST_NAMED) {
            return;
        }
        g.setFont(Awt.SMALL.deriveFont((float) Math.min(12, r - 1)));
        for (Map.Entry<Unit, Point2D> e : scene.layout().places().entrySet()) {
            Unit unit = e.getKey();
            if (!(unit instanceof Unit.End) && area.contains(e.getValue())) {
                boolean lit = look.picked() == null || scene.litUnits().contains(unit);
                g.setColor(
                        lit
                                ? (luminance(fill(unit, lit, inks)) < 0.36 ? Color.WHITE : Color.BLACK)
                                : Awt.of(inks.muted()));
                String inside = unit instanceof Unit.Single s
                        ? "H" + s.head().head()
                        : String.valueOf(unit.heads().size());
                CircuitMargins.centred(
                        g, inside, e.getValue().getX(), e.getValue().getY() + 4);
            }
        }
    }

    private javafx.scene.paint.Color fill(Unit unit, boolean lit, Inks inks) {
        double score = score(unit);
        double largest = look.net().circuit().largestScore();
        double strength = largest == 0 ? 0 : Math.min(1, Math.abs(score) / largest);
        return inks.background()
                .interpolate(score < 0 ? inks.second() : inks.accent(), lit ? 0.12 + 0.78 * strength : 0.05);
    }

    /// The sum over its heads; NaN counts nothing.
    private double score(Unit unit) {
        double sum = 0;
        for (Head head : unit.heads()) {
            double score = look.net().circuit().score(look.net().circuit().indexOf(head));
            sum += Double.isNaN(score) ? 0 : score;
        }
        return sum;
    }

    private void labels(Graphics2D g, CircuitScene scene, Inks inks) {
        g.setFont(Awt.SMALL);
        for (Labels.Label label : scene.labels()) {
            boolean lit = look.picked() == null || scene.litUnits().contains(label.unit());
            // On a patch of background, so that edges do not run through the letters.
            g.setColor(Awt.of(inks.background(), 0.8));
            g.fill(label.box());
            g.setColor(Awt.of(lit ? inks.text() : inks.muted()));
            g.drawString(
                    label.words(),
                    (float) label.box().getX(),
                    (float) label.box().getMaxY() - 3);
        }
    }

    private static double luminance(javafx.scene.paint.Color c) {
        return 0.2126 * c.getRed() * c.getRed()
                + 0.7152 * c.getGreen() * c.getGreen()
                + 0.0722 * c.getBlue() * c.getBlue();
    }

    @Override
    public List<List<String>> table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("from", "to", "share", "value"));
        for (Net.Edge e : look.shown().edges()) {
            rows.add(List.of(e.from().plain(), e.to().plain(), Double.toString(e.share()), Double.toString(e.value())));
        }
        return rows;
    }

    /// What is drawn, in numbers.
    static String count(CircuitLook look) {
        long heads =
                look.shown().units().stream().mapToLong(u -> u.heads().size()).sum();
        return Words.of(
                "centre.circuit.count",
                sirkuit.app.look.Numbers.count(look.shown().drawn()),
                sirkuit.app.look.Numbers.count(look.shown().most()),
                sirkuit.app.look.Numbers.count(heads),
                sirkuit.app.look.Numbers.count(look.net().circuit().size()));
    }
}
