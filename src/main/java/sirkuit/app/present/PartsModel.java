package sirkuit.app.present;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import org.jspecify.annotations.Nullable;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.RelevanceScores;

/// The heads, lighting up one after another: the selected ones by their rank, then the others.
public final class PartsModel {
    private static final double MOST_OF_IT = 0.5;

    private final @Nullable RelevanceScores scores;
    private final @Nullable HeadMask chosen;
    private final int layers;
    private final int heads;
    private final boolean carry;
    private final List<Head> order;
    private final ReadOnlyIntegerWrapper lit = new ReadOnlyIntegerWrapper();

    PartsModel(PresentedProject subject) {
        chosen = subject.chosen();
        carry = subject.carry();
        RelevanceScores known = subject.scores();
        boolean fits = known != null
                && (chosen == null || (known.layers() == chosen.layers() && known.heads() == chosen.heads()));
        scores = fits ? known : null;
        layers = chosen != null ? chosen.layers() : scores == null ? 0 : scores.layers();
        heads = chosen != null ? chosen.heads() : scores == null ? 0 : scores.heads();
        order = new ArrayList<>(
                layers == 0 ? List.of() : HeadMask.all(layers, heads).selected());
        order.sort(Comparator.<Head, Boolean>comparing(h -> !isChosen(h))
                .thenComparingDouble(h -> -strength(h))
                .thenComparing(Comparator.naturalOrder()));
    }

    public int layers() {
        return layers;
    }

    public int heads() {
        return heads;
    }

    /// The selected heads first. Both groups are ordered by strength.
    public List<Head> order() {
        return order;
    }

    public int chosenCount() {
        return chosen == null ? 0 : chosen.size();
    }

    public boolean isChosen(Head head) {
        return chosen != null && chosen.contains(head.layer(), head.head());
    }

    /// How much a head matters, 0 to 1, relative to the strongest one; 1 for all if there are no scores.
    public double strength(Head head) {
        double range = scores == null ? 0 : scores.range();
        if (scores == null || range == 0) {
            return 1;
        }
        double score = scores.score(head);
        return Double.isNaN(score) ? 0 : Math.clamp(score / range, 0, 1);
    }

    /// Whether the selected heads have more than half of all scores toward the right answer, and the causal check
    /// supports it.
    public boolean doMostOfTheWork() {
        double all = order.stream().mapToDouble(this::strength).sum();
        double theirs = order.stream()
                .filter(this::isChosen)
                .mapToDouble(this::strength)
                .sum();
        return carry && scores != null && theirs > MOST_OF_IT * all;
    }

    /// How many of [#order()] are lit.
    public ReadOnlyIntegerProperty lit() {
        return lit.getReadOnlyProperty();
    }

    public void restart() {
        lit.set(0);
    }

    /// @return whether more are to come
    public boolean lightNext() {
        lit.set(Math.min(order.size(), lit.get() + 1));
        return lit.get() < order.size();
    }
}
