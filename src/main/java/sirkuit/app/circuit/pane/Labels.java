package sirkuit.app.circuit.pane;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import sirkuit.app.circuit.Unit;

/// The names beside units whose circles are too small for them. None lies over another, or over a unit.
final class Labels {
    private static final double HEIGHT = 14;
    private static final double APART = 3;

    private Labels() {}

    /// @param box what it takes up, in the figure's units
    record Label(Unit unit, String words, Rectangle2D box) {}

    /// @param wanted  the units that should have a label, the most important first
    /// @param width   of a text
    /// @param area    that labels must lie within
    /// @return those that have room
    static List<Label> place(
            List<Unit> wanted, CircuitLayout layout, ToDoubleFunction<String> width, Rectangle2D area) {
        double r = layout.radius();
        List<Rectangle2D> taken = new ArrayList<>();
        layout.places().forEach((unit, p) -> {
            double w = unit instanceof Unit.End ? 34 : r;
            double h = unit instanceof Unit.End ? 15 : r;
            Rectangle2D box = new Rectangle2D.Double(p.getX() - w, p.getY() - h, 2 * w, 2 * h);
            if (box.intersects(area)) {
                taken.add(box);
            }
        });
        List<Label> placed = new ArrayList<>();
        for (Unit unit : wanted) {
            Point2D at = layout.of(unit);
            if (at == null || !area.contains(at)) {
                continue;
            }
            double w = width.applyAsDouble(unit.words());
            double[][] corners = {
                {at.getX() - w / 2, at.getY() - r - APART - HEIGHT},
                {at.getX() - w / 2, at.getY() + r + APART},
                {at.getX() + r + APART, at.getY() - HEIGHT / 2},
                {at.getX() - r - APART - w, at.getY() - HEIGHT / 2}
            };
            for (double[] corner : corners) {
                Rectangle2D box = new Rectangle2D.Double(corner[0], corner[1], w, HEIGHT);
                if (area.contains(box) && taken.stream().noneMatch(box::intersects)) {
                    taken.add(box);
                    placed.add(new Label(unit, unit.words(), box));
                    break;
                }
            }
        }
        return placed;
    }
}
