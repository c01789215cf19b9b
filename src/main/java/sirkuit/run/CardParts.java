package sirkuit.run;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sirkuit.WilsonInterval;
import sirkuit.dataset.table.RowFilter;
import sirkuit.record.DataFile;
import sirkuit.record.Replay;
import sirkuit.record.RunConfig;

/// What the model cards of runs and of proxies share.
final class CardParts {
    private CardParts() {}

    /// `owner/name` if the path is in the hub's cache, otherwise the folder's name in characters that the hub
    /// allows.
    static String baseModel(String checkpoint) {
        Path folder = Path.of(checkpoint);
        for (Path part : folder) {
            String[] names = part.toString().split("--", 3);
            if (names.length == 3 && names[0].equals("models")) {
                return allowed(names[1]) + "/" + allowed(names[2]);
            }
        }
        return folder.getFileName() == null
                ? "base"
                : allowed(folder.getFileName().toString());
    }

    private static String allowed(String name) {
        String letters = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+|[.-]+$", "");
        return letters.isEmpty() ? "base" : letters.substring(0, Math.min(96, letters.length()));
    }

    /// The language that the training texts were filtered by, if they were.
    static @Nullable String language(RunConfig run) {
        if (run.train().filter() == null) {
            return null;
        }
        RowFilter filter = RowFilter.parse(run.train().filter());
        return filter.column().toLowerCase(Locale.ROOT).startsWith("lang")
                        && filter.value().matches("[a-z]{2,3}")
                ? filter.value()
                : null;
    }

    /// A line of a table of accuracies; none without a figure.
    static void row(StringBuilder text, String texts, String when, RunOutcome.@Nullable Figure figure) {
        if (figure != null) {
            WilsonInterval interval = WilsonInterval.of(figure.accuracy(), figure.examples());
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %d | %.1f | %.1f to %.1f | %.1f |\n",
                    texts,
                    when,
                    figure.examples(),
                    percent(figure.accuracy()),
                    percent(interval.low()),
                    percent(interval.high()),
                    percent(figure.macroF1())));
        }
    }

    /// Rounded to a tenth, so that 207 of 400 gives 51.8 and not 51.7, which the nearest binary number would give.
    private static double percent(double share) {
        return Math.round(1000 * share) / 10.0;
    }

    /// What a run was told, in sentences.
    static String settings(RunConfig run, RunOutcome outcome) {
        RunConfig.Settings s = run.settings();
        return String.join(
                "\n",
                "## Settings",
                "",
                "AdamW, linear warm-up, then " + schedule(run) + ". Epochs " + s.epochs() + ", batch " + s.batchSize()
                        + " x "
                        + s.accumulate() + ", learning rate " + s.learningRate() + ", weight decay "
                        + s.optimizer().weightDecay() + ", warm-up "
                        + s.optimizer().warmup() + ", clipping " + s.optimizer().clip() + kept(run) + ", dropout "
                        + (s.dropout() == null ? "the checkpoint's" : s.dropout()) + ", patience "
                        + (s.patience() == 0 ? "none" : s.patience())
                        + forgetting(run) + ", batches " + (run.course().bucketed() ? "of like length" : "as drawn")
                        + ", at most "
                        + s.maxLength()
                        + " tokens, seed " + s.seed()
                        + (run.course().activationCheckpointing() ? ", layers computed again on the way back" : "")
                        + ".",
                String.format(Locale.ROOT, "%d steps, %.0f seconds.", outcome.steps(), outcome.seconds()),
                "");
    }

    /// What holds on to the source.
    private static String kept(RunConfig run) {
        Double l2sp = run.settings().optimizer().l2sp();
        Replay replay = run.data().replay();
        return (l2sp == null ? "" : ", L2-SP " + l2sp)
                + (replay == null ? "" : ", replay of source texts " + replay.share() + " of each step");
    }

    private static String forgetting(RunConfig run) {
        Double limit = run.course().maxForgetting();
        return run.sourceEval() == null ? "" : ", forgetting allowed " + (limit == null ? "any" : limit + " points");
    }

    private static String schedule(RunConfig run) {
        return switch (run.course().schedule()) {
            case LINEAR -> "linear decay";
            case COSINE -> "cosine decay";
            case CONSTANT -> "constant";
        };
    }

    /// Shortens paths: notes have the full paths of the day the run was made.
    static String shortened(RunConfig run, String note) {
        String text = note;
        for (DataFile data : run.files().values()) {
            String name = TuneCommandLine.named(data.file());
            String last = name.substring(name.lastIndexOf('/') + 1);
            text = text.replaceAll(
                    "(?<=^|\\s)([A-Za-z]:)?[/\\\\]((?!\\s[/\\\\]).)*?[/\\\\]" + Pattern.quote(last),
                    Matcher.quoteReplacement(last));
        }
        return Markdown.text(text);
    }
}
