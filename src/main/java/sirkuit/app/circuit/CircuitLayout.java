package sirkuit.app.circuit;

import java.awt.geom.CubicCurve2D;
import java.awt.geom.Line2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sirkuit.mask.Head;

/// Where the parts of a circuit lie: the words at the left, a column for each layer that has heads, the answer at the
/// right.
///
/// @param inner what edges may use: between the layers' names and the key
/// @param named whether heads have room for their names
record CircuitLayout(
        Map<Head, Point2D> places, Point2D words, Point2D answer, Rectangle2D inner, double radius, boolean named) {
    private static final double EDGE = 70;
    /// From the edge to the middle of a box of words: room for the longest word of any language.
    private static final double END = 42;
    private static final double TOP = 30;
    private static final double BOTTOM = 38; // the key
    private static final double LARGEST = 17;
    private static final double LEAST_NAMED = 9.5;
    private static final int MOST_BOWS = 24;
    private static final double BOW = 0.3; // radii

    static CircuitLayout of(Circuit circuit, Rectangle2D area) {
        TreeMap<Integer, List<Head>> columns = circuit.heads().stream()
                .map(Circuit.Node::head)
                .collect(Collectors.groupingBy(Head::layer, TreeMap::new, Collectors.toList()));
        double middle = area.getCenterY() + (TOP - BOTTOM) / 2 + 8;
        int tallest = columns.values().stream().mapToInt(List::size).max().orElse(1);
        double room = area.getHeight() - TOP - BOTTOM;
        double across = (area.getWidth() - 2 * EDGE) / Math.max(1, columns.size());
        double radius = Math.clamp(Math.min(room / tallest / 3.6, across / 3.4), 3, LARGEST);
        Map<Head, Point2D> places = new HashMap<>();
        int column = 0;
        for (List<Head> heads : columns.values()) {
            double x = area.getX() + EDGE + (column + 0.5) * across;
            double step = Math.min(room / heads.size(), radius * 4.2);
            for (int i = 0; i < heads.size(); i++) {
                // Every other column a little lower, so that edges between far columns do not run through heads.
                double shift = column % 2 == 0 ? 0 : Math.min(step, room / tallest) * 0.3;
                double y = middle + (i - (heads.size() - 1) / 2.0) * step + shift - (shift > 0 ? 0.15 * step : 0);
                places.put(heads.get(i), new Point2D.Double(x, y));
            }
            column++;
        }
        return new CircuitLayout(
                places,
                new Point2D.Double(area.getX() + END, middle),
                new Point2D.Double(area.getMaxX() - END, middle),
                new Rectangle2D.Double(area.getX(), area.getY() + TOP - 4, area.getWidth(), room + 8),
                radius,
                radius >= LEAST_NAMED);
    }

    Point2D of(@Nullable Head head, boolean source) {
        Point2D place = head == null ? null : places.get(head);
        return place != null ? place : source ? words : answer;
    }

    /// The way of an edge. One that goes around bows out until it runs through no other head, if it can.
    CubicCurve2D path(@Nullable Head from, @Nullable Head to, boolean around) {
        CubicCurve2D straight = path(from, to, 0);
        if (!around) {
            return straight;
        }
        for (int i = 0; i <= 2 * MOST_BOWS; i++) {
            double side = i % 2 == 0 ? 1 : -1;
            CubicCurve2D way = path(from, to, side * ((i + 1) / 2) * radius * BOW);
            if (clear(way, from, to)) {
                return way;
            }
        }
        return straight;
    }

    private CubicCurve2D path(@Nullable Head from, @Nullable Head to, double bow) {
        Point2D a = of(from, true);
        Point2D b = of(to, false);
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

    private boolean clear(CubicCurve2D way, @Nullable Head from, @Nullable Head to) {
        double near = radius + 2;
        double[] at = new double[6];
        double x = way.getX1();
        double y = way.getY1();
        for (PathIterator i = way.getPathIterator(null, 0.5); !i.isDone(); i.next()) {
            i.currentSegment(at);
            if (at[1] < inner.getY() || at[1] > inner.getMaxY()) {
                return false;
            }
            for (Map.Entry<Head, Point2D> e : places.entrySet()) {
                Point2D place = e.getValue();
                if (!e.getKey().equals(from)
                        && !e.getKey().equals(to)
                        && Line2D.ptSegDist(x, y, at[0], at[1], place.getX(), place.getY()) < near) {
                    return false;
                }
            }
            x = at[0];
            y = at[1];
        }
        return true;
    }

    /// The head at a place; null when there is none.
    @Nullable
    Head at(javafx.geometry.Point2D mouse) {
        for (Map.Entry<Head, Point2D> e : places.entrySet()) {
            if (e.getValue().distance(mouse.getX(), mouse.getY()) <= radius + 3) {
                return e.getKey();
            }
        }
        return null;
    }
}
