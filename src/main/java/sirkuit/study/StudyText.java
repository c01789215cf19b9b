package sirkuit.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sirkuit.AccuracyChange;
import sirkuit.record.LearningRate;
import sirkuit.run.ChosenOn;

/// The results of a study in Markdown.
record StudyText(StudyPlan plan) {
    private static final String LINE = System.lineSeparator();

    private record Point(FairStudy.Reached of, Frontier.Point at) {}

    private String first() {
        return plan.strategies().getFirst().name();
    }

    String of(StudyTable table, FairStudy fair) {
        List<String> parts = new ArrayList<>();
        parts.add(table.markdown(first(), plan.severalRates()));
        if (!fair.ownBest().isEmpty()) {
            parts.add("Each strategy at its own best rate. The valid split chose the rate, so its accuracy is"
                    + " likely too high. The test texts chose nothing." + LINE);
            parts.add(ownBest(fair));
        }
        String key = new StudyTable(Stream.concat(
                                table.rows().stream(), fair.ownBest().stream().map(FairStudy.OwnBest::row))
                        .toList())
                .key();
        if (!key.isEmpty()) {
            parts.add(key.strip() + LINE);
        }
        plan.targets().stream()
                .map(t -> ChosenOn.of(plan.settings(), plan.course(), plan.hasValid(t))
                        .sentence())
                .filter(s -> s != null)
                .distinct()
                .forEach(s -> parts.add(s + LINE));
        if (!fair.frontiers().isEmpty()) {
            parts.add("Frontier: what each strategy can reach. Means over the seeds, in percentage points." + LINE);
            parts.add(frontiers(fair));
        }
        if (!fair.compared().isEmpty()) {
            parts.add(compared(fair));
            parts.add(verdicts(fair));
        }
        return String.join(LINE, parts);
    }

    private String ownBest(FairStudy fair) {
        return new MarkdownTable<FairStudy.OwnBest>()
                .column("target", b -> b.row().targetName())
                .column("trained", b -> b.row().strategy())
                .column("own best rate", b -> LearningRate.words(b.row().rate()))
                .column("valid %", b -> StudyTable.Spread.words(b.valid()))
                .column("runs", b -> b.row().target().runs() + "")
                .column("target %", b -> StudyTable.Spread.words(b.row().target()))
                .column("source %", b -> StudyTable.Spread.words(b.row().source()))
                .column(
                        "forgotten, points",
                        b -> StudyTable.Spread.words(b.row().forgetting()))
                .column(
                        "target against " + first(),
                        b -> StudyTable.words(b.row().targetAgainst()))
                .column(
                        "forgotten against " + first(),
                        b -> StudyTable.words(b.row().forgettingAgainst()))
                .of(fair.ownBest());
    }

    private static String frontiers(FairStudy fair) {
        return new MarkdownTable<Point>()
                .column("target", p -> p.of.target())
                .column("trained", p -> p.of.strategy())
                .column("rate", p -> LearningRate.words(p.at.rate()))
                .column("forgotten", p -> AccuracyChange.signed(p.at.forgetting()))
                .column("gain", p -> AccuracyChange.signed(p.at.gain()))
                .of(fair.frontiers().stream()
                        .flatMap(r -> r.frontier().points().stream().map(p -> new Point(r, p)))
                        .toList());
    }

    private String compared(FairStudy fair) {
        return new MarkdownTable<FairStudy.Compared>()
                .column("target", FairStudy.Compared::target)
                .column("trained", FairStudy.Compared::strategy)
                .column("at a gain of", c -> at(c.comparison().forgetting()))
                .column("forgotten", c -> one(c.comparison().forgetting()))
                .column("of " + first(), c -> other(c.comparison().forgetting()))
                .column("difference", c -> difference(c.comparison().forgetting()))
                .column("at a forgetting of", c -> at(c.comparison().gain()))
                .column("gain", c -> one(c.comparison().gain()))
                .column(first() + " gains", c -> other(c.comparison().gain()))
                .column("difference of gains", c -> difference(c.comparison().gain()))
                .of(fair.compared());
    }

    private static String at(FairComparison.@Nullable Difference d) {
        return d == null ? "" : AccuracyChange.signed(d.at());
    }

    private static String one(FairComparison.@Nullable Difference d) {
        return d == null ? "" : AccuracyChange.signed(d.first());
    }

    private static String other(FairComparison.@Nullable Difference d) {
        return d == null ? "" : AccuracyChange.signed(d.second());
    }

    private static String difference(FairComparison.@Nullable Difference d) {
        if (d == null) {
            return "";
        }
        return Double.isNaN(d.half())
                ? AccuracyChange.signed(d.value())
                : AccuracyChange.signed(d.value()) + " (" + AccuracyChange.signed(d.value() - d.half()) + " to "
                        + AccuracyChange.signed(d.value() + d.half()) + ")";
    }

    private String verdicts(FairStudy fair) {
        boolean targets = plan.targets().size() > 1
                || fair.compared().stream()
                                .map(FairStudy.Compared::target)
                                .distinct()
                                .count()
                        > 1;
        StringBuilder text = new StringBuilder();
        for (FairStudy.Compared c : fair.compared()) {
            text.append(targets ? c.target() + ": " : "")
                    .append(c.verdict().sentence())
                    .append(LINE);
        }
        if (!plan.severalRates()) {
            text.append(String.format(
                    Locale.ROOT,
                    "Every strategy has a single learning rate. Other rates may turn this round (--learning-rates)."
                            + "%n"));
        }
        return text.toString();
    }
}
