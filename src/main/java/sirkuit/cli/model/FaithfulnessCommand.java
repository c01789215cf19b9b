package sirkuit.cli.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sirkuit.Json;
import sirkuit.Printable;
import sirkuit.cli.shared.CommandEngine;
import sirkuit.cli.shared.ModelShape;
import sirkuit.cli.shared.OptionRange;
import sirkuit.cli.shared.Options;
import sirkuit.cli.shared.OutFile;
import sirkuit.protocol.Event;
import sirkuit.protocol.Event.Judged.JudgedAccuracy;
import sirkuit.protocol.Request;
import sirkuit.record.Defaults;

/// `sirkuit faithfulness`.
@Command(
        name = "faithfulness",
        mixinStandardHelpOptions = true,
        description = {
            "Measures accuracy and margin with only the heads of the mask, and without them (mean"
                    + " ablation), and compares with the same number of random heads.",
            "Give source test texts: if the checkpoint was trained on the texts, its accuracy says little.",
            "With --scores, also measures how well the ranking by that score predicts mean ablation, on the"
                    + " scored examples and on others of the same file. Then --data must be the file that was scored."
        },
        footer = {
            "",
            "Examples: sirkuit faithfulness --checkpoint DIR --data test.csv --mask mask.json",
            "          sirkuit faithfulness --checkpoint DIR --data train.csv --mask mask.json --scores scores.json"
        })
public final class FaithfulnessCommand implements Callable<Integer> {
    @Mixin
    Options.Model model = new Options.Model();

    @Option(
            names = "--data",
            paramLabel = "FILE",
            required = true,
            description = "Texts with labels: some for the mean baseline, the others to evaluate on.")
    Path data = Path.of("");

    @Mixin
    Options.Columns columns = new Options.Columns();

    @Option(names = "--mask", paramLabel = "mask.json", required = true, description = "The selected heads.")
    Path mask = Path.of("");

    @Option(names = "--scores", paramLabel = "scores.json", description = "A score to compare with mean ablation.")
    @Nullable
    Path scores;

    @Mixin
    Options.Drawing drawing = new Options.Drawing();

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "0",
            description = "Label-balanced examples to evaluate on (default: all that are left). With --scores, there"
                    + " is one pass over them for each head, which can take minutes: --examples " + Defaults.EXAMPLES
                    + " is faster.")
    int examples;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to write the result (JSON); - for standard output.")
    @Nullable
    Path out;

    @Mixin
    Options.Running running = new Options.Running();

    @Override
    public Integer call() {
        Request.Model of = model.model();
        Request.Faithfulness request = OptionRange.of(() -> new Request.Faithfulness(
                of,
                columns.of(data),
                ModelShape.of(model.checkpoint).mask(mask, model.checkpoint).mask(),
                scores == null ? null : scores.toAbsolutePath().normalize().toString(),
                drawing.baselineExamples,
                examples,
                drawing.seed));
        OutFile.requireWritable(out);
        try (CommandEngine engine = running.start()) {
            engine.run(request, event -> {
                if (event instanceof Event.Judged judged) {
                    running.finish(out, judged, () -> print(judged), () -> Json.pretty(judged));
                }
            });
        }
        return 0;
    }

    private void print(Event.Judged judged) {
        for (Event.Judged.JudgedSet set : judged.sets()) {
            System.out.printf(
                    "%s, from %s: %d%n",
                    texts(set.name()),
                    Printable.line(String.valueOf(data.getFileName())),
                    set.whole().examples());
            row("whole model", set.whole());
            row("only these " + judged.heads(), set.keepOnly());
            chance("only " + judged.heads() + " random", set.randomKeep());
            row("without these", set.remove());
            chance("without " + judged.heads() + " random", set.randomRemove());
        }
        for (Event.Judged.Agreement a : judged.agreements()) {
            System.out.printf(
                    Locale.ROOT,
                    "%s against mean ablation, %s: Spearman %.2f, %d of the top %d in common%n",
                    a.method().id(),
                    texts(a.set()),
                    a.spearman(),
                    a.overlap(),
                    a.k());
        }
        System.out.println("If the checkpoint was trained on these texts, its accuracy on new texts is usually lower.");
    }

    /// Says which texts of the file these are, but not that they are new to the checkpoint: no file says that.
    private static String texts(String set) {
        return switch (set) {
            case "scored" -> "scored texts";
            case "not scored" -> "texts not scored";
            case "not in the baseline" -> "texts not in the mean baseline";
            default -> set;
        };
    }

    private static void row(String name, JudgedAccuracy k) {
        System.out.printf(
                Locale.ROOT,
                "  %-26s accuracy %5.1f %% (%.1f to %.1f)   margin %+.3f ± %.3f%n",
                name,
                100 * k.accuracy(),
                100 * k.low(),
                100 * k.high(),
                k.margin(),
                k.marginError());
    }

    private static void chance(String name, List<JudgedAccuracy> masks) {
        double accuracy =
                masks.stream().mapToDouble(JudgedAccuracy::accuracy).average().orElse(Double.NaN);
        double margin =
                masks.stream().mapToDouble(JudgedAccuracy::margin).average().orElse(Double.NaN);
        System.out.printf(
                Locale.ROOT,
                "  %-26s accuracy %5.1f %% (mean of %d)      margin %+.3f%n",
                name,
                100 * accuracy,
                masks.size(),
                margin);
    }
}
