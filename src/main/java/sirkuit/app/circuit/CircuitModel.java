package sirkuit.app.circuit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.collections.MapChangeListener;
import javafx.collections.SetChangeListener;
import org.jspecify.annotations.Nullable;
import sirkuit.app.heatmap.HeatmapModel;
import sirkuit.app.heatmap.pane.ScoreShelf;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.ScoreMethod;
import sirkuit.project.HeadGroup;
import sirkuit.record.ScoreRecord;

/// The circuit of the mask's heads, by the latest scores that know edges: what of it is shown, and what stands out.
public final class CircuitModel {
    /// So many edges are shown at first: more are hard to read.
    public static final int EDGES = 30;
    /// And so many at most.
    public static final int MOST_EDGES = 500;

    private static final int PATHS = 3;
    private static final int ARCS = 5;

    private final ScoreShelf shelf;
    private final ObservableValue<@Nullable HeadMask> mask;
    private final HeatmapModel heatmap;
    private final GroupsModel groups;
    private final ReadOnlyObjectWrapper<@Nullable CircuitLook> look = new ReadOnlyObjectWrapper<>();
    private final IntegerProperty most = new SimpleIntegerProperty(EDGES);
    private final DoubleProperty least = new SimpleDoubleProperty();
    private final BooleanProperty all = new SimpleBooleanProperty();
    private final BooleanProperty bundled = new SimpleBooleanProperty();
    private final BooleanProperty open = new SimpleBooleanProperty();
    private final BooleanProperty arcs = new SimpleBooleanProperty();
    private final ObjectProperty<@Nullable Unit> pointed = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Unit> held = new SimpleObjectProperty<>();
    private final ObjectProperty<Net.@Nullable Edge> edge = new SimpleObjectProperty<>();
    private final ObjectProperty<Net.@Nullable Edge> edgePointed = new SimpleObjectProperty<>();
    private @Nullable Circuit circuit;
    private @Nullable Net net;
    private Net.@Nullable Shown shown;
    private @Nullable Paths paths;

    public CircuitModel(ScoreShelf shelf, ObservableValue<@Nullable HeadMask> mask, HeatmapModel heatmap) {
        this.shelf = shelf;
        this.mask = mask;
        this.heatmap = heatmap;
        groups = new GroupsModel(heatmap.masks());
        mask.subscribe((was, now) -> draw());
        open.subscribe((was, now) -> draw());
        shelf.latest().addListener((MapChangeListener<ScoreMethod, ScoreShelf.StoredScores>) c -> {
            draw();
            link();
        });
        groups.all().addListener((ListChangeListener<HeadGroup>) c -> join());
        groups.chosen().addListener((SetChangeListener<Head>) c -> look());
        most.subscribe((was, now) -> select());
        least.subscribe((was, now) -> select());
        all.subscribe((was, now) -> select());
        bundled.subscribe((was, now) -> look());
        pointed.subscribe((was, now) -> look());
        held.subscribe((was, now) -> look());
        edge.subscribe((was, now) -> look());
        edgePointed.subscribe((was, now) -> look());
        arcs.subscribe(a -> link());
        heatmap.focus().subscribe((was, now) -> {
            if (now != null) {
                held.set(null);
            }
            look();
            link();
        });
        heatmap.hover().subscribe((was, now) -> {
            look();
            link();
        });
    }

    /// Null while there are no edges to show.
    public ReadOnlyObjectProperty<@Nullable CircuitLook> shownNow() {
        return look.getReadOnlyProperty();
    }

    /// Whether anybody looks.
    public BooleanProperty open() {
        return open;
    }

    /// How many edges are shown, the strongest.
    public IntegerProperty most() {
        return most;
    }

    /// Edges below this share are left out.
    public DoubleProperty least() {
        return least;
    }

    /// Whether heads without such an edge are drawn too.
    public BooleanProperty all() {
        return all;
    }

    /// Whether edges between the same two layers share a course.
    public BooleanProperty bundled() {
        return bundled;
    }

    /// Whether the heatmap shows what feeds and what reads the head below the mouse, or the one chosen last.
    public BooleanProperty arcs() {
        return arcs;
    }

    public GroupsModel groups() {
        return groups;
    }

    public HeatmapModel heatmap() {
        return heatmap;
    }

    /// The edge that was selected, here or in the list; null for none.
    public ObjectProperty<Net.@Nullable Edge> edge() {
        return edge;
    }

    /// What the mouse points at; null for nothing.
    public void point(@Nullable Unit unit, Net.@Nullable Edge at) {
        heatmap.hover().set(unit instanceof Unit.Single s ? s.head() : null);
        edgePointed.set(at);
        pointed.set(unit);
    }

    /// Keeps a unit in view: its paths stand out until something else is picked.
    public void hold(Unit unit) {
        edge.set(null);
        heatmap.focus().set(unit instanceof Unit.Single s ? s.head() : null);
        held.set(unit instanceof Unit.Group ? unit : null);
    }

    /// Nothing stands out any more, and nothing is selected.
    public void clear() {
        edge.set(null);
        held.set(null);
        heatmap.focus().set(null);
        groups.chosen().clear();
    }

    private void draw() {
        HeadMask now = mask.getValue();
        ScoreRecord record = withEdges();
        circuit = !open.get() || now == null || record == null || now.size() == 0 ? null : Circuit.of(record, now);
        paths = null;
        join();
    }

    private void join() {
        Circuit now = circuit;
        net = now == null
                ? null
                : Net.of(now, groups.all().stream().filter(g -> !g.open()).toList());
        if (edge.get() != null && (net == null || !has(net, edge.get()))) {
            edge.set(null);
        }
        edgePointed.set(null);
        select();
    }

    private static boolean has(Net net, Net.Edge edge) {
        boolean ends = (edge.from() instanceof Unit.End || net.units().contains(edge.from()))
                && (edge.to() instanceof Unit.End || net.units().contains(edge.to()));
        return ends && edge.equals(net.edge(edge.from(), edge.to()));
    }

    private void select() {
        shown = net == null ? null : net.shown(most.get(), least.get(), all.get());
        look();
    }

    private void look() {
        Net now = net;
        Net.Shown what = shown;
        if (now == null || what == null) {
            look.set(null);
            return;
        }
        Unit picked = picked(now);
        List<Paths.Path> lit = List.of();
        if (picked != null) {
            Paths known = paths;
            if (known == null) {
                known = new Paths(now.circuit());
                paths = known;
            }
            lit = known.through(picked.heads(), PATHS);
        }
        Net.Edge one = edgePointed.get() != null ? edgePointed.get() : edge.get();
        look.set(new CircuitLook(now, what, bundled.get(), picked, lit, Set.copyOf(groups.chosen()), one));
    }

    private @Nullable Unit picked(Net now) {
        Unit at = pointed.get();
        if (at != null && now.units().contains(at)) {
            return at;
        }
        Head hover = heatmap.hover().get();
        Unit unit = hover == null ? null : now.unitOf(hover);
        if (unit == null && held.get() != null && now.units().contains(held.get())) {
            unit = held.get();
        }
        Head focus = heatmap.focus().get();
        return unit != null ? unit : focus == null ? null : now.unitOf(focus);
    }

    private @Nullable ScoreRecord withEdges() {
        for (Map.Entry<ScoreMethod, ScoreShelf.StoredScores> e : shelf.latest().entrySet()) {
            if (e.getValue().record().edges() != null) {
                return e.getValue().record();
            }
        }
        return null;
    }

    private void link() {
        Head at = heatmap.hover().get() != null
                ? heatmap.hover().get()
                : heatmap.focus().get();
        ScoreRecord record = withEdges();
        if (!arcs.get() || at == null || record == null) {
            heatmap.links().set(List.of());
            return;
        }
        List<HeatmapModel.Link> links = new ArrayList<>();
        for (boolean sources : new boolean[] {true, false}) {
            for (EdgeShares.Neighbour n : EdgeShares.neighbours(record, at, sources, ARCS)) {
                links.add(
                        sources
                                ? new HeatmapModel.Link(n.head(), at, n.share(), true)
                                : new HeatmapModel.Link(at, n.head(), n.share(), false));
            }
        }
        heatmap.links().set(List.copyOf(links));
    }
}
