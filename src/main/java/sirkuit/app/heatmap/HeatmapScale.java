package sirkuit.app.heatmap;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;
import sirkuit.mask.RelevanceScores;

/// What score lies where on the colours: symmetric about zero for signed scores, from zero up for others.
public sealed interface HeatmapScale {
    /// Share of the heads that a clipped scale leaves out, rounded up to whole heads.
    double LEFT_OUT = 0.02;

    /// One head dominates when its score is this many times the largest of those that are not left out.
    double DOMINATES = 3;

    boolean signed();

    /// Where `score` lies, from 0 to 1; beyond them for what is clipped.
    double position(double score);

    /// What stands at the lower end of the colours.
    String low();

    /// What stands at the upper end.
    String high();

    /// Which scale it is, and what was clipped.
    String words();

    static HeatmapScale of(RelevanceScores scores, HeatmapOptions options) {
        boolean signed = scores.method().signed();
        double[] sizes = sizes(scores);
        if (options.colours() == Colours.RANK) {
            return new Ranked(signed, sizes);
        }
        double all = sizes.length == 0 ? 0 : sizes[sizes.length - 1];
        double most = ofMost(sizes);
        Double fixed = options.range();
        boolean clip =
                switch (options.colours()) {
                    case CLIPPED -> most > 0;
                    case AUTOMATIC -> most > 0 && all > DOMINATES * most;
                    default -> false;
                };
        return straight(signed, sizes, fixed != null ? fixed : clip ? most : all);
    }

    private static Straight straight(boolean signed, double[] sizes, double range) {
        int beyond = (int) Arrays.stream(sizes).filter(s -> s > range).count();
        return range > 0 ? new Straight(signed, range, beyond) : new Straight(signed, 1, 0);
    }

    /// The largest size once the largest few are left out; 0 when nothing is scored.
    private static double ofMost(double[] sizes) {
        int left = (int) Math.ceil(LEFT_OUT * sizes.length);
        return sizes.length > left ? sizes[sizes.length - 1 - left] : 0;
    }

    /// Smallest first.
    private static double[] sizes(RelevanceScores scores) {
        return Arrays.stream(scores.score())
                .flatMapToDouble(Arrays::stream)
                .filter(Double::isFinite)
                .map(Math::abs)
                .sorted()
                .toArray();
    }

    /// The largest score shown by a colour of its own; null where colours say nothing of sizes.
    default @Nullable Double largest() {
        return null;
    }

    /// Equal steps of score are equal steps of colour.
    ///
    /// @param range  the score at the far end
    /// @param beyond how many heads score more than that
    record Straight(boolean signed, double range, int beyond) implements HeatmapScale {
        @Override
        public double position(double score) {
            return signed ? (score / range + 1) / 2 : score / range;
        }

        @Override
        public String low() {
            String end = Numbers.score(signed ? -range : 0);
            return signed && beyond > 0 ? "≤ " + end : end;
        }

        @Override
        public String high() {
            return (beyond > 0 ? "≥ " : "") + (signed ? "+" : "") + Numbers.score(range);
        }

        @Override
        public String words() {
            String end = (signed ? "±" : "") + Numbers.score(range);
            return switch (beyond) {
                case 0 -> Words.of("relevance.scale.linear");
                case 1 -> Words.of("relevance.scale.clipped.one", end);
                default -> Words.of("relevance.scale.clipped", end, Numbers.count(beyond));
            };
        }

        @Override
        public Double largest() {
            return range;
        }
    }

    /// Every head has a colour of its own: the more heads score less in size, the stronger it is.
    final class Ranked implements HeatmapScale {
        private final boolean signed;
        private final double[] sizes;

        /// @param sizes of all scores, smallest first
        Ranked(boolean signed, double[] sizes) {
            this.signed = signed;
            this.sizes = sizes;
        }

        @Override
        public boolean signed() {
            return signed;
        }

        @Override
        public double position(double score) {
            double strength = score == 0 || sizes.length == 0 ? 0 : (double) notLarger(Math.abs(score)) / sizes.length;
            return signed ? (Math.copySign(strength, score) + 1) / 2 : strength;
        }

        /// How many sizes are at most that.
        private int notLarger(double size) {
            int from = 0;
            int to = sizes.length;
            while (from < to) {
                int middle = (from + to) >>> 1;
                if (sizes[middle] <= size) {
                    from = middle + 1;
                } else {
                    to = middle;
                }
            }
            return from;
        }

        @Override
        public String low() {
            return Words.of(signed ? "relevance.scale.negative" : "relevance.scale.lowest");
        }

        @Override
        public String high() {
            return Words.of(signed ? "relevance.scale.positive" : "relevance.scale.highest");
        }

        @Override
        public String words() {
            return Words.of(signed ? "relevance.scale.rank.signed" : "relevance.scale.rank");
        }
    }
}
