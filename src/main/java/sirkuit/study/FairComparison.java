package sirkuit.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/// Two strategies at equal gain and at equal forgetting, each at all of its learning rates
/// (`shared/spec/ct-sft.md`, section 9).
///
/// @param forgetting of the first minus that of the second at the same gain, in percentage points; null when no gain
///                   is reached by both
/// @param gain       of the first minus that of the second at the same forgetting; null when there is no such
///                   forgetting
public record FairComparison(
        @Nullable Difference forgetting, @Nullable Difference gain) {
    private static final int DRAWS = 1_000;
    private static final double TAIL = 0.025;

    /// A finished run.
    ///
    /// @param gain       target accuracy won, in percentage points
    /// @param forgetting source accuracy lost, in percentage points
    public record Run(double rate, long seed, double gain, double forgetting) {}

    /// @param at     the gain, or the forgetting, at which both are compared
    /// @param first  of the first strategy
    /// @param second of the second strategy
    /// @param low    2.5 % quantile of the differences of the bootstrap
    /// @param high   97.5 % quantile
    /// @param half   half the width of the interval that decides: Student's t for the number of seeds times the
    ///               bootstrap's standard error; NaN with a single seed
    public record Difference(double at, double first, double second, double low, double high, double half) {
        public double value() {
            return first - second;
        }

        /// The sign of the difference, or 0 when the data cannot tell.
        public int sign() {
            return Math.abs(value()) > half ? (int) Math.signum(value()) : 0;
        }
    }

    /// The frontier of a strategy's runs.
    public static Frontier frontier(List<Run> runs) {
        return frontier(runs, seeds(runs));
    }

    /// The runs at those rates that have the most seeds. The others are not compared: one lucky seed is no mean.
    public static List<Run> withMostSeeds(List<Run> runs) {
        Map<Double, Long> seeds = runs.stream().collect(Collectors.groupingBy(Run::rate, Collectors.counting()));
        long most = seeds.values().stream().mapToLong(n -> n).max().orElse(0);
        return runs.stream().filter(r -> seeds.getOrDefault(r.rate, 0L) == most).toList();
    }

    /// Compares two strategies on the seeds that both have. A bootstrap draws these seeds with replacement, the same
    /// ones for both, and computes both frontiers anew.
    ///
    /// @param gain  gain to compare at; null for the smaller of the two largest ones
    /// @param draws of the bootstrap
    public static FairComparison of(List<Run> first, List<Run> second, @Nullable Double gain, long seed) {
        TreeSet<Long> common = new TreeSet<>(seeds(first));
        common.retainAll(seeds(second));
        if (common.isEmpty()) {
            return new FairComparison(null, null);
        }
        long[] all = common.stream().mapToLong(s -> s).toArray();
        Pair whole = pair(first, second, all, gain);
        List<Pair> draws = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < DRAWS && all.length > 1; i++) {
            long[] drawn = random.ints(all.length, 0, all.length)
                    .mapToLong(j -> all[j])
                    .toArray();
            draws.add(pair(first, second, drawn, gain));
        }
        return new FairComparison(
                difference(whole.gain, whole.forgetting1, whole.forgetting2, forgettings(draws), all.length),
                difference(whole.forgetting, whole.gain1, whole.gain2, gains(draws), all.length));
    }

    private record Pair(
            double gain, double forgetting1, double forgetting2, double forgetting, double gain1, double gain2) {}

    private static Pair pair(List<Run> first, List<Run> second, long[] seeds, @Nullable Double given) {
        List<Long> drawn = Arrays.stream(seeds).boxed().toList();
        Frontier a = frontier(first, drawn);
        Frontier b = frontier(second, drawn);
        double gain = given == null ? Math.min(a.mostGain(), b.mostGain()) : given;
        double forgetting = Math.max(
                Math.max(a.leastForgetting(), b.leastForgetting()), Math.min(a.mostForgetting(), b.mostForgetting()));
        return new Pair(
                gain,
                a.forgettingAt(gain),
                b.forgettingAt(gain),
                forgetting,
                a.gainAt(forgetting),
                b.gainAt(forgetting));
    }

    private static double[] forgettings(List<Pair> draws) {
        return draws.stream()
                .mapToDouble(p -> p.forgetting1 - p.forgetting2)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
    }

    private static double[] gains(List<Pair> draws) {
        return draws.stream()
                .mapToDouble(p -> p.gain1 - p.gain2)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
    }

    private static @Nullable Difference difference(double at, double first, double second, double[] sorted, int seeds) {
        if (!Double.isFinite(first) || !Double.isFinite(second)) {
            return null;
        }
        if (sorted.length == 0) {
            return new Difference(at, first, second, Double.NaN, Double.NaN, Double.NaN);
        }
        // The bootstrap's variance has n in its denominator, where an unbiased one has n - 1.
        double error = StudyTable.Spread.of(sorted).deviation() * Math.sqrt(seeds / (seeds - 1.0));
        double half = TDistribution.of(seeds - 1).inverseSurvivalProbability(TAIL) * error;
        return new Difference(at, first, second, quantile(sorted, TAIL), quantile(sorted, 1 - TAIL), half);
    }

    private static double quantile(double[] sorted, double p) {
        double place = p * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    private static List<Long> seeds(List<Run> runs) {
        return runs.stream().map(Run::seed).distinct().toList();
    }

    /// Each rate's mean is over those of the seeds that it has a run for: a study may give up rates early.
    ///
    /// @param seeds a seed counts as often as it is in the list
    private static Frontier frontier(List<Run> runs, List<Long> seeds) {
        Map<Double, Map<Long, Run>> byRate = new LinkedHashMap<>();
        runs.forEach(
                r -> byRate.computeIfAbsent(r.rate, x -> new LinkedHashMap<>()).put(r.seed, r));
        List<Frontier.Point> points = new ArrayList<>();
        byRate.forEach((rate, bySeed) -> {
            List<Run> drawn =
                    seeds.stream().map(bySeed::get).filter(Objects::nonNull).toList();
            if (!drawn.isEmpty()) {
                points.add(new Frontier.Point(
                        rate,
                        drawn.stream().mapToDouble(Run::forgetting).average().orElseThrow(),
                        drawn.stream().mapToDouble(Run::gain).average().orElseThrow()));
            }
        });
        return Frontier.of(points);
    }
}
