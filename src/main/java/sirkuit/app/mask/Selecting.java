package sirkuit.app.mask;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskStrategy;
import sirkuit.mask.RelevanceScores;

/// Which heads a strategy selects.
///
/// @param k         how many heads
/// @param threshold the least score, for the threshold strategy
/// @param seed      of random heads
record Selecting(Strategy strategy, int k, double threshold, long seed) {
    /// @param now    the current mask: locked heads stay as they are in it
    /// @param scores null if there are none
    /// @return null if the strategy cannot select now
    @Nullable
    HeadMask apply(HeadMask now, @Nullable RelevanceScores scores, Set<Head> locked) {
        MaskStrategy rule =
                switch (strategy) {
                    case TOP_K -> new MaskStrategy.TopK(k);
                    case NEAR_ZERO -> new MaskStrategy.NearZero(k);
                    case THRESHOLD -> new MaskStrategy.Threshold(threshold);
                    case RANDOM, BY_HAND -> null;
                };
        if (strategy == Strategy.RANDOM) {
            return keeping(locked, now, new MaskStrategy.RandomK(k, seed).draw(now.layers(), now.heads()));
        }
        return rule == null || scores == null ? null : keeping(locked, now, rule.apply(scores));
    }

    /// What the same strategy selects by other scores. A threshold becomes the one that keeps the mask's size, because
    /// other scores may have another unit.
    Selecting byOther(RelevanceScores scores, int size) {
        int most = scores.ranked().size();
        return new Selecting(
                strategy,
                Math.min(k, most),
                strategy == Strategy.THRESHOLD ? thresholdOf(scores, size, threshold) : threshold,
                seed);
    }

    /// The threshold at which a mask has that size.
    static double thresholdOf(RelevanceScores scores, int size, double otherwise) {
        List<Head> order = scores.ranked();
        return order.isEmpty() ? otherwise : scores.score(order.get(Math.clamp(size - 1L, 0, order.size() - 1)));
    }

    static HeadMask keeping(Set<Head> locked, HeadMask now, HeadMask chosen) {
        if (locked.isEmpty()) {
            return chosen;
        }
        TreeSet<Head> heads = new TreeSet<>(chosen.selected());
        for (Head head : locked) {
            if (now.contains(head.layer(), head.head())) {
                heads.add(head);
            } else {
                heads.remove(head);
            }
        }
        return heads.equals(chosen.selected())
                ? chosen
                : new HeadMask(
                                chosen.layers(),
                                chosen.heads(),
                                heads,
                                chosen.madeBy() + ", " + locked.size() + " locked")
                        .scoredAt(chosen.scoredAt());
    }
}
