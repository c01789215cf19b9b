package sirkuit.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.engine.Event;
import sirkuit.engine.Request;
import sirkuit.mask.Head;
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;
import sirkuit.project.ScoreRecord;

/// `sirkuit score`.
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        description = "Relevance of every attention head for the task that the data's labels pose.",
        footer = {"", "Example: sirkuit score --checkpoint DIR --data train.csv --method cdt --out scores.json"})
final class ScoreCommand implements Callable<Integer> {
    private static final int SHOWN = 12;

    @Mixin
    Options.Model model = new Options.Model();

    @Option(names = "--data", paramLabel = "FILE", required = true, description = "CSV with texts and labels.")
    Path data = Path.of("");

    @Mixin
    Options.Columns columns = new Options.Columns();

    @Option(
            names = "--method",
            paramLabel = "cdt|cdt-magnitude|gradient|ablation|random",
            defaultValue = "cdt",
            description = "How to score (default: ${DEFAULT-VALUE}).")
    String method = "cdt";

    @Option(names = "--stabilised", description = "CD-T's stabilised variant.")
    boolean stabilised;

    @Option(
            names = "--baseline-examples",
            paramLabel = "N",
            defaultValue = "180",
            description = "Label-balanced examples for the mean baseline (default: ${DEFAULT-VALUE}).")
    int baselineExamples = 180;

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "120",
            description = "Label-balanced examples to score, others than the baseline's where there are enough"
                    + " (default: ${DEFAULT-VALUE}).")
    int examples = 120;

    @Option(names = "--heads", paramLabel = "L.H,...", split = ",", description = "Only these heads, such as 0.3,2.1.")
    @Nullable
    List<String> heads;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Of the samples (default: 0).")
    long seed;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write the scores (JSON).")
    @Nullable
    Path out;

    @Mixin
    Options.Device device = new Options.Device();

    @Mixin
    Options.Output output = new Options.Output();

    @Override
    public Integer call() {
        Request.Score request = new Request.Score(
                model.model(),
                columns.of(data),
                ScoreMethod.of(method),
                stabilised,
                positive("--baseline-examples", baselineExamples),
                positive("--examples", examples),
                seed,
                heads == null ? null : heads.stream().map(Head::parse).toList());
        if (out != null) {
            AtomicFile.requireWritable(out);
        }
        try (EngineSession engine = new EngineSession(device.engine())) {
            engine.run(request, event -> {
                if (event instanceof Event.Scored scored) {
                    finish(scored.scores());
                }
            });
        }
        return 0;
    }

    private static int positive(String option, int value) {
        if (value < 1) {
            throw new sirkuit.Problem(option + " is " + value + ".", "Give a number of at least 1.");
        }
        return value;
    }

    /// Printed before it is written: what was computed is not lost with the file.
    private void finish(ScoreRecord record) {
        if (output.json) {
            System.out.println(Json.line(record));
        } else {
            print(record);
        }
        if (out != null) {
            record.write(out);
            System.err.println("written to " + out);
        }
    }

    private static void print(ScoreRecord record) {
        RelevanceScores scores = record.scores();
        System.out.printf(
                Locale.ROOT,
                "%s, %d examples (mean over %s), %.1f s%n",
                record.method().id(),
                record.examples(),
                Arrays.toString(record.baselinePerLabel()),
                record.seconds());
        List<Head> ranked = scores.ranked();
        for (Head h : ranked.subList(0, Math.min(SHOWN, ranked.size()))) {
            System.out.printf(
                    Locale.ROOT,
                    "  layer %2d head %2d  %+.4f ± %.4f%n",
                    h.layer(),
                    h.head(),
                    scores.score(h),
                    scores.standardError()[h.layer()][h.head()]);
        }
        if (ranked.size() > SHOWN) {
            System.out.println("  ... and " + (ranked.size() - SHOWN) + " more");
        }
    }
}
