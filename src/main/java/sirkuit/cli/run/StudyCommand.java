package sirkuit.cli.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.Range;
import sirkuit.cli.shared.CommandEngine;
import sirkuit.cli.shared.OptionRange;
import sirkuit.cli.shared.Options;
import sirkuit.cli.shared.OutFile;
import sirkuit.project.OutsideSearch;
import sirkuit.protocol.Event;
import sirkuit.protocol.Quality;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.Defaults;
import sirkuit.record.RunConfig;
import sirkuit.run.state.AccuracyWords;
import sirkuit.run.state.RunState;
import sirkuit.study.Diverged;
import sirkuit.study.Halving;
import sirkuit.study.Study;
import sirkuit.study.StudyFiles;
import sirkuit.study.StudyJson;
import sirkuit.study.StudyPlan;
import sirkuit.study.StudyResults;
import sirkuit.study.StudyRunning;
import sirkuit.study.StudyStrategy;

/// `sirkuit study`.
@Command(
        name = "study",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs every strategy on every target with every seed, one after another, and compares them.",
            "With --learning-rates each strategy also runs at several rates. It is then compared at its own best one,"
                    + " and at equal gain.",
            "--resume STUDY_DIR continues a study that was stopped or killed. Runs that have finished are not run again."
        },
        footer = {
            "",
            "Example: sirkuit study --checkpoint DIR --source-eval indonesian/test.csv \\",
            "    --target minangkabau=minangkabau/train.csv,minangkabau/test.csv \\",
            "    --scores cdt=cdt.json --strategies full,top-12:cdt,near-zero-12:cdt,random-12,norms,all-heads \\",
            "    --seeds 0,1,2,3,4 --out study",
            "         sirkuit study ... --target acehnese=train.csv,valid.csv,test.csv --learning-rates auto --out fair",
            "         sirkuit study --resume study",
            "         sirkuit study --show study"
        })
public final class StudyCommand implements Callable<Integer> {
    @Mixin
    Options.MaybeModel model = new Options.MaybeModel();

    @Option(
            names = "--target",
            paramLabel = "NAME=TRAIN,[VALID,]TEST",
            description = "Name of a target, its training texts and its test texts. Between them the texts that choose"
                    + " learning rate and epoch (default: with several rates, a fifth of the training texts). May be"
                    + " repeated.")
    Map<String, String> targets = new LinkedHashMap<>();

    @Mixin
    TrainingOptions training = new TrainingOptions();

    @Mixin
    Options.Columns columns = new Options.Columns();

    @Option(
            names = "--strategies",
            paramLabel = "S,...",
            split = ",",
            description = "full, norms, all-heads, biases, top-layers-N, top-K:SCORES, near-zero-K:SCORES, random-K or"
                    + " mask:FILE. The others are compared with the first. Each may end in +replay-SHARE or"
                    + " +l2-sp-ALPHA (see tune): full+replay-0.25.")
    List<String> strategies = List.of();

    @Option(names = "--source-train", paramLabel = "FILE", description = "Source texts for strategies with replay.")
    @Nullable
    Path sourceTrain;

    @Option(
            names = "--scores",
            paramLabel = "NAME=scores.json",
            description = "A file of scores, with the name that strategies use for it. May be repeated.")
    Map<String, Path> scores = new LinkedHashMap<>();

    @Option(
            names = "--seeds",
            paramLabel = "N,...",
            split = ",",
            description = "Seeds of the runs (default: " + Defaults.STUDY_SEEDS_TEXT + ").")
    List<Long> seeds = Defaults.STUDY_SEEDS;

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            defaultValue = Defaults.MASKED_RATE_TEXT,
            description = "Learning rate of runs with a mask and of biases (default: ${DEFAULT-VALUE}).")
    double learningRate = Defaults.MASKED_RATE;

    @Option(
            names = "--full-learning-rate",
            paramLabel = "X",
            defaultValue = Defaults.FULL_RATE_TEXT,
            description = "Learning rate of full fine-tuning and of top-layers-N (default: ${DEFAULT-VALUE}).")
    double fullLearningRate = Defaults.FULL_RATE;

    @Option(
            names = "--learning-rates",
            paramLabel = "S=X,...;...",
            description = "Several learning rates: \"full=1e-5,5e-5;heads=5e-4,1e-3\" by the name of a strategy (heads:"
                    + " all with a mask), one list for all, or auto (full, top-layers-N: " + Defaults.FULL_RATES_TEXT
                    + "; others: " + Defaults.MASKED_RATES_TEXT + ").")
    @Nullable
    String learningRates;

    @Option(
            names = "--halving",
            negatable = true,
            description = "Give up learning rates early: after the first seed the better half goes on, and so on. The"
                    + " best one and its neighbours run with all seeds (default: with three or more rates).")
    @Nullable
    Boolean halving;

    @Option(
            names = "--gain",
            paramLabel = "POINTS",
            description =
                    "Compare forgetting at this gain (default: the smaller of the two strategies' largest gains).")
    @Nullable
    Double gain;

    @Option(
            names = "--drop-adapted",
            description = "Delete each run's adapted checkpoint after its evaluation. The figures stay.")
    boolean dropAdapted;

    @Option(names = "--out", paramLabel = "STUDY_DIR", description = "New folder for the study.")
    @Nullable
    Path out;

    @Option(
            names = "--resume",
            paramLabel = "STUDY_DIR",
            description = "Resume the study in this folder, with the settings in its study.json.")
    @Nullable
    Path resume;

    @Option(names = "--show", paramLabel = "STUDY_DIR", description = "Only print the results so far.")
    @Nullable
    Path show;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    Options.Outside outside = new Options.Outside();

    @Mixin
    Options.Running running = new Options.Running();

    @Override
    public Integer call() {
        OutFile.requireFolder(out, "--out");
        Path folder = folder();
        requirePositive(gain);
        Study study;
        if (out == null) {
            if (show == null && StudyPlan.in(folder)) {
                outside.require(OutsideSearch.ofStudy(folder));
            }
            study = Study.open(folder);
        } else {
            Study.requireNone(folder);
            study = Study.begin(folder, plan(String.valueOf(folder.getFileName())));
        }
        if (resume != null) {
            StudyFiles.requireSame(study);
        }
        if (show == null) {
            run(study);
        }
        report(study);
        return 0;
    }

    private static void requirePositive(@Nullable Double given) {
        if (given != null) {
            double points = given;
            OptionRange.of(() -> {
                Range.positive("gain", points);
                return points;
            });
        }
    }

    private Path folder() {
        List<Path> given = new ArrayList<>();
        for (@Nullable Path p : new Path[] {out, resume, show}) {
            if (p != null) {
                given.add(p);
            }
        }
        if (given.size() != 1) {
            throw new ParameterException(spec(), "Give one of --out, --resume and --show");
        }
        return given.getFirst().toAbsolutePath().normalize();
    }

    private picocli.CommandLine spec() {
        return java.util.Objects.requireNonNull(spec, "set by picocli").commandLine();
    }

    private StudyPlan plan(String name) {
        Path checkpoint = model.checkpoint;
        if (checkpoint == null || targets.isEmpty() || strategies.isEmpty()) {
            throw new ParameterException(spec(), "Missing required option: --checkpoint, --target or --strategies");
        }
        Strategies words = new Strategies(
                checkpoint,
                scores,
                sourceTrain == null ? null : columns.of(sourceTrain),
                !training.noNorms,
                learningRate,
                fullLearningRate);
        List<StudyPlan.Target> learned = new ArrayList<>();
        targets.forEach((target, files) -> learned.add(target(target, files)));
        List<StudyStrategy> trained = LearningRates.of(learningRates)
                .on(strategies, strategies.stream().map(words::strategy).toList());
        boolean many = trained.stream().anyMatch(s -> s.rates().size() >= Halving.LEAST_RATES);
        RunConfig.Settings d = RunConfig.Settings.DEFAULT;
        Request.Model m = model.reading.model(checkpoint);
        return new StudyPlan(
                StudyPlan.VERSION,
                name,
                m.checkpoint(),
                m.labels(),
                m.prompt(),
                training.sourceEval == null ? null : columns.of(training.sourceEval),
                training.watched(columns),
                new StudyPlan.Grid(learned, trained, seeds, many && !Boolean.FALSE.equals(halving)),
                new RunConfig.Settings(
                        new RunConfig.Batches(training.epochs, training.batchSize, d.accumulate()),
                        d.optimizer().at(learningRate),
                        null,
                        training.evaluateEvery,
                        0,
                        training.examples,
                        model.reading.maxLength,
                        0),
                RunConfig.Course.DEFAULT,
                training.source);
    }

    private StudyPlan.Target target(String name, String files) {
        List<String> named = List.of(files.split(",", -1));
        if (named.size() < 2 || named.size() > 3 || named.stream().anyMatch(String::isBlank)) {
            throw Problem.of("cli.target-not-two-files", name, files);
        }
        List<DataFile> texts =
                named.stream().map(file -> columns.of(Path.of(file))).toList();
        return new StudyPlan.Target(name, texts.getFirst(), texts.getLast(), texts.size() == 3 ? texts.get(1) : null);
    }

    private void run(Study study) {
        try (CommandEngine engine = running.start()) {
            new StudyRunning(study, outside.allowed, dropAdapted).run(engine::run, new ProgressLines());
        } catch (CommandEngine.WorkFailed e) {
            throw new CommandEngine.WorkFailed(
                    e.getMessage() + "\n  Resume the study: sirkuit study --resume " + study.folder());
        }
    }

    /// Prints a line when a run begins, and one with its result.
    private static final class ProgressLines implements StudyRunning.Listener {
        @Override
        public void begins(int number, int of, RunConfig config) {
            System.err.printf(Locale.ROOT, "run %d of %d: %s%n", number, of, config.name());
        }

        @Override
        public void reported(Event event) {
            TuneReport.showInterruption(event);
        }

        @Override
        public void ended(RunState state) {
            if (Diverged.is(state)) {
                System.err.println("  diverged: " + state.why() + " It counts as a failed point; the study goes on.");
            }
            Quality target = state.finalTarget();
            if (target != null) {
                System.err.println("  " + AccuracyWords.of(state, target, state.finalSource(), Map.of()));
            }
        }
    }

    private void report(Study study) {
        StudyResults results =
                StudyResults.read(study, damaged -> System.err.println("note: left out: " + damaged.what()));
        if (show == null) {
            results.write(gain);
        }
        if (running.json()) {
            System.out.println(Json.line(StudyJson.of(results, gain)));
        } else {
            System.out.print(results.text(gain));
            System.out.println(
                    results.count() + (show == null ? "; table.md and runs.csv are in " + study.folder() : ""));
        }
    }
}
