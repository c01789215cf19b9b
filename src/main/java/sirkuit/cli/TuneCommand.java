package sirkuit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.engine.Event;
import sirkuit.engine.Request;
import sirkuit.engine.Wire;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskFile;
import sirkuit.project.DataFile;
import sirkuit.project.RunConfig;
import sirkuit.project.RunFolder;

/// `sirkuit tune`.
@Command(
        name = "tune",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Fine-tunes only the mask's heads (and the norms) on target-language texts; or a baseline.",
            "Stopped, killed or cut off by a full disk, --resume RUN_DIR goes on from the last saved point and ends with"
                    + " the same numbers."
        },
        footer = {
            "",
            "Example: sirkuit tune --checkpoint DIR --mask mask.json --train minangkabau/train.csv \\",
            "    --target-eval minangkabau/test.csv --source-eval indonesian/test.csv --out run",
            "         sirkuit tune --resume run"
        })
final class TuneCommand implements Callable<Integer> {
    @Option(
            names = "--checkpoint",
            paramLabel = "DIR",
            description = "Folder with config.json, model.safetensors and tokenizer.json.")
    @Nullable
    Path checkpoint;

    @Mixin
    Options.Reading reading = new Options.Reading();

    @ArgGroup
    @Nullable
    What what;

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

    @Option(names = "--train", paramLabel = "FILE", description = "Target-language texts to learn.")
    @Nullable
    Path train;

    @Option(names = "--target-eval", paramLabel = "FILE", description = "Held-out target texts.")
    @Nullable
    Path targetEval;

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

    @Option(
            names = "--watch",
            paramLabel = "NAME=FILE",
            description = "Held-out texts of another language or task to evaluate too; may be given again.")
    Map<String, Path> watch = new LinkedHashMap<>();

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

    @Mixin
    CourseOptions course = new CourseOptions();

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Default: 0.")
    long seed;

    @Option(names = "--out", paramLabel = "RUN_DIR", description = "New folder for the run.")
    @Nullable
    Path out;

    @Option(
            names = "--resume",
            paramLabel = "RUN_DIR",
            description = "Go on with a run that has not finished; its settings are those in its config.json.")
    @Nullable
    Path resume;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    Options.Device device = new Options.Device();

    @Mixin
    Options.Output output = new Options.Output();

    private @Nullable String madeFor;

    @Override
    public Integer call() {
        if (resume != null) {
            requireAlone();
            return goOn(resume.toAbsolutePath().normalize());
        }
        Path folder = given(out, "--out").toAbsolutePath().normalize();
        if (Files.exists(new RunFolder(folder).eventsFile())) {
            throw new Problem(folder + " holds a run already.", "Name a new folder; nothing was changed.");
        }
        AtomicFile.requireWritable(new RunFolder(folder).eventsFile());
        RunConfig config = config(folder.getFileName().toString());
        warnings();
        return run(new Request.Tune(config, folder.toString()), new RunFolder(folder));
    }

    private int goOn(Path folder) {
        if (!Files.exists(new RunFolder(folder).configFile())) {
            throw new Problem(folder + " holds no run: it has no config.json.", "Name the folder of a run (--resume).");
        }
        return run(new Request.Resume(folder.toString()), new RunFolder(folder));
    }

    private int run(Request request, RunFolder folder) {
        TuneReport report = new TuneReport();
        try (EngineSession engine = new EngineSession(device.engine())) {
            engine.run(request, event -> {
                if (event instanceof Event.Resumed && resume != null) {
                    report.recall(folder.eventLines());
                }
                report.show(event);
                if (event instanceof Event.Started s && examples > s.trainExamples()) {
                    warn("--examples is " + examples + ", but " + train + " has only " + s.trainExamples()
                            + " texts: all of them are used");
                }
                if (event instanceof Event.Failed failed && failed.kind() == Problem.Kind.WORK) {
                    // The engine may have died without a word.
                    folder.conclude(Wire.line(0, failed, Instant.now()));
                }
            });
        } catch (EngineSession.WorkFailed e) {
            throw folder.resumable() && !String.valueOf(e.getMessage()).contains("--resume")
                    ? new EngineSession.WorkFailed(e.getMessage()
                            + "\n  Go on from its last saved point: sirkuit tune --resume " + folder.folder())
                    : e;
        }
        System.out.println(output.json ? Json.line(report.result(folder.folder())) : report.summary(folder.folder()));
        return 0;
    }

    /// The settings of a run that goes on are its own.
    private void requireAlone() {
        Set<String> allowed = Set.of("--resume", "--device", "--threads", "--json");
        for (OptionSpec option : spec().commandLine().getParseResult().matchedOptions()) {
            if (!allowed.contains(option.longestName())) {
                throw new ParameterException(
                        spec().commandLine(),
                        option.longestName()
                                + " cannot be given with --resume: the run goes on as its config.json says");
            }
        }
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec, "set by picocli");
    }

    private <T> T given(@Nullable T value, String option) {
        if (value == null) {
            throw new ParameterException(spec().commandLine(), "Missing required option: '" + option + "'");
        }
        return value;
    }

    private RunConfig config(String name) {
        if (what == null) {
            throw new ParameterException(spec().commandLine(), "Missing required option: '--mask' or '--baseline'");
        }
        Request.Model m = reading.model(given(checkpoint, "--checkpoint"));
        boolean full = "full".equals(what.baseline);
        Map<String, DataFile> watched = new LinkedHashMap<>();
        watch.forEach((language, file) -> watched.put(language, columns.of(file)));
        return new RunConfig(
                RunConfig.VERSION,
                name,
                m.checkpoint(),
                m.labels(),
                m.prompt(),
                full ? RunConfig.Trained.FULL : RunConfig.Trained.MASK,
                full ? null : mask(what, Path.of(m.checkpoint())),
                !noNorms,
                trainHead,
                columns.of(given(train, "--train"), trainFilter),
                columns.of(given(targetEval, "--target-eval"), targetFilter),
                sourceEval == null ? null : columns.of(sourceEval, sourceFilter),
                watched,
                settings(full),
                course.course(sourceEval != null));
    }

    /// What is allowed and yet seldom meant.
    private void warnings() {
        for (@Nullable Path eval : new Path[] {targetEval, sourceEval}) {
            String filter = eval == targetEval ? targetFilter : sourceFilter;
            if (eval != null && train != null && same(train, eval) && Objects.equals(trainFilter, filter)) {
                warn((eval == targetEval ? "--target-eval" : "--source-eval")
                        + " is the file of --train: its texts are not held out, and the accuracy says little");
            }
        }
        Path folder = given(checkpoint, "--checkpoint");
        int positions = ModelShape.of(folder).positions();
        if (reading.maxLength > positions) {
            warn("--max-length is " + reading.maxLength + ", but the checkpoint takes only " + positions
                    + " tokens: longer texts are cut there");
        }
        if (madeFor != null
                && what != null
                && !madeFor.equals(Checkpoint.open(folder).digest())) {
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

    private @Nullable HeadMask mask(What chosen, Path folder) {
        if (chosen.mask != null) {
            MaskFile.Saved saved = MaskFile.open(chosen.mask);
            madeFor = saved.checkpoint();
            return saved.mask();
        }
        if ("norms".equals(chosen.baseline)) {
            return null;
        }
        if ("all-heads".equals(chosen.baseline)) {
            return ModelShape.of(folder).all();
        }
        throw new Problem(
                "There is no baseline \"" + chosen.baseline + "\".", "Choose --baseline full, norms or all-heads.");
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
                reading.maxLength,
                seed);
    }

    static void require(boolean holds, String option, @Nullable Object value, String allowed) {
        if (!holds) {
            throw new Problem(option + " is " + value + ".", "Give a number that is " + allowed + ".");
        }
    }
}
