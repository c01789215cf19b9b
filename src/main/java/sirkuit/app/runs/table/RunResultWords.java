package sirkuit.app.runs.table;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;
import sirkuit.app.runs.ChosenOnWarning;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.StudyPlace;
import sirkuit.record.RunConfig;
import sirkuit.run.RunGroup;
import sirkuit.run.RunKind;
import sirkuit.study.StudyTable;

/// Runs in the window's words: their targets, what they train, what they came to.
public final class RunResultWords {
    private static final int LONGEST = 18;

    private RunResultWords() {}

    /// `Minangkabau`, `Minangkabau, other test texts`.
    public static String words(RunGroup<?> group) {
        String apart = group.apart().stream()
                .map(d -> Words.of("runs.apart." + d.name()))
                .collect(Collectors.joining(", "));
        String label = group.texts().target() + (apart.isEmpty() ? "" : ", " + apart);
        return group.number() == 1 ? label : label + " (" + group.number() + ")";
    }

    /// What a run trains: the name of its study's strategy, or the kind of run.
    public static String strategy(RunModel run) {
        StudyPlace place = run.place();
        return place == null ? words(run.config()) : place.trained();
    }

    /// `full`, `top heads + replay`.
    private static String words(RunConfig config) {
        StringBuilder words = new StringBuilder(kind(RunKind.trained(config)));
        if (config.settings().optimizer().l2sp() != null) {
            words.append(" + ").append(Words.of("runs.trained.l2sp"));
        }
        if (config.data().replay() != null) {
            words.append(" + ").append(Words.of("runs.trained.replay"));
        }
        return words.toString();
    }

    /// The name of a kind of run.
    public static String kind(RunKind kind) {
        return Words.of(
                switch (kind) {
                    case FULL -> "runs.group.full";
                    case ALL_HEADS -> "runs.group.all";
                    case NORMS -> "runs.group.norms";
                    case BIASES -> "runs.group.biases";
                    case TOP_LAYERS -> "runs.group.layers";
                    case TOP -> "runs.group.top";
                    case NEAR_ZERO -> "runs.group.near";
                    case RANDOM -> "runs.group.random";
                    case OTHER -> "runs.group.other";
                    case KEEPING -> "runs.group.keeping";
                });
    }

    /// All that the table says about a line, for its tooltip.
    public static String all(RunRow row) {
        return switch (row) {
            case RunRow.One(RunModel run) -> all(run);
            case RunRow.OfStrategy strategy -> all(strategy);
            case RunRow.OfStudy study ->
                Words.of(
                        "runs.row.study",
                        study.study(),
                        study.strategies().size() + "",
                        study.finished() + "",
                        study.runs().size() + "");
        };
    }

    private static String all(RunModel run) {
        String name = Words.of("runs.row.number", run.number() + 1 + "", run.name());
        StudyPlace place = run.place();
        return String.join(
                        "\n",
                        run.precomputed() ? Words.of("runs.precomputed.more", name) : name,
                        Words.of("runs.row.what", run.texts().target(), strategy(run), run.trained()),
                        Words.of(
                                "runs.row.settings",
                                run.config().settings().seed() + "",
                                Numbers.plain(run.config().settings().learningRate())),
                        Words.of(
                                "runs.row.figures",
                                RunColumns.change(run.targetBefore(), run.targetNow())
                                        .words(),
                                RunColumns.change(run.sourceBefore(), run.sourceNow())
                                        .words(),
                                RunColumns.points(run.forgetting()).words()),
                        RunColumns.status(run).words())
                + (place == null ? "" : "\n" + Words.of("runs.row.of", place.study()))
                + ChosenOnWarning.words(run);
    }

    private static String all(RunRow.OfStrategy strategy) {
        RunRow.Summary summary = strategy.summary().get();
        String name = Words.of(
                "runs.row.strategy",
                strategy.strategy(),
                strategy.runs().getFirst().texts().target(),
                strategy.study());
        String count = Words.of(
                "runs.row.finished", strategy.finished() + "", strategy.runs().size() + "");
        if (summary == null) {
            return name + "\n" + count;
        }
        return String.join(
                "\n",
                name,
                count,
                spread("runs.column.target", summary.target()),
                spread("runs.column.source", summary.source()),
                spread("runs.column.gain", summary.gain()),
                spread("runs.column.forgotten", summary.forgetting()),
                Words.of("runs.row.interval"));
    }

    /// `Target %: 85.0 ± 3.1; standard deviation 1.3`.
    public static String spread(String column, StudyTable.@Nullable Spread spread) {
        String words = Words.of(column) + ": "
                + RunColumns.Shown.of(spread, column.endsWith("gain") || column.endsWith("forgotten"))
                        .words();
        return spread == null || Double.isNaN(spread.deviation())
                ? words
                : words + "; " + Words.of("runs.row.deviation", Numbers.decimal(spread.deviation(), 1));
    }

    /// A name, shortened to fit beside a plot.
    public static String shortened(String name) {
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST - 1).strip() + "…";
    }
}
