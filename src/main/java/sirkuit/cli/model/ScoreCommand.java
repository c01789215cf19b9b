package sirkuit.cli.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sirkuit.Range;
import sirkuit.cli.shared.CommandEngine;
import sirkuit.cli.shared.OptionRange;
import sirkuit.cli.shared.Options;
import sirkuit.cli.shared.OutFile;
import sirkuit.mask.Head;
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.Defaults;
import sirkuit.record.ScoreRecord;

/// `sirkuit score`.
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        description = "Scores the relevance of every attention head for the task that the labels describe.",
        footer = {"", "Example: sirkuit score --checkpoint DIR --data train.csv --method cdt --out scores.json"})
public final class ScoreCommand implements Callable<Integer> {
    private static final int SHOWN = 12;

    @Mixin
    public Options.Task task = new Options.Task();

    @Option(
            names = "--method",
            paramLabel = "cdt|cdt-magnitude|gradient|ablation|random",
            defaultValue = "cdt",
            description = "How to score (default: ${DEFAULT-VALUE}).")
    public String method = "cdt";

    @Option(names = "--stabilised", description = "CD-T's stabilised variant.")
    boolean stabilised;

    @Mixin
    Options.Drawing drawing = new Options.Drawing();

    @Option(
            names = "--examples",
            paramLabel = "N",
            description = "Score every head on N label-balanced examples. They are not those of the baseline, if"
                    + " there are enough. Default: " + Defaults.EXAMPLES
                    + ". CD-T uses fewer once the top heads are decided (--top-k).")
    @Nullable
    Integer examples;

    @Option(
            names = "--top-k",
            paramLabel = "K",
            description = "CD-T must decide which heads are the K top heads (default: a quarter of the heads).")
    @Nullable
    Integer topK;

    @Option(
            names = "--confidence",
            paramLabel = "P",
            defaultValue = Defaults.CONFIDENCE_TEXT,
            description = "A head is decided when it is in the top, or not in it, with this probability (default:"
                    + " ${DEFAULT-VALUE}).")
    double confidence = Defaults.CONFIDENCE;

    @Option(
            names = "--budget",
            paramLabel = "N",
            defaultValue = "" + Defaults.EXAMPLES,
            description = "Maximum number of examples for deciding the top heads (default: ${DEFAULT-VALUE}).")
    int budget = Defaults.EXAMPLES;

    @Option(
            names = "--heads",
            paramLabel = "L.H,...",
            split = ",",
            description = "Only these heads, such as 0.3,2.1 or L0H3,L2H1.")
    @Nullable
    List<String> heads;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to write the scores (JSON); - for standard output.")
    @Nullable
    Path out;

    @Mixin
    Options.Running running = new Options.Running();

    @Override
    public Integer call() {
        Request.Score request = request();
        OutFile.requireWritable(out);
        try (CommandEngine engine = running.start()) {
            engine.run(request, event -> {
                if (event instanceof Event.Scored scored) {
                    ScoreRecord record = scored.scores();
                    running.finish(out, record, () -> print(record), record::text);
                }
            });
        }
        return 0;
    }

    private Request.Score request() {
        boolean refined = examples == null;
        Request.Model of = task.model();
        return OptionRange.of(Map.of("examples", refined ? "--budget" : "--examples", "refine", "--confidence"), () -> {
            if (topK != null) {
                Range.atLeast("topK", topK, 1); // 0 means the default there
            }
            return new Request.Score(
                    of,
                    task.texts(),
                    ScoreMethod.of(method),
                    stabilised,
                    drawing.baselineExamples,
                    refined ? budget : Objects.requireNonNull(examples),
                    drawing.seed,
                    heads == null ? null : heads.stream().map(Head::parse).toList(),
                    topK == null ? 0 : topK,
                    refined ? confidence : null);
        });
    }

    private void print(ScoreRecord record) {
        RelevanceScores scores = record.scores();
        ScoreRecord.Confidence confidence = record.confidence();
        System.out.printf(
                Locale.ROOT,
                "%s, %d examples (mean baseline over %s), %.1f s%n",
                record.method().id(),
                record.examples(),
                baseline(record),
                record.seconds());
        if (confidence != null && topK == null) {
            System.out.println("Top heads: " + confidence.topK()
                    + ", a quarter of all heads. To choose another number, give --top-k.");
        }
        List<Head> ranked = scores.ranked();
        for (Head h : ranked.subList(0, Math.min(SHOWN, ranked.size()))) {
            double error = scores.standardError()[h.layer()][h.head()];
            double inTop = confidence == null ? Double.NaN : confidence.inTopK()[h.layer()][h.head()];
            System.out.printf(
                    Locale.ROOT,
                    "  layer %2d head %2d  %+.4f%s%s%n",
                    h.layer(),
                    h.head(),
                    scores.score(h),
                    record.method().measured() ? String.format(Locale.ROOT, " ± %.4f", error) : "",
                    confidence == null || Double.isNaN(inTop)
                            ? ""
                            : String.format(Locale.ROOT, "  in the top %d: %.0f %%", confidence.topK(), 100 * inTop));
        }
        if (ranked.size() > SHOWN) {
            System.out.println("  ... and " + (ranked.size() - SHOWN) + " more");
        }
        if (confidence != null && confidence.level() != null) {
            System.out.println(
                    confidence.settled()
                            ? "With other texts, the top " + confidence.topK() + " would be the same."
                            : "With other texts, the top " + confidence.topK() + " could differ (see the percentages)."
                                    + " More texts (--budget) make them more certain.");
        }
    }

    /// `60 negative, 60 neutral, 60 positive`
    private static String baseline(ScoreRecord record) {
        return IntStream.range(0, record.samples().baselinePerLabel().length)
                .mapToObj(i -> record.samples().baselinePerLabel()[i] + " "
                        + (i < record.labels().size() ? record.labels().get(i) : "of class " + i))
                .collect(Collectors.joining(", "));
    }
}
