package sirkuit.run;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import sirkuit.record.Baseline;
import sirkuit.record.DataFile;
import sirkuit.record.Defaults;
import sirkuit.record.Replay;
import sirkuit.record.RunConfig;

/// The `sirkuit tune` command that repeats a run, for people to copy.
public final class TuneCommandLine {
    private final OptionLines lines;

    private TuneCommandLine(RunConfig run, UnaryOperator<String> place, String mask) {
        lines = new OptionLines(place);
        lines.path("--checkpoint", run.checkpoint());
        what(run, mask);
        lines.path("--train", run.train().file());
        lines.path("--target-eval", run.targetEval().file());
        if (run.sourceEval() != null) {
            lines.path("--source-eval", run.sourceEval().file());
        }
        replay(run.data().replay());
        lines.unless(null, "--target", run.target());
        lines.unless(null, "--source", run.source());
        run.watched().forEach((name, data) -> lines.path("--watch", name, data.file()));
        lines.columns(run.train());
        lines.unless(null, "--train-filter", run.train().filter());
        lines.unless(null, "--target-filter", run.targetEval().filter());
        lines.unless(
                null,
                "--source-filter",
                run.sourceEval() == null ? null : run.sourceEval().filter());
        labelMaps(run);
        lines.reading(run.labels(), run.prompt());
        settings(lines, run.settings());
        valid(run);
        course(lines, run.course());
        lines.unless(null, "--max-forgetting", run.course().maxForgetting());
        lines.add("--out", "run");
    }

    /// @return one option a line
    public static List<String> of(RunConfig run) {
        return of(run, TuneCommandLine::named, "mask.json");
    }

    /// @param place how a path is written
    /// @param mask  file with the run's mask
    /// @return one option a line
    public static List<String> of(RunConfig run, UnaryOperator<String> place, String mask) {
        return new TuneCommandLine(run, place, mask).lines.lines();
    }

    private void what(RunConfig run, String mask) {
        RunConfig.Parameters p = run.parameters();
        switch (p.what()) {
            case FULL -> lines.add("--baseline", Baseline.FULL.id());
            case BIASES -> lines.add("--baseline", Baseline.BIASES.id());
            case TOP_LAYERS ->
                lines.add("--baseline", Baseline.topLayers(Objects.requireNonNull(p.topLayers(), "by the record")));
            case MASK -> {
                if (p.mask() == null) {
                    lines.add("--baseline", Baseline.NORMS.id());
                } else {
                    lines.add("--mask", mask);
                }
            }
        }
        lines.flag(!p.norms() && p.what() == RunConfig.Trained.MASK, "--no-norms");
        lines.flag(p.trainHead() && p.what() != RunConfig.Trained.TOP_LAYERS, "--train-head");
    }

    private void replay(@Nullable Replay replay) {
        if (replay != null) {
            lines.add("--replay", replay.share());
            lines.path("--source-train", replay.texts().file());
            lines.unless(null, "--source-train-filter", replay.texts().filter());
        }
    }

    /// Written once for all files if they agree.
    private void labelMaps(RunConfig run) {
        boolean alike =
                run.files().values().stream().map(DataFile::labelMap).distinct().count() == 1;
        if (alike) {
            lines.labelMap("--label-map", run.train());
            return;
        }
        run.watched().values().stream().findFirst().ifPresent(data -> lines.labelMap("--label-map", data));
        lines.labelMap("--train-label-map", run.train());
        lines.labelMap("--target-label-map", run.targetEval());
        Replay replay = run.data().replay();
        lines.labelMap(
                "--source-label-map", run.sourceEval() == null && replay != null ? replay.texts() : run.sourceEval());
    }

    /// What such a command cannot express: it reads all files in the same way as the training file.
    ///
    /// @return a sentence; null if the run did the same
    public static @Nullable String unsaid(RunConfig run) {
        String usual = reading(run.train());
        Set<String> others = new LinkedHashSet<>();
        run.files().forEach((role, data) -> {
            boolean watched = run.watched().containsValue(data);
            boolean map = watched
                    && !Objects.equals(
                            data.labelMap(),
                            run.watched().values().iterator().next().labelMap());
            boolean filter = watched && data.filter() != null;
            if (!reading(data).equals(usual) || map || filter) {
                OptionLines own = new OptionLines(UnaryOperator.identity());
                if (map) {
                    own.labelMap("--label-map", data);
                }
                if (filter) {
                    own.unless(null, "--filter", data.filter());
                }
                others.add(named(data.file()) + ": " + reading(data)
                        + (own.lines().isEmpty() ? "" : " " + String.join(" ", own.lines())));
            }
        });
        return others.isEmpty()
                ? null
                : "The command reads all files as the training file (" + usual
                        + "). The run read some of them otherwise: " + String.join("; ", others)
                        + ". Bring them into one form before you run it.";
    }

    /// The options for columns and layout.
    private static String reading(DataFile data) {
        OptionLines own = new OptionLines(UnaryOperator.identity());
        own.add("--text-column", data.textColumn());
        own.add("--label-column", data.labelColumn());
        own.unless(null, "--pair-column", data.pairColumn());
        own.layout(data);
        return String.join(" ", own.lines());
    }

    static void settings(OptionLines lines, RunConfig.Settings s) {
        lines.add("--epochs", s.epochs());
        lines.add("--batch-size", s.batchSize());
        lines.unless(Defaults.ACCUMULATE + "", "--accumulate", s.accumulate());
        lines.add("--learning-rate", s.learningRate());
        lines.add("--weight-decay", s.optimizer().weightDecay());
        lines.add("--warmup", s.optimizer().warmup());
        lines.add("--clip", s.optimizer().clip());
        lines.unless(null, "--l2-sp", s.optimizer().l2sp());
        lines.unless(null, "--dropout", s.dropout());
        lines.unless("0", "--evaluate-every", s.evaluateEvery());
        lines.unless("0", "--patience", s.patience());
        lines.unless("0", "--examples", s.examples());
        lines.add("--max-length", s.maxLength());
        lines.add("--seed", s.seed());
    }

    private void valid(RunConfig run) {
        DataFile valid = run.data().valid();
        if (valid != null) {
            lines.path("--valid", valid.file());
            lines.unless(null, "--valid-filter", valid.filter());
        }
        lines.unless(null, "--keep-aside", run.data().validShare());
        lines.flag(run.settings().patience() > 0 && !run.hasValid(), "--keep-aside=0");
    }

    static void course(OptionLines lines, RunConfig.Course course) {
        lines.unless("linear", "--schedule", course.schedule().name().toLowerCase(Locale.ROOT));
        lines.flag(!course.bucketed(), "--no-buckets");
        lines.flag(course.activationCheckpointing(), "--activation-checkpointing");
    }

    /// The last two names of a path: enough to recognise it, without showing where it is on somebody's disk.
    public static String named(String path) {
        Path whole = Path.of(path);
        int count = whole.getNameCount();
        return count == 0
                ? path
                : whole.subpath(Math.max(0, count - 2), count).toString().replace('\\', '/');
    }
}
