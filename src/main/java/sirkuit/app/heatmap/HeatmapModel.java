package sirkuit.app.heatmap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.MethodWords;
import sirkuit.app.look.Numbers;
import sirkuit.app.mask.MaskModel;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.RelevanceScores;

/// What the heatmap shows and what the mouse and the keyboard do to it.
public final class HeatmapModel {
    private final MaskModel masks;
    private final ReadOnlyObjectProperty<@Nullable RelevanceScores> scores;
    private final ObjectProperty<@Nullable Head> focus = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Head> hover = new SimpleObjectProperty<>();
    private Map<Head, Integer> ranks = Map.of();
    private boolean painting;

    public HeatmapModel(RelevanceModel relevance, MaskModel masks) {
        this.masks = masks;
        this.scores = relevance.shown();
        scores.subscribe(this::rank);
    }

    /// Null while nothing has been scored.
    public ReadOnlyObjectProperty<@Nullable RelevanceScores> scores() {
        return scores;
    }

    /// Null until the model's shape is known.
    public ReadOnlyObjectProperty<@Nullable HeadMask> mask() {
        return masks.mask();
    }

    /// The cell the keyboard is on; null before the first key.
    public ObjectProperty<@Nullable Head> focus() {
        return focus;
    }

    /// The cell below the mouse.
    public ObjectProperty<@Nullable Head> hover() {
        return hover;
    }

    /// Moves the keyboard's cell, staying inside.
    public void move(int layers, int heads) {
        HeadMask mask = masks.mask().get();
        if (mask != null) {
            Head at = focus.get();
            focus.set(
                    at == null
                            ? new Head(0, 0)
                            : new Head(
                                    Math.clamp(at.layer() + layers, 0, mask.layers() - 1),
                                    Math.clamp(at.head() + heads, 0, mask.heads() - 1)));
        }
    }

    public void toggleFocus() {
        Head at = focus.get();
        if (at != null) {
            masks.toggle(at);
        }
    }

    /// A stroke begins: the first cell decides whether it switches on or off.
    public void beginStroke(Head at) {
        HeadMask mask = masks.mask().get();
        if (mask != null) {
            focus.set(at);
            painting = !mask.contains(at.layer(), at.head());
            masks.beginGesture();
            masks.paint(at, painting);
        }
    }

    public void continueStroke(Head at) {
        masks.paint(at, painting);
    }

    public void endStroke() {
        masks.endGesture();
    }

    public void toggleLayer(int layer) {
        HeadMask mask = masks.mask().get();
        if (mask != null) {
            List<Head> row = new ArrayList<>();
            for (int h = 0; h < mask.heads(); h++) {
                row.add(new Head(layer, h));
            }
            masks.toggleTogether(row);
        }
    }

    public void toggleHeadOfAllLayers(int head) {
        HeadMask mask = masks.mask().get();
        if (mask != null) {
            List<Head> column = new ArrayList<>();
            for (int l = 0; l < mask.layers(); l++) {
                column.add(new Head(l, head));
            }
            masks.toggleTogether(column);
        }
    }

    /// What is known of a head, in a few lines.
    public String about(Head head) {
        StringBuilder text = new StringBuilder("Layer " + head.layer() + ", head " + head.head());
        RelevanceScores now = scores.get();
        Integer rank = ranks.get(head);
        if (now != null && rank != null) {
            text.append("\n")
                    .append(Numbers.score(now.score(head)))
                    .append(" ± ")
                    .append(error(now, head))
                    .append(' ')
                    .append(MethodWords.unit(now.method()))
                    .append("\nRank ")
                    .append(rank)
                    .append(" of ")
                    .append(ranks.size());
        } else {
            text.append("\nNot scored yet");
        }
        HeadMask mask = masks.mask().get();
        boolean chosen = mask != null && mask.contains(head.layer(), head.head());
        return text.append(chosen ? "\nSelected" : "\nNot selected").toString();
    }

    private static String error(RelevanceScores scores, Head head) {
        double error = scores.standardError()[head.layer()][head.head()];
        return Double.isNaN(error) ? "?" : Numbers.score(error);
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
