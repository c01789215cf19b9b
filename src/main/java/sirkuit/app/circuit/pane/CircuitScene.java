package sirkuit.app.circuit.pane;

import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.Line2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sirkuit.app.circuit.CircuitLook;
import sirkuit.app.circuit.Net;
import sirkuit.app.circuit.Unit;
import sirkuit.app.look.Awt;

/// A circuit as it lies in an area: where everything is, which names there is room for, and what is below the mouse.
///
/// @param layout  as the lens shows it
/// @param courses of all edges
/// @param lit     the edges that stand out, because they are on the strongest paths of the picked unit
/// @param litUnits the units on these paths; empty when nothing is picked
/// @param labels  the names beside units; empty where they have room inside
record CircuitScene(
        CircuitLook look,
        CircuitLayout layout,
        Map<Net.Edge, Shape> courses,
        Set<Net.Edge> lit,
        Set<Unit> litUnits,
        List<Labels.Label> labels) {
    /// A circle of that radius holds the name of its head.
    static final double LEAST_NAMED = 9.5;
    /// Without zooming in, this many units have a name beside them.
    static final int MOST_LABELS = 14;
    /// From here on all have.
    static final double ALL_LABELS = 2;

    private static final double NEAR = 5;
    private static final FontRenderContext TEXT = new FontRenderContext(null, true, true);

    static CircuitScene of(CircuitLook look, Rectangle2D area, Lens lens) {
        List<List<Unit>> paths = look.paths();
        CircuitLayout whole = CircuitLayout.of(
                        look.net().circuit(), look.shown().units(), area)
                .with(withEnds(look, paths));
        CircuitLayout layout = whole.seen(lens, area);
        Set<Net.Edge> lit = look.litEdges();
        Map<Net.Edge, Shape> courses = Courses.of(layout, look.edges(), look.bundled(), lit::contains);
        Set<Unit> litUnits = new HashSet<>();
        paths.forEach(litUnits::addAll);
        if (look.picked() != null) {
            litUnits.add(look.picked());
        }
        return new CircuitScene(look, layout, courses, lit, litUnits, labels(look, layout, litUnits, area, lens));
    }

    /// What a list of edges singles out may not be shown otherwise either.
    private static List<List<Unit>> withEnds(CircuitLook look, List<List<Unit>> paths) {
        List<List<Unit>> all = new ArrayList<>(paths);
        Unit picked = look.picked();
        if (picked != null) {
            all.add(List.of(Unit.End.WORDS, picked, Unit.End.ANSWER));
        }
        Net.Edge edge = look.edge();
        if (edge != null) {
            Set<Unit> ends = new LinkedHashSet<>(List.of(Unit.End.WORDS, edge.from(), edge.to(), Unit.End.ANSWER));
            ends.remove(Unit.End.ANSWER);
            List<Unit> path = new ArrayList<>(ends);
            path.add(Unit.End.ANSWER);
            all.add(path);
        }
        return all;
    }

    private static List<Labels.Label> labels(
            CircuitLook look, CircuitLayout layout, Set<Unit> lit, Rectangle2D area, Lens lens) {
        boolean inside = layout.radius() >= LEAST_NAMED;
        Map<Unit, Double> carried = look.carried();
        List<Unit> wanted = layout.places().keySet().stream()
                .filter(u -> !(u instanceof Unit.End) && (u instanceof Unit.Group || !inside))
                .sorted(Comparator.<Unit, Boolean>comparing(u -> !u.equals(look.picked()))
                        .thenComparing(u -> !lit.contains(u))
                        .thenComparing(u -> !(u instanceof Unit.Group))
                        .thenComparing(u -> -carried.getOrDefault(u, 0.0))
                        .thenComparing(Unit::first))
                .toList();
        int special = (int) wanted.stream()
                .filter(u -> lit.contains(u) || u instanceof Unit.Group)
                .count();
        List<Unit> some =
                lens.zoom() >= ALL_LABELS ? wanted : wanted.subList(0, Math.min(wanted.size(), MOST_LABELS + special));
        Rectangle2D room = new Rectangle2D.Double(
                area.getX(),
                area.getY() + CircuitLayout.TOP - 6,
                area.getWidth(),
                area.getHeight() - CircuitLayout.TOP - CircuitLayout.BOTTOM + 18);
        return Labels.place(some, layout, CircuitScene::width, room);
    }

    private static double width(String words) {
        return Awt.SMALL.getStringBounds(words, TEXT).getWidth();
    }

    @Nullable
    Unit unitAt(double x, double y) {
        return layout.at(x, y);
    }

    /// The nearest edge that runs by a place; null when there is none.
    Net.@Nullable Edge edgeAt(double x, double y) {
        Rectangle2D around = new Rectangle2D.Double(x - NEAR, y - NEAR, 2 * NEAR, 2 * NEAR);
        Net.Edge nearest = null;
        double least = NEAR;
        for (Map.Entry<Net.Edge, Shape> e : courses.entrySet()) {
            if (e.getValue().getBounds2D().intersects(around) || flat(e.getValue(), around)) {
                double distance = distance(e.getValue(), x, y);
                if (distance < least) {
                    least = distance;
                    nearest = e.getKey();
                }
            }
        }
        return nearest;
    }

    /// A level line has bounds without a height, which intersect nothing.
    private static boolean flat(Shape course, Rectangle2D around) {
        Rectangle2D bounds = course.getBounds2D();
        return bounds.getHeight() == 0 && around.contains(around.getCenterX(), bounds.getY());
    }

    private static double distance(Shape course, double x, double y) {
        double[] at = new double[6];
        double least = Double.MAX_VALUE;
        double fromX = 0;
        double fromY = 0;
        for (PathIterator i = course.getPathIterator(null, 0.5); !i.isDone(); i.next()) {
            if (i.currentSegment(at) == PathIterator.SEG_LINETO) {
                least = Math.min(least, Line2D.ptSegDist(fromX, fromY, at[0], at[1], x, y));
            }
            fromX = at[0];
            fromY = at[1];
        }
        return least;
    }
}
