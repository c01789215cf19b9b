package sirkuit.app.circuit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.MapChangeListener;
import org.jspecify.annotations.Nullable;
import sirkuit.app.heatmap.HeatmapModel;
import sirkuit.app.heatmap.ScoreShelf;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.ScoreMethod;
import sirkuit.record.ScoreRecord;

/// The circuit of the mask's heads, by the latest scores that know edges.
public final class CircuitModel {
    /// This many edges are shown at first: more would be unreadable.
    private static final int READABLE = 40;

    private static final int ARCS = 5;

    private final ScoreShelf shelf;
    private final ObservableValue<@Nullable HeadMask> mask;
    private final HeatmapModel heatmap;
    private final ReadOnlyObjectWrapper<@Nullable Circuit> circuit = new ReadOnlyObjectWrapper<>();
    private final DoubleProperty least = new SimpleDoubleProperty();
    private final BooleanProperty open = new SimpleBooleanProperty();
    private final BooleanProperty arcs = new SimpleBooleanProperty();

    public CircuitModel(ScoreShelf shelf, ObservableValue<@Nullable HeadMask> mask, HeatmapModel heatmap) {
        this.shelf = shelf;
        this.mask = mask;
        this.heatmap = heatmap;
        mask.subscribe((was, now) -> draw());
        open.subscribe((was, now) -> draw());
        shelf.latest().addListener((MapChangeListener<ScoreMethod, ScoreShelf.StoredScores>) c -> {
            draw();
            link();
        });
        arcs.subscribe(a -> link());
        heatmap.focus().subscribe(f -> link());
        heatmap.hover().subscribe(h -> link());
    }

    /// Null while there are no edges to show.
    public ReadOnlyObjectProperty<@Nullable Circuit> circuit() {
        return circuit.getReadOnlyProperty();
    }

    /// Whether anybody looks.
    public BooleanProperty open() {
        return open;
    }

    /// Edges below this share are left out.
    public DoubleProperty least() {
        return least;
    }

    /// Whether the heatmap shows what feeds and what reads the head below the mouse, or the one chosen last.
    public BooleanProperty arcs() {
        return arcs;
    }

    public HeatmapModel heatmap() {
        return heatmap;
    }

    private void draw() {
        HeadMask now = mask.getValue();
        ScoreRecord record = withEdges();
        if (!open.get() || now == null || record == null || now.size() == 0) {
            circuit.set(null);
            return;
        }
        Circuit before = circuit.get();
        Circuit next = Circuit.of(record, now);
        if (next != null
                && (before == null || before.heads().size() != next.heads().size())) {
            least.set(next.shareFor(READABLE));
        }
        circuit.set(next);
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
            for (Circuit.Edge e : Circuit.neighbours(record, at, sources, ARCS)) {
                if (e.from() != null && e.to() != null) {
                    links.add(new HeatmapModel.Link(e.from(), e.to(), e.share(), sources));
                }
            }
        }
        heatmap.links().set(List.copyOf(links));
    }
}
