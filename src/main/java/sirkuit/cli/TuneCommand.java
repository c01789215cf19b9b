package sirkuit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.engine.Event;
import sirkuit.engine.Request;
import sirkuit.engine.Wire;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskFile;
import sirkuit.project.RunConfig;
import sirkuit.project.RunFolder;

/// `sirkuit tune`.
@Command(
        name = "tune",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Fine-tunes only the mask's heads (and the norms) on target-language texts; or a baseline.",
        footer = {
            "",
            "Example: sirkuit tune --checkpoint DIR --mask mask.json --train minangkabau/train.csv \\",
            "    --target-eval minangkabau/test.csv --source-eval indonesian/test.csv --out run"
        })
final class TuneCommand implements Callable<Integer> {
    @Mixin
    Options.Model model = new Options.Model();

    @ArgGroup(multiplicity = "1")
    What what = new What();

    /// What to train.
    static final class What {
        @Option(names = "--mask", paramLabel = "mask.json", description = "Train these heads.")
        @Nullable
        Path mask;

        @Option(
                names = "--baseline",
                paramLabel = "full|norms|all-heads",
                description = "Train everything, only the norms, or all heads.")
        @Nullable
        String baseline;
    }

    @Option(names = "--train", paramLabel = "FILE", required = true, description = "Target-language texts to learn.")
    Path train = Path.of("");

    @Option(names = "--target-eval", paramLabel = "FILE", required = true, description = "Held-out target texts.")
    Path targetEval = Path.of("");

    @Option(names = "--source-eval", paramLabel = "FILE", description = "Held-out source texts: what is forgotten.")
    @Nullable
    Path sourceEval;

    @Option(names = "--train-filter", paramLabel = "COLUMN=VALUE", description = "--filter of --train alone.")
    @Nullable
    String trainFilter;

    @Option(names = "--target-filter", paramLabel = "COLUMN=VALUE", description = "--filter of --target-eval alone.")
    @Nullable
    String targetFilter;

    @Option(names = "--source-filter", paramLabel = "COLUMN=VALUE", description = "--filter of --source-eval alone.")
    @Nullable
    String sourceFilter;

    @Mixin
    Options.Columns columns = new Options.Columns();

    @Option(names = "--epochs", paramLabel = "N", defaultValue = "10", description = "Default: ${DEFAULT-VALUE}.")
    int epochs = 10;

    @Option(names = "--batch-size", paramLabel = "N", defaultValue = "16", description = "Default: ${DEFAULT-VALUE}.")
    int batchSize = 16;

    @Option(
            names = "--accumulate",
            paramLabel = "N",
            defaultValue = "1",
            description = "Batches an optimizer step (default: ${DEFAULT-VALUE}).")
    int accumulate = 1;

    @Option(names = "--learning-rate", paramLabel = "X", description = "Default: 1e-3; 2e-4 with --baseline full.")
    @Nullable
    Double learningRate;

    @Option(names = "--weight-decay", paramLabel = "X", defaultValue = "0.01", description = "Default: 0.01.")
    double weightDecay = 0.01;

    @Option(names = "--warmup", paramLabel = "SHARE", defaultValue = "0.06", description = "Default: 0.06.")
    double warmup = 0.06;

    @Option(
            names = "--clip",
            paramLabel = "X",
            defaultValue = "1.0",
            description = "Largest gradient norm, 0 for none (default: 1).")
    double clip = 1;

    @Option(
            names = "--evaluate-every",
            paramLabel = "N",
            defaultValue = "0",
            description = "Steps between evaluations (default: each epoch).")
    int evaluateEvery;

    @Option(
            names = "--patience",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Stop after N evaluations without a better target accuracy and keep the best (default: never).")
    int patience;

    @Option(names = "--dropout", paramLabel = "X", description = "Default: the checkpoint's.")
    @Nullable
    Double dropout;

    @Option(names = "--no-norms", description = "Leave the norms frozen.")
    boolean noNorms;

    @Option(names = "--train-head", description = "Train the classification head too.")
    boolean trainHead;

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "0",
            description = "Label-balanced subset of N texts.")
    int examples;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Default: 0.")
    long seed;

    @Option(names = "--out", paramLabel = "RUN_DIR", required = true, description = "New folder for the run.")
    Path out = Path.of("");

    @Mixin
    Options.Device device = new Options.Device();

    @Mixin
    Options.Output output = new Options.Output();

    private @Nullable String madeFor;

    @Override
    public Integer call() {
        Path folder = out.toAbsolutePath().normalize();
        if (Files.exists(new RunFolder(folder).eventsFile())) {
            throw new Problem(folder + " holds a run already.", "Name a new folder; nothing was changed.");
        }
        AtomicFile.requireWritable(new RunFolder(folder).eventsFile());
        RunConfig config = config(folder.getFileName().toString());
        warnings();
        TuneReport report = new TuneReport();
        try (EngineSession engine = new EngineSession(device.engine())) {
            engine.run(new Request.Tune(config, folder.toString()), event -> {
                report.show(event);
                if (event instanceof Event.Started s && examples > s.trainExamples()) {
                    warn("--examples is " + examples + ", but " + train + " has only " + s.trainExamples()
                            + " texts: all of them are used");
                }
                if (event instanceof Event.Failed failed) {
                    // The engine may have died without a word.
                    new RunFolder(folder).conclude(Wire.line(0, failed, Instant.now()));
                }
            });
        }
        System.out.println(output.json ? Json.line(report.result(folder)) : report.summary(folder));
        return 0;
    }

    private RunConfig config(String name) {
        Request.Model m = model.model();
        boolean full = "full".equals(what.baseline);
        return new RunConfig(
                RunConfig.VERSION,
                name,
                m.checkpoint(),
                m.labels(),
                m.prompt(),
                full ? RunConfig.Trained.FULL : RunConfig.Trained.MASK,
                full ? null : mask(),
                !noNorms,
                trainHead,
                columns.of(train, trainFilter),
                columns.of(targetEval, targetFilter),
                sourceEval == null ? null : columns.of(sourceEval, sourceFilter),
                settings(full));
    }

    /// What is allowed and yet seldom meant.
    private void warnings() {
        for (Path eval : new Path[] {targetEval, sourceEval}) {
            String filter = eval == targetEval ? targetFilter : sourceFilter;
            if (eval != null && same(train, eval) && Objects.equals(trainFilter, filter)) {
                warn((eval == targetEval ? "--target-eval" : "--source-eval")
                        + " is the file of --train: its texts are not held out, and the accuracy says little");
            }
        }
        int positions = ModelShape.of(model.checkpoint).positions();
        if (model.reading.maxLength > positions) {
            warn("--max-length is " + model.reading.maxLength + ", but the checkpoint takes only " + positions
                    + " tokens: longer texts are cut there");
        }
        if (madeFor != null && !madeFor.equals(Checkpoint.open(model.checkpoint).digest())) {
            warn(what.mask + " was made from scores of another checkpoint; its heads may mean something else in this"
                    + " one");
        }
    }

    private static boolean same(Path a, Path b) {
        try {
            return Files.isSameFile(a, b);
        } catch (IOException e) {
            return false; // the engine says which one is missing
        }
    }

    private static void warn(String what) {
        System.err.println("sirkuit: note: " + what + ".");
    }

    private @Nullable HeadMask mask() {
        if (what.mask != null) {
            MaskFile.Saved saved = MaskFile.open(what.mask);
            madeFor = saved.checkpoint();
            return saved.mask();
        }
        if ("norms".equals(what.baseline)) {
            return null;
        }
        if ("all-heads".equals(what.baseline)) {
            return ModelShape.of(model.checkpoint).all();
        }
        throw new Problem(
                "There is no baseline \"" + what.baseline + "\".", "Choose --baseline full, norms or all-heads.");
    }

    private RunConfig.Settings settings(boolean full) {
        double rate = learningRate == null ? (full ? 2e-4 : 1e-3) : learningRate;
        require(epochs > 0, "--epochs", epochs, "at least 1");
        require(batchSize > 0, "--batch-size", batchSize, "at least 1");
        require(accumulate > 0, "--accumulate", accumulate, "at least 1");
        require(rate > 0 && Double.isFinite(rate), "--learning-rate", rate, "more than 0");
        require(weightDecay >= 0 && Double.isFinite(weightDecay), "--weight-decay", weightDecay, "at least 0");
        require(warmup >= 0 && warmup <= 1, "--warmup", warmup, "between 0 and 1");
        require(clip >= 0 && Double.isFinite(clip), "--clip", clip, "at least 0");
        require(evaluateEvery >= 0, "--evaluate-every", evaluateEvery, "at least 0");
        require(patience >= 0, "--patience", patience, "at least 0");
        require(examples >= 0, "--examples", examples, "at least 0");
        require(dropout == null || (dropout >= 0 && dropout < 1), "--dropout", dropout, "at least 0 and below 1");
        return new RunConfig.Settings(
                epochs,
                batchSize,
                accumulate,
                rate,
                weightDecay,
                warmup,
                clip,
                dropout,
                evaluateEvery,
                patience,
                examples,
                model.reading.maxLength,
                seed);
    }

    private static void require(boolean holds, String option, @Nullable Object value, String allowed) {
        if (!holds) {
            throw new Problem(option + " is " + value + ".", "Give a number that is " + allowed + ".");
        }
    }
}
