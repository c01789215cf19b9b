package sirkuit.mask;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import sirkuit.Problem;

/// The ways to make a mask from scores or at random (arXiv 2601.08146; the near-zero and random masks are the paper's
/// controls).
public sealed interface MaskStrategy {
    /// The mask this strategy makes.
    ///
    /// @throws Problem when it selects more heads than have scores
    HeadMask apply(RelevanceScores scores);

    /// The k highest scores; ties by layer, then head.
    record TopK(int k) implements MaskStrategy {
        @Override
        public HeadMask apply(RelevanceScores scores) {
            return first(
                    scores.ranked(),
                    k,
                    scores,
                    MaskOrigin.TOP.word() + " " + k + " by " + scores.method().id());
        }
    }

    /// The k smallest absolute scores: heads the task does not use.
    record NearZero(int k) implements MaskStrategy {
        @Override
        public HeadMask apply(RelevanceScores scores) {
            List<Head> order = new ArrayList<>(scores.ranked());
            order.sort(Comparator.<Head>comparingDouble(h -> Math.abs(scores.score(h)))
                    .thenComparing(Comparator.naturalOrder()));
            return first(
                    order,
                    k,
                    scores,
                    MaskOrigin.NEAR_ZERO.word() + " " + k + " by "
                            + scores.method().id());
        }
    }

    /// Every head that scores at least `least`.
    record Threshold(double least) implements MaskStrategy {
        /// @throws Problem when `least` is not a number
        public Threshold {
            if (Double.isNaN(least)) {
                throw Problem.of("mask.threshold-not-number");
            }
        }

        @Override
        public HeadMask apply(RelevanceScores scores) {
            List<Head> above = scores.ranked().stream()
                    .filter(h -> scores.score(h) >= least)
                    .toList();
            String made = String.format(
                    Locale.ROOT, "%s %s %s", scores.method().id(), MaskOrigin.THRESHOLD.word(), Double.toString(least));
            return new HeadMask(scores.layers(), scores.heads(), above, made).scoredAt(scores.createdAt());
        }
    }

    /// k heads drawn with a seed.
    record RandomK(int k, long seed) implements MaskStrategy {
        @Override
        public HeadMask apply(RelevanceScores scores) {
            return draw(scores.layers(), scores.heads());
        }

        /// Draws random heads. This needs only the model's shape, no scores.
        public HeadMask draw(int layers, int heads) {
            List<Head> order = new ArrayList<>(HeadMask.all(layers, heads).selected());
            Collections.shuffle(order, new Random(seed));
            int count = Math.clamp(k, 0, order.size());
            return new HeadMask(
                    layers, heads, order.subList(0, count), MaskOrigin.RANDOM.word() + " " + count + ", seed " + seed);
        }
    }

    private static HeadMask first(List<Head> order, int k, RelevanceScores scores, String madeBy) {
        if (k < 0 || k > order.size()) {
            int heads = scores.layers() * scores.heads();
            throw order.size() == heads
                    ? Problem.of("mask.bad-head-count", k, heads)
                    : Problem.of("mask.more-heads-than-scores", k, order.size(), heads);
        }
        return new HeadMask(scores.layers(), scores.heads(), order.subList(0, k), madeBy).scoredAt(scores.createdAt());
    }
}
