package sirkuit.mask;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;

/// A set of attention heads of one model shape. Immutable.
///
/// @param layers   number of layers L
/// @param heads    number of query heads a layer H
/// @param selected the selected heads, sorted by layer, then head
/// @param madeBy   how it was made, in words: `by hand`, `top 12 by cdt`, ...
/// @param scoredAt ISO-8601 instant at which the scores were computed that the heads were selected by; null if they
///                 were not selected by scores, or that is not known
public record HeadMask(
        int layers,
        int heads,
        SortedSet<Head> selected,
        String madeBy,
        @Nullable String scoredAt) {
    /// @throws Problem when a head lies outside the shape
    public HeadMask {
        if (layers < 1 || heads < 1) {
            throw Problem.of("mask.impossible-shape", layers, heads);
        }
        for (Head h : selected) {
            if (h.layer() < 0 || h.layer() >= layers || h.head() < 0 || h.head() >= heads) {
                throw Problem.of("mask.no-such-head", h, layers, heads);
            }
        }
        selected = Collections.unmodifiableSortedSet(new TreeSet<>(selected));
    }

    public HeadMask(int layers, int heads, Collection<Head> selected, String madeBy) {
        this(layers, heads, new TreeSet<>(selected), madeBy, null);
    }

    /// The same heads, selected by scores of that time.
    public HeadMask scoredAt(@Nullable String time) {
        return new HeadMask(layers, heads, selected, madeBy, time);
    }

    public static HeadMask none(int layers, int heads) {
        return new HeadMask(layers, heads, Set.of(), "none");
    }

    public static HeadMask all(int layers, int heads) {
        TreeSet<Head> every = new TreeSet<>();
        for (int l = 0; l < layers; l++) {
            for (int h = 0; h < heads; h++) {
                every.add(new Head(l, h));
            }
        }
        return new HeadMask(layers, heads, every, "all");
    }

    public boolean contains(int layer, int head) {
        return selected.contains(new Head(layer, head));
    }

    public int size() {
        return selected.size();
    }

    /// Selects or deselects `head` by hand.
    public HeadMask toggled(Head head) {
        TreeSet<Head> changed = new TreeSet<>(selected);
        if (!changed.remove(head)) {
            changed.add(head);
        }
        return new HeadMask(layers, heads, changed, "by hand");
    }

    /// Selects all of `group`, or deselects it if all of it was selected.
    public HeadMask toggledTogether(Collection<Head> group) {
        TreeSet<Head> changed = new TreeSet<>(selected);
        if (!changed.addAll(group)) {
            changed.removeAll(group);
        }
        return new HeadMask(layers, heads, changed, "by hand");
    }

    /// Heads in either mask.
    ///
    /// @throws Problem when the shapes differ
    public HeadMask union(HeadMask other) {
        TreeSet<Head> result = new TreeSet<>(selected);
        result.addAll(sameShape(other).selected);
        return new HeadMask(layers, heads, result, operand() + " + " + other.operand());
    }

    /// Heads in both masks.
    ///
    /// @throws Problem when the shapes differ
    public HeadMask intersection(HeadMask other) {
        TreeSet<Head> result = new TreeSet<>(selected);
        result.retainAll(sameShape(other).selected);
        return new HeadMask(layers, heads, result, "both " + operand() + " and " + other.operand());
    }

    /// Heads in this mask and not in the other.
    ///
    /// @throws Problem when the shapes differ
    public HeadMask difference(HeadMask other) {
        TreeSet<Head> result = new TreeSet<>(selected);
        result.removeAll(sameShape(other).selected);
        return new HeadMask(layers, heads, result, operand() + " without " + other.operand());
    }

    /// `madeBy` for use inside another one, in parentheses if this mask itself was made of two masks.
    private String operand() {
        return combined() ? "(" + madeBy + ")" : madeBy;
    }

    /// Whether it was made of two other masks.
    boolean combined() {
        return madeBy.contains(" + ") || madeBy.contains(" without ") || madeBy.startsWith("both ");
    }

    private HeadMask sameShape(HeadMask other) {
        if (layers != other.layers || heads != other.heads) {
            throw Problem.of("mask.two-shapes", layers, heads, other.layers, other.heads);
        }
        return other;
    }

    /// @throws Problem when this mask was made for a model of another shape
    public void requireShape(int modelLayers, int modelHeads) {
        if (layers != modelLayers || heads != modelHeads) {
            throw Problem.of("mask.other-shape", layers, heads, modelLayers, modelHeads);
        }
    }

    /// The same with the name of the checkpoint in the message.
    ///
    /// @param checkpoint its folder
    public void requireShape(String checkpoint, int modelLayers, int modelHeads) {
        try {
            requireShape(modelLayers, modelHeads);
        } catch (Problem e) {
            throw e.within("ground.in-file", checkpoint);
        }
    }
}
