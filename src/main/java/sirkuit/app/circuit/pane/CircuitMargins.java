package sirkuit.app.circuit.pane;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import sirkuit.app.circuit.CircuitLook;
import sirkuit.app.look.Awt;
import sirkuit.app.look.Inks;
import sirkuit.app.look.Words;

/// What stands around a circuit and stays in place when it is moved: the names of the layers and the key; and its two
/// ends.
final class CircuitMargins {
    private static final double TITLE = 26;

    private CircuitMargins() {}

    private record Title(String words, double x, boolean layer) {}

    /// The names of the layers that are shown, and how many are folded. Those that would overlap are left out, the
    /// folded ones first.
    static void columns(Graphics2D g, CircuitLayout layout, Inks inks, Rectangle2D area) {
        g.setColor(Awt.of(inks.background()));
        g.fill(new Rectangle2D.Double(area.getX(), area.getY(), area.getWidth(), TITLE));
        g.setFont(Awt.SMALL);
        List<Title> titles = new ArrayList<>();
        layout.columns().forEach(c -> titles.add(new Title("L" + c.layer(), c.x(), true)));
        layout.gaps().forEach(c -> titles.add(new Title("⋯" + c.layers(), c.x(), false)));
        titles.sort(Comparator.comparing(t -> !t.layer));
        List<double[]> taken = new ArrayList<>();
        for (Title title : titles) {
            double half = g.getFontMetrics().stringWidth(title.words) / 2.0;
            boolean free = taken.stream().noneMatch(t -> title.x - half < t[1] + 3 && t[0] - 3 < title.x + half);
            if (free && title.x - half >= area.getX() && title.x + half <= area.getMaxX()) {
                taken.add(new double[] {title.x - half, title.x + half});
                g.setColor(Awt.of(title.layer ? inks.text() : inks.muted()));
                centred(g, title.words, title.x, area.getY() + 20);
            }
        }
    }

    /// What the lines say, at the lower edge; at its right what is drawn, where there is room.
    static void key(Graphics2D g, CircuitLook look, Inks inks, Rectangle2D area) {
        g.setColor(Awt.of(inks.background()));
        g.fill(new Rectangle2D.Double(area.getX(), area.getMaxY() - TITLE, area.getWidth(), TITLE));
        g.setFont(Awt.SMALL);
        double x = area.getX() + 16;
        double y = area.getMaxY() - 10;
        x = sample(g, inks.accent(), false, Words.of("centre.circuit.key.towards"), inks, x, y);
        x = sample(g, inks.second(), true, Words.of("centre.circuit.key.against"), inks, x, y);
        x = sample(g, inks.muted(), false, Words.of("centre.circuit.key.words"), inks, x, y);
        String folded = Words.of("centre.circuit.key.folded");
        if (!look.net().units().isEmpty() && x + g.getFontMetrics().stringWidth(folded) < area.getMaxX() - 8) {
            g.setColor(Awt.of(inks.muted()));
            g.drawString(folded, (float) x, (float) y);
        }
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

    static void end(Graphics2D g, Point2D at, String words, Inks inks) {
        g.setFont(Awt.BOLD);
        FontMetrics metrics = g.getFontMetrics();
        double half = Math.max(26, metrics.stringWidth(words) / 2.0 + 8);
        Rectangle2D box = new Rectangle2D.Double(at.getX() - half, at.getY() - 14, 2 * half, 28);
        g.setColor(Awt.of(inks.background()));
        g.fill(box);
        Color line = Awt.of(inks.text());
        g.setColor(line);
        g.setStroke(new BasicStroke(1.4f));
        g.draw(box);
        centred(g, words, at.getX(), at.getY() + 4);
    }

    static void centred(Graphics2D g, String text, double x, double y) {
        g.drawString(text, (float) (x - g.getFontMetrics().stringWidth(text) / 2.0), (float) y);
    }
}
