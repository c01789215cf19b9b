package sirkuit.app.circuit.pane;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sirkuit.app.circuit.Circuit;
import sirkuit.app.circuit.Unit;
import sirkuit.mask.Head;

/// Where the parts of a circuit lie: the words at the left, a column for each layer with something to show, the answer
/// at the right. Layers without anything are folded into thin gaps.
///
/// @param places  of units, ends included
/// @param columns from left to right
/// @param gaps    from left to right
/// @param inner   what edges may use: between the names of the layers and the key
/// @param radius  of a head
/// @param across  from column to column
record CircuitLayout(
        Map<Unit, Point2D> places,
        List<Column> columns,
        List<Gap> gaps,
        Rectangle2D inner,
        double radius,
        double across) {
    static final double TOP = 30;
    static final double BOTTOM = 38; // the key
    private static final double EDGE = 70;
    /// From the edge to the middle of a box of words: room for the longest word of any language.
    private static final double END = 42;
    private static final double GAP = 30;
    private static final double LARGEST = 17;
    private static final double LARGEST_ZOOMED = 26;
    private static final double SMALLEST = 3;

    /// A layer that has something to show.
    record Column(int layer, double x) {}

    /// Layers that have nothing to show.
    ///
    /// @param first of them
    /// @param x     of its middle
    record Gap(int first, int layers, double x, double width) {}

    static CircuitLayout of(Circuit circuit, Collection<? extends Unit> units, Rectangle2D area) {
        return of(circuit.layers(), circuit.headsOfLayer(), units, area);
    }

    /// @param layers of the model
    /// @param heads  of a layer
    static CircuitLayout of(int layers, int heads, Collection<? extends Unit> units, Rectangle2D area) {
        TreeMap<Integer, List<Unit>> rows = units.stream()
                .filter(u -> !(u instanceof Unit.End))
                .sorted(Comparator.comparingDouble((Unit u) -> u.heads().stream()
                                .mapToInt(Head::head)
                                .average()
                                .orElse(0))
                        .thenComparing(Unit::first))
                .collect(Collectors.groupingBy(CircuitLayout::layer, TreeMap::new, Collectors.toList()));
        List<int[]> folded = folded(layers, rows);
        double space = area.getWidth() - 2 * EDGE;
        double gap = folded.isEmpty() ? 0 : Math.min(GAP, 0.3 * space / folded.size());
        double across = (space - gap * folded.size()) / Math.max(1, rows.size());
        double room = area.getHeight() - TOP - BOTTOM;
        double top = area.getY() + TOP;
        double middle = top + room / 2;
        int tallest = rows.values().stream().mapToInt(List::size).max().orElse(1);
        double radius = Math.clamp(Math.min(room / tallest / 2.7, across / 2.5), SMALLEST, LARGEST);
        Map<Unit, Point2D> places = new HashMap<>();
        places.put(Unit.End.WORDS, new Point2D.Double(area.getX() + END, middle));
        places.put(Unit.End.ANSWER, new Point2D.Double(area.getMaxX() - END, middle));
        List<Column> columns = new ArrayList<>();
        List<Gap> gaps = new ArrayList<>();
        double x = area.getX() + EDGE;
        int next = 0;
        for (Map.Entry<Integer, List<Unit>> row : rows.entrySet()) {
            if (row.getKey() > next) {
                gaps.add(new Gap(next, row.getKey() - next, x + gap / 2, gap));
                x += gap;
            }
            next = row.getKey() + 1;
            columns.add(new Column(row.getKey(), x + across / 2));
            double[] heights = heights(row.getValue(), heads, top + radius, room - 2 * radius, radius);
            for (int i = 0; i < heights.length; i++) {
                places.put(row.getValue().get(i), new Point2D.Double(x + across / 2, heights[i]));
            }
            x += across;
        }
        if (!rows.isEmpty() && next < layers) {
            gaps.add(new Gap(next, layers - next, x + gap / 2, gap));
        }
        return new CircuitLayout(
                places,
                List.copyOf(columns),
                List.copyOf(gaps),
                new Rectangle2D.Double(area.getX(), top - 4, area.getWidth(), room + 8),
                radius,
                across);
    }

    /// A head is as far down as its number says, in every layer alike; where two would touch, they move apart.
    private static double[] heights(List<Unit> column, int heads, double top, double room, double radius) {
        double name = radius < CircuitScene.LEAST_NAMED ? 17 : 0; // room for one between two
        double apart =
                column.size() < 2 ? 0 : Math.min(room / (column.size() - 1), Math.max(2.7 * radius, 2 * radius + name));
        double[] y = new double[column.size()];
        for (int i = 0; i < y.length; i++) {
            double number = column.get(i).heads().stream()
                    .mapToInt(Head::head)
                    .average()
                    .orElse(0);
            y[i] = heads < 2 ? top + room / 2 : top + room * number / (heads - 1);
            y[i] = i == 0 ? y[i] : Math.max(y[i], y[i - 1] + apart);
        }
        double below = top + room;
        for (int i = y.length - 1; i >= 0; i--) {
            y[i] = Math.min(y[i], below);
            below = y[i] - apart;
        }
        return y;
    }

    /// First layer and number of layers of each run without units.
    private static List<int[]> folded(int layers, TreeMap<Integer, List<Unit>> rows) {
        List<int[]> runs = new ArrayList<>();
        int next = 0;
        for (int layer : rows.keySet()) {
            if (layer > next) {
                runs.add(new int[] {next, layer - next});
            }
            next = layer + 1;
        }
        if (!rows.isEmpty() && next < layers) {
            runs.add(new int[] {next, layers - next});
        }
        return runs;
    }

    /// The layer in whose column a unit is: of a group, that of its middle head.
    static int layer(Unit unit) {
        if (unit instanceof Unit.Single single) {
            return single.head().layer();
        }
        List<Head> heads = List.copyOf(unit.heads());
        return heads.get((heads.size() - 1) / 2).layer();
    }

    /// With units that are not shown otherwise, near the units before and after them on a path. Nothing else moves.
    ///
    /// @param paths from the words to the answer
    CircuitLayout with(List<List<Unit>> paths) {
        Map<Unit, Point2D> all = new HashMap<>(places);
        for (List<Unit> path : paths) {
            for (int i = 1; i < path.size() - 1; i++) {
                Unit unit = path.get(i);
                if (!all.containsKey(unit)) {
                    Point2D before = all.get(path.get(i - 1));
                    Point2D after = null;
                    for (int j = i + 1; after == null && j < path.size(); j++) {
                        after = all.get(path.get(j));
                    }
                    double y = before == null
                            ? inner.getCenterY()
                            : after == null ? before.getY() : (before.getY() + after.getY()) / 2;
                    all.put(unit, free(x(layer(unit)), y, all.values()));
                }
            }
        }
        return new CircuitLayout(all, columns, gaps, inner, radius, across);
    }

    /// Where a layer is, shown or folded.
    private double x(int layer) {
        for (Column column : columns) {
            if (column.layer == layer) {
                return column.x;
            }
        }
        for (Gap gap : gaps) {
            if (layer >= gap.first && layer < gap.first + gap.layers) {
                return gap.x + gap.width * ((layer - gap.first + 0.5) / gap.layers - 0.5);
            }
        }
        return inner.getCenterX();
    }

    /// The nearest place above or below that touches no other unit.
    private Point2D free(double x, double y, Collection<Point2D> taken) {
        double apart = 2.3 * radius;
        for (int i = 0; i < 400; i++) {
            double tried = y + (i % 2 == 0 ? 1 : -1) * ((i + 1) / 2) * 0.5 * radius;
            boolean clear = taken.stream().allMatch(t -> t.distance(x, tried) >= apart);
            if (clear && tried - radius > inner.getY() && tried + radius < inner.getMaxY()) {
                return new Point2D.Double(x, tried);
            }
        }
        return new Point2D.Double(x, y);
    }

    /// The same, as a lens shows it. Heads grow less than what lies between them.
    CircuitLayout seen(Lens lens, Rectangle2D area) {
        if (lens.zoom() == 1) {
            return this;
        }
        Map<Unit, Point2D> moved = new HashMap<>();
        places.forEach((unit, place) -> moved.put(unit, lens.of(place, area)));
        double dx = area.getX() + lens.x() - area.getX() * lens.zoom();
        return new CircuitLayout(
                moved,
                columns.stream()
                        .map(c -> new Column(c.layer, c.x * lens.zoom() + dx))
                        .toList(),
                gaps.stream()
                        .map(g -> new Gap(g.first, g.layers, g.x * lens.zoom() + dx, g.width * lens.zoom()))
                        .toList(),
                new Rectangle2D.Double(
                        inner.getX() * lens.zoom() + dx,
                        area.getY() + (inner.getY() - area.getY()) * lens.zoom() + lens.y(),
                        inner.getWidth() * lens.zoom(),
                        inner.getHeight() * lens.zoom()),
                Math.min(radius * lens.zoom(), Math.max(radius, LARGEST_ZOOMED)),
                across * lens.zoom());
    }

    @Nullable
    Point2D of(Unit unit) {
        return places.get(unit);
    }

    /// The unit at a place, ends left out; null when there is none.
    @Nullable
    Unit at(double x, double y) {
        for (Map.Entry<Unit, Point2D> e : places.entrySet()) {
            if (!(e.getKey() instanceof Unit.End) && e.getValue().distance(x, y) <= radius + 3) {
                return e.getKey();
            }
        }
        return null;
    }
}
