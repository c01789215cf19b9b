package sirkuit.app.circuit.pane;

import java.awt.Shape;
import java.awt.geom.CubicCurve2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import sirkuit.app.circuit.Net;
import sirkuit.app.circuit.Unit;

/// The course of every edge: a curve of its own, or, bundled, one that edges between the same two layers share for most
/// of the way. Edges of the words and the answer meet at these anyway.
final class Courses {
    /// Hairs may run through heads; what is read must not seem to be about a head that it only passes.
    private static final double WORTH_A_WAY = 0.2;

    private static final int MOST_BOWS = 24;
    private static final double BOW = 0.3; // radii
    /// More are not led around heads: it takes long, and nobody can follow them.
    private static final int MOST_AROUND = 150;
    private static final double BESIDE = 9;

    private final CircuitLayout layout;
    private final List<Trunk> trunks = new ArrayList<>();

    private record Trunk(double from, double to, double y) {
        boolean near(Trunk other) {
            return from < other.to && other.from < to && Math.abs(y - other.y) < BESIDE;
        }
    }

    private Courses(CircuitLayout layout) {
        this.layout = layout;
    }

    /// @param edges   whose ends all have places
    /// @param bundled whether edges between the same layers share a course
    /// @param lit     edges that are led around heads in any case
    static Map<Net.Edge, Shape> of(
            CircuitLayout layout, List<Net.Edge> edges, boolean bundled, Predicate<Net.Edge> lit) {
        Courses courses = new Courses(layout);
        Map<Net.Edge, Shape> all = new LinkedHashMap<>();
        Map<List<Integer>, List<Net.Edge>> bundles = new LinkedHashMap<>();
        for (Net.Edge e : edges) {
            boolean around = edges.size() <= MOST_AROUND && (e.strength() >= WORTH_A_WAY || lit.test(e));
            all.put(e, courses.alone(e, around));
            if (bundled && !(e.from() instanceof Unit.End) && !(e.to() instanceof Unit.End)) {
                bundles.computeIfAbsent(
                                List.of(CircuitLayout.layer(e.from()), CircuitLayout.layer(e.to())),
                                b -> new ArrayList<>())
                        .add(e);
            }
        }
        for (List<Net.Edge> bundle : bundles.values()) {
            if (bundle.size() > 1 && courses.wide(bundle.getFirst())) {
                all.putAll(courses.together(bundle));
            }
        }
        return all;
    }

    /// Whether there is room between its ends, and it runs from left to right.
    private boolean wide(Net.Edge e) {
        return place(e.to()).getX() - place(e.from()).getX() > 5 * layout.radius();
    }

    private Point2D place(Unit unit) {
        Point2D place = layout.of(unit);
        if (place == null) {
            throw new IllegalArgumentException(unit + " has no place");
        }
        return place;
    }

    /// One that goes around bows out until it runs through no other head, if it can.
    private Shape alone(Net.Edge e, boolean around) {
        Point2D a = place(e.from());
        Point2D b = place(e.to());
        if (b.getX() - a.getX() < 2 * layout.radius()) {
            return back(a, b);
        }
        Shape straight = curve(a, b, 0);
        double near = layout.radius() + 2;
        List<Point2D> between = layout.places().values().stream()
                .filter(p -> p.getX() > a.getX() - near && p.getX() < b.getX() + near)
                .filter(p -> !p.equals(a) && !p.equals(b))
                .toList();
        for (int i = 0; around && i <= 2 * MOST_BOWS; i++) {
            double side = i % 2 == 0 ? 1 : -1;
            Shape way = curve(a, b, side * ((i + 1) / 2) * layout.radius() * BOW);
            if (clear(way, a, between)) {
                return way;
            }
        }
        return straight;
    }

    /// A group may hand something to a head of its own column, or of one before.
    private Shape back(Point2D a, Point2D b) {
        double out = 3 * layout.radius() + Math.abs(b.getX() - a.getX()) * 0.4;
        return new CubicCurve2D.Double(
                a.getX(), a.getY(), a.getX() + out, a.getY(), b.getX() - out, b.getY(), b.getX(), b.getY());
    }

    private static CubicCurve2D curve(Point2D a, Point2D b, double bow) {
        double bend = (b.getX() - a.getX()) * 0.45;
        return new CubicCurve2D.Double(
                a.getX(),
                a.getY(),
                a.getX() + bend,
                a.getY() + bow,
                b.getX() - bend,
                b.getY() + bow,
                b.getX(),
                b.getY());
    }

    private boolean clear(Shape way, Point2D start, List<Point2D> between) {
        double near = layout.radius() + 2;
        double[] at = new double[6];
        double x = start.getX();
        double y = start.getY();
        for (PathIterator i = way.getPathIterator(null, 0.5); !i.isDone(); i.next()) {
            i.currentSegment(at);
            if (at[1] < layout.inner().getY() || at[1] > layout.inner().getMaxY()) {
                return false;
            }
            for (Point2D place : between) {
                if (Line2D.ptSegDist(x, y, at[0], at[1], place.getX(), place.getY()) < near) {
                    return false;
                }
            }
            x = at[0];
            y = at[1];
        }
        return true;
    }

    /// Edges between the same two layers: from each head into one trunk, and out of it to each head.
    private Map<Net.Edge, Shape> together(List<Net.Edge> bundle) {
        double a = place(bundle.getFirst().from()).getX();
        double b = place(bundle.getFirst().to()).getX();
        double reach = Math.min(0.42 * (b - a), 0.7 * layout.across());
        double weight = 0;
        double sum = 0;
        for (Net.Edge e : bundle) {
            double w = e.strength() + 1e-9;
            weight += w;
            sum += w * (place(e.from()).getY() + place(e.to()).getY()) / 2;
        }
        double y = trunk(a + reach, b - reach, sum / weight);
        Map<Net.Edge, Shape> all = new HashMap<>();
        for (Net.Edge e : bundle) {
            Point2D from = place(e.from());
            Point2D to = place(e.to());
            Path2D path = new Path2D.Double();
            path.moveTo(from.getX(), from.getY());
            double c = 0.55 * reach;
            path.curveTo(from.getX() + c, from.getY(), a + reach - c, y, a + reach, y);
            path.lineTo(b - reach, y);
            path.curveTo(b - reach + c, y, to.getX() - c, to.getY(), to.getX(), to.getY());
            all.put(e, path);
        }
        return all;
    }

    /// As near to the middle of its edges as it can be without running through heads or upon another trunk.
    private double trunk(double from, double to, double wanted) {
        double near = layout.radius() + 3;
        List<Point2D> between = layout.places().values().stream()
                .filter(p -> p.getX() > from - near && p.getX() < to + near)
                .toList();
        for (int i = 0; i < 120; i++) {
            double y = wanted + (i % 2 == 0 ? 1 : -1) * ((i + 1) / 2) * 0.25 * layout.radius();
            Trunk tried = new Trunk(from, to, y);
            if (y > layout.inner().getY()
                    && y < layout.inner().getMaxY()
                    && between.stream().noneMatch(p -> Math.abs(p.getY() - y) < near)
                    && trunks.stream().noneMatch(tried::near)) {
                trunks.add(tried);
                return y;
            }
        }
        return wanted;
    }
}
