package sirkuit.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;
import sirkuit.AccuracyChange;
import sirkuit.record.LearningRate;
import sirkuit.record.RunTexts;
import sirkuit.run.RunGroup;

/// The results of a study's runs: mean and standard deviation over seeds, and each strategy compared with the first
/// one, pair by pair of runs with the same seed.
///
/// @param rows a row each target, strategy and learning rate, in the order of the plan
public record StudyTable(List<Row> rows) {
    /// A finished run.
    ///
    /// @param rate       learning rate
    /// @param target     accuracy on the target, 0 to 1
    /// @param source     accuracy on the source; null when it was not watched
    /// @param forgetting source accuracy lost, in percentage points; null when it was not watched
    /// @param gain       target accuracy won, in percentage points; null when the accuracy before is not known
    /// @param valid      accuracy on the valid split, 0 to 1; null without one
    /// @param apart      in what its texts are not those of the target's first run; empty where they are the same
    public record Outcome(
            String targetName,
            String strategy,
            double rate,
            long seed,
            double target,
            @Nullable Double source,
            @Nullable Double forgetting,
            @Nullable Double gain,
            @Nullable Double valid,
            String apart) {
        /// Its target in the table. Runs that were measured on other texts are not averaged together.
        String label() {
            return apart.isEmpty() ? targetName : targetName + ", " + apart;
        }

        private Outcome apart(String from) {
            return new Outcome(targetName, strategy, rate, seed, target, source, forgetting, gain, valid, from);
        }
    }

    /// A run that diverged: its loss or its gradient was no longer a number.
    ///
    /// @param why in English
    public record Failure(String targetName, String strategy, double rate, long seed, String why) {}

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

        /// `56.0 ± 1.2`: mean and deviation; empty for null and without runs.
        public static String words(@Nullable Spread s) {
            if (s == null || s.runs == 0) {
                return "";
            }
            String mean = String.format(Locale.ROOT, "%.1f", s.mean).replaceFirst("^-(0\\.0)$", "$1");
            return Double.isNaN(s.deviation) ? mean : mean + String.format(Locale.ROOT, " ± %.1f", s.deviation);
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

    /// @param rate             learning rate
    /// @param target           accuracy on the target, in percent
    /// @param source           the same on the source; null when it was not watched
    /// @param forgetting       points of source accuracy lost
    /// @param targetAgainst    target accuracy against the first strategy's; null for the first, and where rates
    ///                         have not been chosen
    /// @param forgettingAgainst forgetting against the first strategy's
    /// @param failed           runs that diverged
    public record Row(
            String targetName,
            String strategy,
            double rate,
            Spread target,
            @Nullable Spread source,
            @Nullable Spread forgetting,
            @Nullable Paired targetAgainst,
            @Nullable Paired forgettingAgainst,
            int failed) {}

    /// Mean and spread of runs with the same target and strategy, without a comparison; null if none has finished.
    public static @Nullable Row summary(List<Outcome> alike) {
        Map<Long, Outcome> runs = new LinkedHashMap<>();
        alike.forEach(o -> runs.put(o.seed, o));
        return alike.isEmpty()
                ? null
                : row(alike.getFirst().label(), alike.getFirst().strategy, alike.getFirst().rate, runs, Map.of(), 0);
    }

    /// @param outcomes of the runs that have finished; a row needs one at least, or a failure
    /// @param failures of the runs that diverged
    public static StudyTable of(StudyPlan plan, List<Outcome> outcomes, List<Failure> failures) {
        List<Row> rows = new ArrayList<>();
        for (StudyPlan.Target t : plan.targets()) {
            List<Failure> failed =
                    failures.stream().filter(f -> f.targetName.equals(t.name())).toList();
            List<String> labels = labels(t.name(), outcomes);
            for (String label : labels.isEmpty() ? List.of(t.name()) : labels) {
                rows.addAll(
                        rows(plan, label, outcomes, label.equals(t.name()) ? failed : List.of(), !plan.severalRates()));
            }
        }
        return new StudyTable(rows);
    }

    /// What the runs of a target are called in the table: its name, and that of each group measured on other texts.
    static List<String> labels(String target, List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(o -> o.targetName.equals(target))
                .map(Outcome::label)
                .distinct()
                .sorted(Comparator.comparing((String label) -> !label.equals(target)))
                .toList();
    }

    /// The rows of one target.
    ///
    /// @param compare whether each strategy is compared with the first
    static List<Row> rows(
            StudyPlan plan, String label, List<Outcome> outcomes, List<Failure> failures, boolean compare) {
        List<Row> rows = new ArrayList<>();
        List<Outcome> here =
                outcomes.stream().filter(o -> o.label().equals(label)).toList();
        String first = plan.strategies().getFirst().name();
        Map<Long, Outcome> base =
                bySeed(here.stream().filter(o -> o.strategy.equals(first)).toList());
        for (StudyStrategy s : plan.strategies()) {
            for (double rate : s.rates()) {
                Map<Long, Outcome> runs = bySeed(here.stream()
                        .filter(o -> o.strategy.equals(s.name()) && o.rate == rate)
                        .toList());
                int failed = (int) failures.stream()
                        .filter(f -> f.strategy.equals(s.name()) && f.rate == rate)
                        .count();
                if (!runs.isEmpty() || failed > 0) {
                    boolean alone = !compare || s.name().equals(first);
                    rows.add(row(label, s.name(), rate, runs, alone ? Map.of() : base, failed));
                }
            }
        }
        return rows;
    }

    private static Map<Long, Outcome> bySeed(List<Outcome> outcomes) {
        Map<Long, Outcome> bySeed = new LinkedHashMap<>();
        outcomes.forEach(o -> bySeed.put(o.seed, o));
        return bySeed;
    }

    private static Row row(
            String target, String strategy, double rate, Map<Long, Outcome> runs, Map<Long, Outcome> base, int failed) {
        boolean watched =
                !runs.isEmpty() && runs.values().stream().allMatch(o -> o.source != null && o.forgetting != null);
        List<Outcome> paired =
                runs.values().stream().filter(o -> base.containsKey(o.seed)).toList();
        return new Row(
                target,
                strategy,
                rate,
                spread(runs, o -> 100 * o.target),
                watched ? spread(runs, o -> 100 * value(o.source)) : null,
                watched ? spread(runs, o -> value(o.forgetting)) : null,
                paired.isEmpty()
                        ? null
                        : Paired.of(paired.stream()
                                .mapToDouble(o -> 100 * (o.target - at(base, o.seed).target))
                                .toArray()),
                paired.isEmpty() || !watched
                        ? null
                        : Paired.of(paired.stream()
                                .mapToDouble(o -> value(o.forgetting) - value(at(base, o.seed).forgetting))
                                .toArray()),
                failed);
    }

    private static Spread spread(Map<Long, Outcome> runs, ToDoubleFunction<Outcome> of) {
        return Spread.of(runs.values().stream().mapToDouble(of).toArray());
    }

    private static Outcome at(Map<Long, Outcome> runs, long seed) {
        return java.util.Objects.requireNonNull(runs.get(seed));
    }

    private static double value(@Nullable Double x) {
        return x == null ? Double.NaN : x;
    }

    /// The table in Markdown. It has a column of failures where a run diverged.
    ///
    /// @param first name of the first strategy
    /// @param rates whether strategies have several learning rates, which are then a column, and not compared yet
    public String markdown(String first, boolean rates) {
        return new MarkdownTable<Row>()
                .column("target", Row::targetName)
                .column("trained", Row::strategy)
                .column(rates, "rate", r -> LearningRate.words(r.rate))
                .column("runs", r -> r.target.runs + "")
                .column(rows.stream().anyMatch(r -> r.failed > 0), "diverged", r -> r.failed + "")
                .column("target %", r -> Spread.words(r.target))
                .column("source %", r -> Spread.words(r.source))
                .column("forgotten, points", r -> Spread.words(r.forgetting))
                .column(!rates, "target against " + first, r -> words(r.targetAgainst))
                .column(!rates, "forgotten against " + first, r -> words(r.forgettingAgainst))
                .of(rows);
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

    static String words(@Nullable Paired p) {
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
            csv.writeRecord(
                    "target",
                    "trained",
                    "seed",
                    "targetAccuracy",
                    "sourceAccuracy",
                    "forgetting",
                    "learningRate",
                    "gain",
                    "validAccuracy");
            for (Outcome o : outcomes) {
                csv.writeRecord(
                        sirkuit.SheetText.cell(o.label()),
                        sirkuit.SheetText.cell(o.strategy()),
                        Long.toString(o.seed()),
                        Double.toString(o.target()),
                        number(o.source()),
                        number(o.forgetting()),
                        Double.toString(o.rate()),
                        number(o.gain()),
                        number(o.valid()));
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e); // a StringWriter does not fail
        }
        return text.toString();
    }

    private static String number(@Nullable Double x) {
        return x == null ? "" : Double.toString(x);
    }
}
