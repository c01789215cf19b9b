package sirkuit.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;
import sirkuit.AccuracyChange;
import sirkuit.record.RunTexts;
import sirkuit.run.RunGroup;

/// The results of a study's runs: mean and standard deviation over seeds, and each strategy compared with the first
/// one, pair by pair of runs with the same seed.
///
/// @param rows a row each target and strategy, in the order of the plan
public record StudyTable(List<Row> rows) {
    /// A finished run.
    ///
    /// @param apart      in what its texts are not those of the target's first run; empty where they are the same
    /// @param target     accuracy on the target, 0 to 1
    /// @param source     accuracy on the source; null when it was not watched
    /// @param forgetting source accuracy lost, in percentage points; null when it was not watched
    public record Outcome(
            String targetName,
            String strategy,
            long seed,
            double target,
            @Nullable Double source,
            @Nullable Double forgetting,
            String apart) {
        public Outcome(
                String targetName,
                String strategy,
                long seed,
                double target,
                @Nullable Double source,
                @Nullable Double forgetting) {
            this(targetName, strategy, seed, target, source, forgetting, "");
        }

        /// Its target in the table. Runs that were measured on other texts are not averaged together.
        String label() {
            return apart.isEmpty() ? targetName : targetName + ", " + apart;
        }

        private Outcome apart(String from) {
            return new Outcome(targetName, strategy, seed, target, source, forgetting, from);
        }
    }

    /// The outcomes, with runs of the same target separated if they were measured on other texts or started from
    /// another checkpoint.
    ///
    /// @param texts the target and texts of each run, by its own events; in the order of the outcomes
    public static List<Outcome> apart(List<Outcome> outcomes, List<RunTexts> texts) {
        List<Integer> all = IntStream.range(0, outcomes.size()).boxed().toList();
        List<Outcome> told = new ArrayList<>(outcomes);
        for (RunGroup<Integer> group : RunGroup.of(all, texts::get)) {
            group.runs().forEach(i -> told.set(i, outcomes.get(i).apart(group.difference())));
        }
        return List.copyOf(told);
    }

    /// @param mean      of the runs
    /// @param deviation sample standard deviation; NaN of a single run
    public record Spread(double mean, double deviation, int runs) {
        private static final double TAIL = 0.025;

        public static Spread of(double[] values) {
            double mean = Arrays.stream(values).average().orElse(Double.NaN);
            double squares =
                    Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
            int n = values.length;
            return new Spread(mean, n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1)), n);
        }

        /// Half the width of the 95 % interval of the mean, by Student's t; NaN of a single run.
        public double half() {
            return runs < 2
                    ? Double.NaN
                    : TDistribution.of(runs - 1).inverseSurvivalProbability(TAIL) * deviation / Math.sqrt(runs);
        }
    }

    /// Differences of runs with the same seed, in percentage points.
    ///
    /// @param mean of this strategy's minus the first one's
    /// @param low  lower end of the 95 % interval by Student's t; NaN with fewer than two pairs
    /// @param high upper end
    public record Paired(double mean, double low, double high, int pairs) {
        static Paired of(double[] differences) {
            Spread s = Spread.of(differences);
            double half = s.half();
            return new Paired(s.mean, s.mean - half, s.mean + half, s.runs);
        }
    }

    /// @param target           accuracy on the target, in percent
    /// @param source           the same on the source; null when it was not watched
    /// @param forgetting       points of source accuracy lost
    /// @param targetAgainst    target accuracy against the first strategy's; null for the first
    /// @param forgettingAgainst forgetting against the first strategy's
    public record Row(
            String targetName,
            String strategy,
            Spread target,
            @Nullable Spread source,
            @Nullable Spread forgetting,
            @Nullable Paired targetAgainst,
            @Nullable Paired forgettingAgainst) {}

    /// Mean and spread of runs with the same target and strategy, without a comparison; null if none has finished.
    public static @Nullable Row summary(List<Outcome> alike) {
        Map<Long, Outcome> runs = new LinkedHashMap<>();
        alike.forEach(o -> runs.put(o.seed, o));
        return alike.isEmpty() ? null : row(alike.getFirst().label(), alike.getFirst().strategy, runs, Map.of());
    }

    /// @param outcomes of the runs that have finished; a row needs one at least
    public static StudyTable of(StudyPlan plan, List<Outcome> outcomes) {
        List<Row> rows = new ArrayList<>();
        String first = plan.strategies().getFirst().name();
        for (StudyPlan.Target t : plan.targets()) {
            List<String> labels = outcomes.stream()
                    .filter(o -> o.targetName.equals(t.name()))
                    .map(Outcome::label)
                    .distinct()
                    .sorted(Comparator.comparing((String label) -> !label.equals(t.name())))
                    .toList();
            for (String label : labels) {
                Map<Long, Outcome> base = of(outcomes, label, first);
                for (StudyStrategy s : plan.strategies()) {
                    Map<Long, Outcome> runs = of(outcomes, label, s.name());
                    if (!runs.isEmpty()) {
                        rows.add(row(label, s.name(), runs, s.name().equals(first) ? Map.of() : base));
                    }
                }
            }
        }
        return new StudyTable(rows);
    }

    private static Map<Long, Outcome> of(List<Outcome> outcomes, String label, String strategy) {
        Map<Long, Outcome> bySeed = new LinkedHashMap<>();
        outcomes.stream()
                .filter(o -> o.label().equals(label) && o.strategy.equals(strategy))
                .forEach(o -> bySeed.put(o.seed, o));
        return bySeed;
    }

    private static Row row(String target, String strategy, Map<Long, Outcome> runs, Map<Long, Outcome> base) {
        boolean watched = runs.values().stream().allMatch(o -> o.source != null && o.forgetting != null);
        List<Outcome> paired =
                runs.values().stream().filter(o -> base.containsKey(o.seed)).toList();
        return new Row(
                target,
                strategy,
                Spread.of(
                        runs.values().stream().mapToDouble(o -> 100 * o.target).toArray()),
                watched
                        ? Spread.of(runs.values().stream()
                                .mapToDouble(o -> 100 * value(o.source))
                                .toArray())
                        : null,
                watched
                        ? Spread.of(runs.values().stream()
                                .mapToDouble(o -> value(o.forgetting))
                                .toArray())
                        : null,
                paired.isEmpty()
                        ? null
                        : Paired.of(paired.stream()
                                .mapToDouble(o -> 100 * (o.target - at(base, o.seed).target))
                                .toArray()),
                paired.isEmpty() || !watched
                        ? null
                        : Paired.of(paired.stream()
                                .mapToDouble(o -> value(o.forgetting) - value(at(base, o.seed).forgetting))
                                .toArray()));
    }

    private static Outcome at(Map<Long, Outcome> runs, long seed) {
        return java.util.Objects.requireNonNull(runs.get(seed));
    }

    private static double value(@Nullable Double x) {
        return x == null ? Double.NaN : x;
    }

    /// The table in Markdown.
    ///
    /// @param first name of the first strategy
    public String markdown(String first) {
        StringBuilder text = new StringBuilder(
                "| target | trained | runs | target % | source % | forgotten, points |" + " target against " + first
                        + " | forgotten against " + first + " |\n|---|---|---|---|---|---|---|---|\n");
        for (Row r : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %d | %s | %s | %s | %s | %s |%n",
                    r.targetName,
                    r.strategy,
                    r.target.runs,
                    words(r.target),
                    words(r.source),
                    words(r.forgetting),
                    words(r.targetAgainst),
                    words(r.forgettingAgainst)));
        }
        return text.toString().replace("\r\n", "\n");
    }

    /// What ± and the numbers in brackets mean, for below the table; empty if it has neither.
    public String key() {
        boolean spread = rows.stream().anyMatch(r -> r.target.runs > 1);
        boolean interval = rows.stream().anyMatch(r -> r.targetAgainst != null && !Double.isNaN(r.targetAgainst.low));
        return (spread ? "±: standard deviation over the runs with different seeds." : "")
                + (interval
                        ? " In brackets: 95 % interval of the difference, seed by seed. It is wide with few seeds."
                        : "");
    }

    private static String words(@Nullable Spread s) {
        if (s == null) {
            return "";
        }
        String mean = String.format(Locale.ROOT, "%.1f", s.mean).replaceFirst("^-(0\\.0)$", "$1");
        return Double.isNaN(s.deviation) ? mean : mean + String.format(Locale.ROOT, " ± %.1f", s.deviation);
    }

    private static String words(@Nullable Paired p) {
        if (p == null) {
            return "";
        }
        return Double.isNaN(p.low)
                ? AccuracyChange.signed(p.mean)
                : AccuracyChange.signed(p.mean) + " (" + AccuracyChange.signed(p.low) + " to "
                        + AccuracyChange.signed(p.high) + ")";
    }

    /// The runs themselves, as CSV.
    public static String csv(List<Outcome> outcomes) {
        java.io.StringWriter text = new java.io.StringWriter();
        try (de.siegmar.fastcsv.writer.CsvWriter csv =
                de.siegmar.fastcsv.writer.CsvWriter.builder().build(text)) {
            csv.writeRecord("target", "trained", "seed", "targetAccuracy", "sourceAccuracy", "forgetting");
            for (Outcome o : outcomes) {
                csv.writeRecord(
                        sirkuit.SheetText.cell(o.label()),
                        sirkuit.SheetText.cell(o.strategy()),
                        Long.toString(o.seed()),
                        Double.toString(o.target()),
                        o.source() == null ? "" : Double.toString(o.source()),
                        o.forgetting() == null ? "" : Double.toString(o.forgetting()));
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e); // a StringWriter does not fail
        }
        return text.toString();
    }
}
