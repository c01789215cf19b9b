package sirkuit.app.circuit;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sirkuit.app.figure.Figure;
import sirkuit.app.look.Awt;
import sirkuit.app.look.Inks;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.mask.Head;

/// A circuit as it is drawn.
///
/// @param least  edges below this share are left out
/// @param picked the head whose sources and readers stand out; null for none
record CircuitFigure(
        Circuit circuit, double least, @Nullable Head picked) implements Figure {
    private static final double WIDEST = 7;
    private static final double WORTH_A_WAY = 0.2;

    @Override
    public String name() {
        return "circuit";
    }

    @Override
    public void paint(Graphics2D g, Rectangle2D area, Theme theme) {
        Inks inks = Inks.of(theme);
        g.setColor(Awt.of(inks.background()));
        g.fill(area);
        CircuitLayout layout = CircuitLayout.of(circuit, area);
        Set<Head> near = near();
        for (Circuit.Edge edge : circuit.atLeast(least).reversed()) {
            edge(g, edge, layout, inks);
        }
        columns(g, layout, inks, area);
        end(g, layout.words(), Words.of("centre.circuit.words"), inks);
        end(g, layout.answer(), Words.of("centre.circuit.answer"), inks);
        key(g, inks, area);
        double largest = circuit.heads().stream()
                .mapToDouble(n -> Double.isNaN(n.score()) ? 0 : Math.abs(n.score()))
                .max()
                .orElse(0);
        for (Circuit.Node node : circuit.heads()) {
            node(g, node, layout, inks, largest, picked == null || near.contains(node.head()));
        }
    }

    /// The picked head with its sources and readers.
    private Set<Head> near() {
        Set<Head> near = new HashSet<>();
        Head centre = picked;
        if (centre != null) {
            near.add(centre);
            for (Circuit.Edge e : circuit.atLeast(least)) {
                if (e.touches(centre) && e.from() != null && e.to() != null) {
                    near.add(e.from());
                    near.add(e.to());
                }
            }
        }
        return near;
    }

    /// The largest share between two heads: single shares are small, and drawn as they are all would be hairs.
    private double strongest() {
        return circuit.edges().stream()
                .filter(Circuit.Edge::between)
                .mapToDouble(Circuit.Edge::share)
                .max()
                .orElse(1);
    }

    private void edge(Graphics2D g, Circuit.Edge edge, CircuitLayout layout, Inks inks) {
        boolean lit = picked == null || edge.touches(picked);
        javafx.scene.paint.Color colour =
                edge.value() < 0 ? inks.second() : edge.from() == null ? inks.muted() : inks.accent();
        double strength = edge.between() ? edge.share() / strongest() : edge.share();
        double opacity = lit ? 0.5 + 0.5 * strength : 0.08;
        g.setColor(Awt.of(colour, Math.clamp(opacity, 0, 1)));
        float width = (float) Math.max(0.6, WIDEST * (edge.between() ? 0.75 : 1) * strength);
        g.setStroke(
                edge.value() < 0
                        ? new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0)
                        : new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        // Hairs may run through heads; what is read must not seem to be about a head that it only passes.
        g.draw(layout.path(edge.from(), edge.to(), lit && (picked != null || strength >= WORTH_A_WAY)));
    }

    private void node(Graphics2D g, Circuit.Node node, CircuitLayout layout, Inks inks, double largest, boolean lit) {
        Point2D at = layout.of(node.head(), true);
        double r = layout.radius();
        boolean negative = node.score() < 0;
        javafx.scene.paint.Color base = negative ? inks.second() : inks.accent();
        double strength = largest == 0 || Double.isNaN(node.score()) ? 0 : Math.abs(node.score()) / largest;
        javafx.scene.paint.Color fill = inks.background().interpolate(base, (lit ? 0.12 + 0.78 * strength : 0.05));
        Ellipse2D circle = new Ellipse2D.Double(at.getX() - r, at.getY() - r, 2 * r, 2 * r);
        g.setColor(Awt.of(fill));
        g.fill(circle);
        g.setColor(Awt.of(node.head().equals(picked) ? inks.text() : lit ? base : inks.line()));
        g.setStroke(new BasicStroke(node.head().equals(picked) ? 2.5f : 1.4f));
        g.draw(circle);
        if (layout.named()) {
            g.setFont(Awt.SMALL.deriveFont((float) Math.min(12, r - 1)));
            boolean dark = luminance(fill) < 0.36;
            g.setColor(lit ? (dark ? Color.WHITE : Color.BLACK) : Awt.of(inks.muted()));
            centred(g, "H" + node.head().head(), at.getX(), at.getY() + 4);
        }
    }

    private static double luminance(javafx.scene.paint.Color c) {
        return 0.2126 * c.getRed() * c.getRed()
                + 0.7152 * c.getGreen() * c.getGreen()
                + 0.0722 * c.getBlue() * c.getBlue();
    }

    private static void columns(Graphics2D g, CircuitLayout layout, Inks inks, Rectangle2D area) {
        g.setFont(Awt.SMALL);
        g.setColor(Awt.of(inks.muted()));
        Set<Integer> told = new HashSet<>();
        for (Map.Entry<Head, Point2D> e : layout.places().entrySet()) {
            if (told.add(e.getKey().layer())) {
                centred(g, "L" + e.getKey().layer(), e.getValue().getX(), area.getY() + 20);
            }
        }
    }

    /// What the lines say, at the lower edge.
    private static void key(Graphics2D g, Inks inks, Rectangle2D area) {
        g.setFont(Awt.SMALL);
        double x = area.getX() + 16;
        double y = area.getMaxY() - 12;
        x = sample(g, inks.accent(), false, Words.of("centre.circuit.key.towards"), inks, x, y);
        x = sample(g, inks.second(), true, Words.of("centre.circuit.key.against"), inks, x, y);
        sample(g, inks.muted(), false, Words.of("centre.circuit.key.words"), inks, x, y);
    }

    /// @return where the next begins
    private static double sample(
            Graphics2D g,
            javafx.scene.paint.Color colour,
            boolean dashed,
            String words,
            Inks inks,
            double x,
            double y) {
        g.setColor(Awt.of(colour));
        g.setStroke(
                dashed
                        ? new BasicStroke(3, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0)
                        : new BasicStroke(3));
        g.draw(new Line2D.Double(x, y - 4, x + 26, y - 4));
        g.setColor(Awt.of(inks.text()));
        g.drawString(words, (float) x + 32, (float) y);
        return x + 32 + g.getFontMetrics().stringWidth(words) + 22;
    }

    private static void end(Graphics2D g, Point2D at, String words, Inks inks) {
        g.setFont(Awt.BOLD);
        FontMetrics metrics = g.getFontMetrics();
        double half = Math.max(26, metrics.stringWidth(words) / 2.0 + 8);
        Rectangle2D box = new Rectangle2D.Double(at.getX() - half, at.getY() - 14, 2 * half, 28);
        g.setColor(Awt.of(inks.background()));
        g.fill(box);
        g.setColor(Awt.of(inks.text()));
        g.setStroke(new BasicStroke(1.4f));
        g.draw(box);
        centred(g, words, at.getX(), at.getY() + 4);
    }

    private static void centred(Graphics2D g, String text, double x, double y) {
        g.drawString(text, (float) (x - g.getFontMetrics().stringWidth(text) / 2.0), (float) y);
    }

    @Override
    public List<List<String>> table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("from", "to", "share", "value"));
        for (Circuit.Edge e : circuit.atLeast(least)) {
            rows.add(List.of(
                    e.from() == null ? "embedding" : e.from().toString(),
                    e.to() == null ? "answer" : e.to().toString(),
                    Double.toString(e.share()),
                    Double.toString(e.value())));
        }
        return rows;
    }

    /// The picked head with what feeds it and what reads it, in words.
    String about(Head head) {
        StringBuilder text = new StringBuilder(Words.of("side.head.title", head.layer(), head.head()));
        List<Circuit.Edge> own =
                circuit.edges().stream().filter(e -> e.touches(head)).toList();
        text.append('\n').append(Words.of("centre.circuit.fed", list(own, head, true)));
        text.append('\n').append(Words.of("centre.circuit.feeds", list(own, head, false)));
        return text.toString();
    }

    private static String list(List<Circuit.Edge> edges, Head head, boolean sources) {
        List<String> parts = edges.stream()
                .filter(e -> sources ? head.equals(e.to()) : head.equals(e.from()))
                .limit(4)
                .map(e -> sources
                        ? (e.from() == null
                                        ? Words.of("centre.circuit.words")
                                        : "L" + e.from().layer() + " H"
                                                + e.from().head())
                                + " " + Numbers.percent(e.share())
                        : e.to() == null
                                ? Words.of("centre.circuit.answer") + " " + Numbers.signed(e.value(), 2)
                                : "L" + e.to().layer() + " H" + e.to().head() + " " + Numbers.percent(e.share()))
                .toList();
        return parts.isEmpty() ? "–" : String.join(", ", parts);
    }
}
