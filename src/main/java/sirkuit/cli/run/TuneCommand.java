package sirkuit.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.cli.shared.CommandEngine;
import sirkuit.cli.shared.GivenOptions;
import sirkuit.cli.shared.ModelShape;
import sirkuit.cli.shared.OptionRange;
import sirkuit.cli.shared.Options;
import sirkuit.cli.shared.OutFile;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskFile;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.protocol.Wire;
import sirkuit.record.Baseline;
import sirkuit.record.DataFile;
import sirkuit.record.Defaults;
import sirkuit.record.RunConfig;
import sirkuit.run.ProxyFolder;
import sirkuit.run.RunFolder;

/// `sirkuit tune`.
@Command(
        name = "tune",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Fine-tunes only the heads of a mask (and the norms) on target-language texts, or runs a" + " baseline.",
            "--resume RUN_DIR continues a run that was paused or interrupted, from its last resume"
                    + " point. It ends with the same results."
        },
        footer = {
            "",
            "Example: sirkuit tune --checkpoint DIR --mask mask.json --train minangkabau/train.csv \\",
            "    --target-eval minangkabau/test.csv --source-eval indonesian/test.csv --out run",
            "         sirkuit tune --resume run"
        })
public final class TuneCommand implements Callable<Integer> {
    @Mixin
    public Options.MaybeModel model = new Options.MaybeModel();

    @ArgGroup
    @Nullable
    public TrainedOption what;

    @Option(names = "--train", paramLabel = "FILE", description = "Target-language texts to learn.")
    @Nullable
    Path train;

    @Option(names = "--target-eval", paramLabel = "FILE", description = "Held-out target texts.")
    @Nullable
    Path targetEval;

    @Option(names = "--train-label-map", paramLabel = "LABEL=CLASS,...", description = "--label-map for --train only.")
    @Nullable
    public String trainLabelMap;

    @Option(
            names = "--target-label-map",
            paramLabel = "LABEL=CLASS,...",
            description = "--label-map for --target-eval only.")
    @Nullable
    public String targetLabelMap;

    @Option(
            names = "--source-label-map",
            paramLabel = "LABEL=CLASS,...",
            description = "--label-map for --source-eval and --source-train only.")
    @Nullable
    public String sourceLabelMap;

    @Option(
            names = "--target",
            paramLabel = "NAME",
            description = "Name of the language or task to learn. Runs are compared only with those of the same target"
                    + " (default: taken from the column \"language\" of --train, its filter, its file or its folder).")
    @Nullable
    String target;

    @Option(names = "--train-filter", paramLabel = "COLUMN=VALUE", description = "--filter for --train only.")
    @Nullable
    public String trainFilter;

    @Option(names = "--target-filter", paramLabel = "COLUMN=VALUE", description = "--filter for --target-eval only.")
    @Nullable
    public String targetFilter;

    @Option(names = "--source-filter", paramLabel = "COLUMN=VALUE", description = "--filter for --source-eval only.")
    @Nullable
    String sourceFilter;

    @Mixin
    TrainingOptions training = new TrainingOptions();

    @Mixin
    public Options.Columns columns = new Options.Columns();

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            description = "Default: " + Defaults.MASKED_RATE_TEXT + "; " + Defaults.FULL_RATE_TEXT
                    + " with --baseline full and top-layers-N.")
    @Nullable
    public Double learningRate;

    @Option(
            names = "--patience",
            paramLabel = "N",
            defaultValue = "0",
            description = "Stop after N evaluations without a better accuracy on the valid split, and keep the best"
                    + " step (default: never).")
    int patience;

    @Mixin
    StepOptions steps = new StepOptions();

    @Option(names = "--train-head", description = "Train the classifier too (and the pooler, if there is one).")
    boolean trainHead;

    @Mixin
    ValidOptions splits = new ValidOptions();

    @Mixin
    public KeepingOptions keeping = new KeepingOptions();

    @Mixin
    CourseOptions course = new CourseOptions();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "" + Defaults.SEED,
            description = "Default: ${DEFAULT-VALUE}.")
    long seed = Defaults.SEED;

    @Option(names = "--out", paramLabel = "RUN_DIR", description = "New folder for the run.")
    @Nullable
    Path out;

    @Option(
            names = "--resume",
            paramLabel = "RUN_DIR",
            description = "Resume a run that has not finished. Its settings are those in its config.json.")
    @Nullable
    Path resume;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    Options.Outside outside = new Options.Outside();

    @Mixin
    Options.Running running = new Options.Running();

    private @Nullable String madeFor;

    @Override
    public Integer call() {
        if (resume != null) {
            GivenOptions.of(spec).requireOnlyResume("a resumed run keeps the settings in its config.json");
            return goOn(resume.toAbsolutePath().normalize());
        }
        OutFile.requireFolder(out, "--out");
        Path folder = given(out, "--out").toAbsolutePath().normalize();
        if (Files.exists(new RunFolder(folder).eventsFile())) {
            throw Problem.of("cli.run-exists", folder);
        }
        AtomicFile.requireWritable(new RunFolder(folder).eventsFile());
        RunConfig config = config(folder.getFileName().toString());
        warnings();
        return run(new Request.Tune(config, folder.toString()), new RunFolder(folder));
    }

    private int goOn(Path folder) {
        if (!Files.exists(new RunFolder(folder).configFile())) {
            throw Problem.of("cli.no-run", folder);
        }
        if (ProxyFolder.of(new RunFolder(folder)) != null) {
            throw Problem.of("cli.run-makes-proxy", folder, new RunFolder(folder).resumeCommand());
        }
        return run(new Request.Resume(folder.toString(), outside.allowed), new RunFolder(folder));
    }

    private int run(Request request, RunFolder folder) {
        TuneReport report = new TuneReport();
        try (CommandEngine engine = running.start()) {
            engine.run(request, event -> {
                if (event instanceof Event.Resumed && resume != null) {
                    report.recall(folder.eventLines());
                }
                report.show(event);
                if (event instanceof Event.Started s && training.examples > s.trainExamples()) {
                    warn("--examples is " + training.examples + ", but " + train + " has only " + s.trainExamples()
                            + " texts: all of them are used");
                }
                if (event instanceof Event.Failed failed && failed.kind() == Problem.Kind.WORK) {
                    // The engine may have died without a message.
                    folder.conclude(Wire.line(0, failed, Instant.now()));
                }
            });
        } catch (CommandEngine.WorkFailed e) {
            throw folder.resumable() && !e.saysHowToResume()
                    ? new CommandEngine.WorkFailed(
                            e.getMessage() + "\n  Resume it from its last resume point: " + folder.resumeCommand())
                    : e;
        }
        System.out.println(
                running.json() ? Json.line(report.result(folder.folder())) : report.summary(folder.folder()));
        return 0;
    }

    private <T> T given(@Nullable T value, String option) {
        return GivenOptions.of(spec).required(value, option);
    }

    private RunConfig config(String name) {
        if (what == null) {
            throw GivenOptions.of(spec).wrong("Missing required option: '--mask' or '--baseline'");
        }
        Request.Model m = model.reading.model(given(model.checkpoint, "--checkpoint"));
        RunConfig.Parameters trained = parameters(what, Path.of(m.checkpoint()));
        return new RunConfig(
                        RunConfig.VERSION,
                        name,
                        m.checkpoint(),
                        m.labels(),
                        m.prompt(),
                        trained,
                        data(),
                        settings(trained.what()),
                        course.course(training.sourceEval != null))
                .named(target, training.source);
    }

    private RunConfig.Data data() {
        DataFile valid = splits.valid == null ? null : columns.of(splits.valid, splits.filter, targetLabelMap);
        return new RunConfig.Data(
                columns.of(given(train, "--train"), trainFilter, trainLabelMap),
                columns.of(given(targetEval, "--target-eval"), targetFilter, targetLabelMap),
                training.sourceEval == null ? null : columns.of(training.sourceEval, sourceFilter, sourceLabelMap),
                training.watched(columns),
                valid,
                splits.share(patience > 0),
                keeping.replay(columns, sourceLabelMap));
    }

    /// Warns about what is allowed but rarely intended.
    private void warnings() {
        for (@Nullable Path eval : new Path[] {targetEval, training.sourceEval}) {
            String filter = eval == targetEval ? targetFilter : sourceFilter;
            if (eval != null && train != null && same(train, eval) && Objects.equals(trainFilter, filter)) {
                warn((eval == targetEval ? "--target-eval" : "--source-eval")
                        + " is the file of --train: its texts are not held out, and the accuracy says little");
            }
        }
        Path folder = given(model.checkpoint, "--checkpoint");
        int positions = ModelShape.of(folder).positions();
        if (model.reading.maxLength > positions) {
            warn("--max-length is " + model.reading.maxLength + ", but the checkpoint takes only " + positions
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
        System.err.println("note: " + what + ".");
    }

    private RunConfig.Parameters parameters(TrainedOption chosen, Path folder) {
        if (chosen.mask != null) {
            MaskFile.Saved saved = ModelShape.of(folder).mask(chosen.mask, folder);
            madeFor = saved.checkpoint();
            return masked(saved.mask());
        }
        String name = String.valueOf(chosen.baseline());
        return switch (Baseline.of(name).orElseThrow(() -> Problem.of("cli.unknown-baseline", name))) {
            case FULL -> new RunConfig.Parameters(RunConfig.Trained.FULL, null, !training.noNorms, trainHead);
            case NORMS -> masked(null);
            case ALL_HEADS -> masked(ModelShape.of(folder).all());
            case BIASES -> RunConfig.Parameters.biases(trainHead);
            case TOP_LAYERS -> RunConfig.Parameters.topLayers(given(Baseline.layersOf(name), "--baseline"));
        };
    }

    private RunConfig.Parameters masked(@Nullable HeadMask mask) {
        return new RunConfig.Parameters(RunConfig.Trained.MASK, mask, !training.noNorms, trainHead);
    }

    private RunConfig.Settings settings(RunConfig.Trained trained) {
        double rate = learningRate == null ? Defaults.rate(trained) : learningRate;
        return OptionRange.of(
                Map.of("l2sp", "--l2-sp"),
                () -> new RunConfig.Settings(
                        new RunConfig.Batches(training.epochs, training.batchSize, steps.accumulate),
                        steps.optimizer(rate).near(keeping.l2sp()),
                        steps.dropout,
                        training.evaluateEvery,
                        patience,
                        training.examples,
                        model.reading.maxLength,
                        seed));
    }
}
