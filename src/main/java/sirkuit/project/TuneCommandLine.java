package sirkuit.project;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The `sirkuit tune` that makes a run again, for people to copy.
public final class TuneCommandLine {
    private final List<String> words = new ArrayList<>();

    private TuneCommandLine(RunConfig run) {
        add("--checkpoint", named(run.checkpoint()));
        what(run);
        add("--train", named(run.train().file()));
        add("--target-eval", named(run.targetEval().file()));
        if (run.sourceEval() != null) {
            add("--source-eval", named(run.sourceEval().file()));
        }
        run.watched().forEach((name, data) -> add("--watch", name + "=" + named(data.file())));
        columns(run);
        reading(run);
        settings(run.settings());
        course(run.course());
        add("--out", "run");
    }

    /// @return one option a line
    public static List<String> of(RunConfig run) {
        return List.copyOf(new TuneCommandLine(run).words);
    }

    private void what(RunConfig run) {
        if (run.what() == RunConfig.Trained.FULL) {
            add("--baseline", "full");
        } else if (run.mask() == null) {
            add("--baseline", "norms");
        } else {
            add("--mask", "mask.json");
        }
        if (!run.norms() && run.what() == RunConfig.Trained.MASK) {
            words.add("--no-norms");
        }
        if (run.trainHead()) {
            words.add("--train-head");
        }
    }

    private void columns(RunConfig run) {
        DataFile data = run.train();
        unless("text", "--text-column", data.textColumn());
        unless("label", "--label-column", data.labelColumn());
        unless(null, "--pair-column", data.pairColumn());
        unless(null, "--format", data.format());
        unless(null, "--train-filter", data.filter());
        unless(null, "--target-filter", run.targetEval().filter());
        unless(
                null,
                "--source-filter",
                run.sourceEval() == null ? null : run.sourceEval().filter());
    }

    private void reading(RunConfig run) {
        if (run.labels() != null) {
            add("--labels", String.join(",", run.labels()));
        }
        Prompt prompt = run.prompt();
        if (prompt != null) {
            add("--template", prompt.template());
            if (prompt.verbalizer() != null) {
                add(
                        "--verbalizer",
                        prompt.verbalizer().entrySet().stream()
                                .map(e -> e.getKey() + "=" + e.getValue())
                                .collect(Collectors.joining(",")));
            }
        }
    }

    private void settings(RunConfig.Settings s) {
        add("--epochs", s.epochs());
        add("--batch-size", s.batchSize());
        unless("1", "--accumulate", s.accumulate());
        add("--learning-rate", s.learningRate());
        add("--weight-decay", s.weightDecay());
        add("--warmup", s.warmup());
        add("--clip", s.clip());
        unless(null, "--dropout", s.dropout());
        unless("0", "--evaluate-every", s.evaluateEvery());
        unless("0", "--patience", s.patience());
        unless("0", "--examples", s.examples());
        add("--max-length", s.maxLength());
        add("--seed", s.seed());
    }

    private void course(RunConfig.Course course) {
        unless("linear", "--schedule", course.schedule().name().toLowerCase(Locale.ROOT));
        unless(null, "--max-forgetting", course.maxForgetting());
        if (!course.bucketed()) {
            words.add("--no-buckets");
        }
        if (course.activationCheckpointing()) {
            words.add("--activation-checkpointing");
        }
    }

    private void unless(@Nullable String usual, String option, @Nullable Object value) {
        if (value != null && !Objects.equals(usual, value.toString())) {
            add(option, value);
        }
    }

    private void add(String option, Object value) {
        words.add(option + " " + Markdown.word(value.toString()));
    }

    /// The last two names of a path: enough to know it by, and nothing of where it lies on somebody's disk.
    public static String named(String path) {
        Path whole = Path.of(path);
        int count = whole.getNameCount();
        return count == 0
                ? path
                : whole.subpath(Math.max(0, count - 2), count).toString().replace('\\', '/');
    }
}
