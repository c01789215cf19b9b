package sirkuit.app.heatmap;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.ObservableSet;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.MethodWords;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;
import sirkuit.app.mask.MaskModel;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.RelevanceScores;

/// What the heatmap shows, and what the mouse and the keyboard do to it.
public final class HeatmapModel {
    private final MaskModel masks;
    private final ReadOnlyObjectWrapper<@Nullable RelevanceScores> scores = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable HeatmapScale> scale = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper caption = new ReadOnlyStringWrapper("");
    private final StringProperty unit = new SimpleStringProperty("");
    private final ObjectProperty<@Nullable Instead> instead = new SimpleObjectProperty<>();
    private final ObjectProperty<List<Link>> links = new SimpleObjectProperty<>(List.of());
    private final ObjectProperty<HeatmapOptions> options = new SimpleObjectProperty<>(HeatmapOptions.DEFAULT);
    private final ObjectProperty<SortedMap<Head, String>> notes =
            new SimpleObjectProperty<>(Collections.emptySortedMap());
    private final HeadCursor pointing;
    private Map<Head, Integer> ranks = Map.of();
    private final ReadOnlyObjectWrapper<@Nullable HeadMask> pending = new ReadOnlyObjectWrapper<>();
    private Runnable inspected = () -> {};
    private Runnable searched = () -> {};
    private @Nullable SelectionDrag drag;

    /// How much of one head's output goes into a later head, drawn as an arc over the cells.
    ///
    /// @param share  0 to 1
    /// @param source whether the head under the mouse reads it; otherwise it is read by it
    public record Link(Head from, Head to, double share, boolean source) {}

    /// Other numbers of the same shape, temporarily shown in place of the task's scores.
    ///
    /// @param caption what they are
    public record Instead(RelevanceScores scores, String caption) {}

    public HeatmapModel(RelevanceModel relevance, MaskModel masks) {
        this(relevance.shown(), relevance.caption(), masks, new HeadCursor());
    }

    /// @param pointing shared by all views of the same heads, so that a head that is pointed at is highlighted in
    ///                 all of them
    public HeatmapModel(
            ObservableValue<@Nullable RelevanceScores> task,
            ObservableValue<String> words,
            MaskModel masks,
            HeadCursor pointing) {
        this.masks = masks;
        this.pointing = pointing;
        scores.subscribe(this::rank);
        scores.subscribe(s -> rescale());
        options.subscribe((was, now) -> rescale());
        Runnable choose = () -> {
            Instead other = instead.get();
            scores.set(other == null ? task.getValue() : other.scores());
            caption.set(other == null ? words.getValue() : other.caption());
        };
        task.subscribe(s -> choose.run());
        words.subscribe(w -> choose.run());
        instead.subscribe(i -> choose.run());
    }

    /// Null while the task's own scores are shown.
    public ObjectProperty<@Nullable Instead> instead() {
        return instead;
    }

    /// Unit of the numbers, in words; empty for that of their method.
    public StringProperty unit() {
        return unit;
    }

    /// What is shown, in words.
    public ReadOnlyStringProperty caption() {
        return caption.getReadOnlyProperty();
    }

    public ObjectProperty<HeatmapOptions> options() {
        return options;
    }

    /// By which scale scores become colours.
    public void colourBy(Colours colours) {
        if (options.get().colours() != colours) {
            options.set(options.get().withColours(colours));
        }
    }

    /// Null while nothing has been scored.
    public ReadOnlyObjectProperty<@Nullable HeatmapScale> scale() {
        return scale.getReadOnlyProperty();
    }

    /// Heads that strategies do not change.
    public ObservableSet<Head> locked() {
        return masks.locked();
    }

    /// What somebody wrote about heads.
    public ObjectProperty<SortedMap<Head, String>> notes() {
        return notes;
    }

    /// Follows the notes that a project keeps, by the names of their heads.
    public void notesBy(ObservableValue<Map<String, String>> kept) {
        notes.bind(kept.map(MarkedHead::byHead));
    }

    public MaskModel masks() {
        return masks;
    }

    /// Heads to outline beside those of the mask; null for none.
    public ObservableValue<@Nullable HeadMask> outlined() {
        return masks.others().outlined();
    }

    /// Arcs over the cells; empty for none.
    public ObjectProperty<List<Link>> links() {
        return links;
    }

    public HeadCursor pointing() {
        return pointing;
    }

    /// Null while nothing has been scored.
    public ReadOnlyObjectProperty<@Nullable RelevanceScores> scores() {
        return scores.getReadOnlyProperty();
    }

    /// Null until the model's shape is known.
    public ReadOnlyObjectProperty<@Nullable HeadMask> mask() {
        return masks.mask();
    }

    /// The cell with the keyboard focus; null before the first key.
    public ObjectProperty<@Nullable Head> focus() {
        return pointing.focus();
    }

    /// The cell below the mouse.
    public ObjectProperty<@Nullable Head> hover() {
        return pointing.hover();
    }

    /// Moves the keyboard focus, staying inside.
    public void move(int layers, int heads) {
        HeadMask mask = masks.mask().get();
        if (mask != null) {
            Head at = focus().get();
            focus().set(
                            at == null
                                    ? new Head(0, 0)
                                    : new Head(
                                            Math.clamp(at.layer() + layers, 0, mask.layers() - 1),
                                            Math.clamp(at.head() + heads, 0, mask.heads() - 1)));
        }
    }

    /// Moves the keyboard's cell and selects the one it was on and the one it comes to.
    public void moveSelecting(int layers, int heads) {
        Head before = focus().get();
        move(layers, heads);
        Head now = focus().get();
        if (now != null) {
            masks.select(before == null ? List.of(now) : List.of(before, now));
        }
    }

    public void toggleFocus() {
        Head at = focus().get();
        if (at != null) {
            masks.toggle(at);
        }
    }

    /// Told whenever somebody wants to know more of the head in focus.
    public void whenInspected(Runnable show) {
        inspected = show;
    }

    /// Shows more of the head in focus.
    public void inspect() {
        if (focus().get() != null) {
            inspected.run();
        }
    }

    /// Told whenever somebody looks for a head by its name.
    public void whenSearched(Runnable ask) {
        Runnable before = searched;
        searched = () -> {
            before.run();
            ask.run();
        };
    }

    /// Asks for the name of a head.
    public void search() {
        searched.run();
    }

    /// Whether the mouse is held down on a head.
    public boolean dragging() {
        return drag != null;
    }

    /// The mouse is pressed on a head.
    public void press(Head at, SelectionDrag.Kind kind) {
        HeadMask mask = masks.mask().get();
        if (mask != null) {
            drag = new SelectionDrag(at, focus().get(), kind, mask);
            if (kind != SelectionDrag.Kind.BOX || focus().get() == null) {
                focus().set(at); // a rectangle reaches from where the focus is
            }
            preview();
        }
    }

    /// The mouse comes to a head while it is held down.
    public void dragTo(Head at) {
        if (drag != null) {
            drag.to(at);
            preview();
        }
    }

    /// The mouse is let go: what was dragged over is selected, or the head that was clicked is looked at.
    public void release() {
        SelectionDrag done = drag;
        HeadMask mask = masks.mask().get();
        cancelDrag();
        if (done != null && mask != null) {
            if (done.looksOnly()) {
                inspect();
            } else {
                masks.become(done.applied(mask));
            }
        }
    }

    /// Leaves the mask as it was before the mouse was pressed.
    ///
    /// @return whether there was anything to call off
    public boolean cancelDrag() {
        boolean was = drag != null;
        drag = null;
        pending.set(null);
        return was;
    }

    /// What the mask would be if the mouse were let go now; null when it is not held down.
    public ReadOnlyObjectProperty<@Nullable HeadMask> pending() {
        return pending.getReadOnlyProperty();
    }

    /// Opposite corners of the rectangle that is being dragged; null for none.
    @Nullable
    List<Head> box() {
        return drag == null ? null : drag.box();
    }

    private void preview() {
        HeadMask mask = masks.mask().get();
        pending.set(drag == null || mask == null ? null : drag.applied(mask));
    }

    /// Selects all heads that score at least as high as this one.
    public void selectAllLike(Head head) {
        RelevanceScores now = scores.get();
        if (now != null && !Double.isNaN(now.score(head))) {
            masks.atLeast(now, now.score(head));
        }
    }

    public void toggleLayer(int layer) {
        HeadMask mask = masks.mask().get();
        if (mask != null) {
            masks.toggleTogether(SelectionDrag.rectangle(new Head(layer, 0), new Head(layer, mask.heads() - 1)));
        }
    }

    public void toggleHeadOfAllLayers(int head) {
        HeadMask mask = masks.mask().get();
        if (mask != null) {
            masks.toggleTogether(SelectionDrag.rectangle(new Head(0, head), new Head(mask.layers() - 1, head)));
        }
    }

    /// What is known about a head, in a few lines.
    public String about(Head head) {
        StringBuilder text = new StringBuilder(Words.of("side.head.title", head.layer(), head.head()));
        RelevanceScores now = scores.get();
        Integer rank = ranks.get(head);
        if (now != null && rank != null) {
            text.append("\n")
                    .append(Numbers.score(now.score(head)))
                    .append(" ± ")
                    .append(error(now, head))
                    .append(' ')
                    .append(MethodWords.unit(now.method()))
                    .append("\n")
                    .append(Words.of("relevance.rank", String.valueOf(rank), String.valueOf(ranks.size())));
        } else {
            text.append("\n").append(Words.of("relevance.unscored"));
        }
        HeadMask mask = masks.mask().get();
        boolean chosen = mask != null && mask.contains(head.layer(), head.head());
        text.append("\n").append(Words.of(chosen ? "relevance.selected" : "relevance.unselected"));
        if (masks.locked().contains(head)) {
            text.append("\n").append(Words.of("centre.heatmap.locked"));
        }
        String note = notes.get().get(head);
        if (note != null) {
            text.append("\n").append(Words.of("centre.heatmap.note", note));
        }
        if (now != null && uncertain(now, head)) {
            text.append("\n").append(Words.of("centre.heatmap.uncertain"));
        }
        return text.toString();
    }

    /// Whether the standard error is larger than the score.
    static boolean uncertain(RelevanceScores scores, Head head) {
        return scores.standardError()[head.layer()][head.head()] > Math.abs(scores.score(head));
    }

    private static String error(RelevanceScores scores, Head head) {
        double error = scores.standardError()[head.layer()][head.head()];
        return Double.isNaN(error) ? "?" : Numbers.score(error);
    }

    private void rescale() {
        RelevanceScores now = scores.get();
        scale.set(now == null ? null : HeatmapScale.of(now, options.get()));
    }

    private void rank(@Nullable RelevanceScores now) {
        Map<Head, Integer> result = new HashMap<>();
        if (now != null) {
            for (Head head : now.ranked()) {
                result.put(head, result.size() + 1);
            }
        }
        ranks = result;
    }
}
