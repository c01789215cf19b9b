package sirkuit.study;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.JsonKind;
import sirkuit.Problem;
import sirkuit.record.DataFile;
import sirkuit.record.LearningRate;
import sirkuit.record.OutsideFiles;
import sirkuit.record.Paths;
import sirkuit.record.Prompt;
import sirkuit.record.RunConfig;
import sirkuit.run.RunFolder;

/// `study.json`: every strategy at each of its learning rates on every target with every seed. In the file every path
/// is relative to the study's folder, and the fields of `grid` stand beside the others.
///
/// @param schemaVersion 1, or 2 for what earlier versions would misread: several learning rates, a valid file,
///                      strategies with options; whatever is given
/// @param name          what people call it
/// @param checkpoint    folder of the checkpoint that all runs start from
/// @param labels        see [RunConfig]
/// @param prompt        see [RunConfig]
/// @param sourceEval    held-out source texts; null when forgetting is not looked at
/// @param watched       held-out texts of further languages or tasks, by their names
/// @param grid          which runs
/// @param settings      of all runs but for learning rate and seed
/// @param course        of all runs
/// @param source        name of the source language or task; null in files of older versions
public record StudyPlan(
        @JsonProperty(required = true) int schemaVersion,
        String name,
        @JsonProperty(required = true) String checkpoint,
        @Nullable List<String> labels,
        @Nullable Prompt prompt,
        @Nullable DataFile sourceEval,
        Map<String, DataFile> watched,
        @JsonUnwrapped Grid grid,
        @JsonProperty(required = true) RunConfig.Settings settings,
        RunConfig.Course course,
        @Nullable String source) {
    public static final int VERSION = 2;
    /// Begins the folder of a rate, where a strategy has several.
    public static final String RATE = "rate-";

    private static final String FILE = "study.json";

    /// A run for each target, strategy, learning rate and seed.
    ///
    /// @param targets    what is learned
    /// @param strategies what is trained; the first is what the others are compared with
    /// @param seeds      of the runs; at least two for a standard deviation
    /// @param halving    true when learning rates are given up early ([Halving]); null when all are run
    public record Grid(
            @JsonProperty(required = true) List<Target> targets,
            @JsonProperty(required = true) List<StudyStrategy> strategies,
            @JsonProperty(required = true) List<Long> seeds,
            @Nullable Boolean halving) {
        /// @throws Problem when one of them is missing or has a duplicate
        public Grid {
            targets = List.copyOf(Json.given(targets, "targets"));
            strategies = List.copyOf(Json.given(strategies, "strategies"));
            seeds = List.copyOf(Json.given(seeds, "seeds"));
            requireDifferent("target", targets, Target::name);
            requireDifferent("strategy", strategies, StudyStrategy::name);
            requireDifferent("seed", seeds, s -> s);
            halving = Boolean.TRUE.equals(halving) ? Boolean.TRUE : null;
        }

        /// Without halving.
        public Grid(List<Target> targets, List<StudyStrategy> strategies, List<Long> seeds) {
            this(targets, strategies, seeds, null);
        }

        /// How many runs it has.
        int size() {
            int rates = strategies.stream().mapToInt(s -> s.rates().size()).sum();
            return targets.size() * rates * seeds.size();
        }

        boolean severalRates() {
            return strategies.stream().anyMatch(s -> s.rates().size() > 1);
        }

        private int version() {
            return severalRates()
                            || strategies.stream().anyMatch(StudyStrategy::isNew)
                            || targets.stream().anyMatch(t -> t.valid != null)
                    ? 2
                    : 1;
        }
    }

    /// @param name  of the language or task; names a folder
    /// @param train texts to learn
    /// @param eval  held-out texts, which are reported
    /// @param valid texts that choose the kept step and the learning rate; null for a fifth of the training texts
    ///              where there is something to choose
    public record Target(
            String name,
            DataFile train,
            DataFile eval,
            @Nullable DataFile valid) {
        public Target {
            Json.given(name, "name");
            Json.given(train, "train");
            Json.given(eval, "eval");
            requireFolderName(name);
        }

        /// Without valid texts.
        public Target(String name, DataFile train, DataFile eval) {
            this(name, train, eval, null);
        }

        private Target map(UnaryOperator<DataFile> each) {
            return new Target(name, each.apply(train), each.apply(eval), valid == null ? null : each.apply(valid));
        }
    }

    /// One run of the grid.
    ///
    /// @param folder below the study's
    public record Cell(String target, String strategy, long seed, Path folder, RunConfig config) {
        /// Its learning rate.
        public double rate() {
            return config.settings().learningRate();
        }
    }

    /// Without a name of the source.
    public StudyPlan(
            int schemaVersion,
            String name,
            String checkpoint,
            @Nullable List<String> labels,
            @Nullable Prompt prompt,
            @Nullable DataFile sourceEval,
            Map<String, DataFile> watched,
            Grid grid,
            RunConfig.Settings settings,
            RunConfig.Course course) {
        this(schemaVersion, name, checkpoint, labels, prompt, sourceEval, watched, grid, settings, course, null);
    }

    /// @throws Problem when something that is needed is missing
    public StudyPlan {
        Json.given(checkpoint, "checkpoint");
        Json.given(settings, "settings");
        name = name == null ? "" : name;
        watched = watched == null ? Map.of() : watched;
        course = course == null ? RunConfig.Course.DEFAULT : course;
        schemaVersion = grid.version();
    }

    public List<Target> targets() {
        return grid.targets;
    }

    public List<StudyStrategy> strategies() {
        return grid.strategies;
    }

    public List<Long> seeds() {
        return grid.seeds;
    }

    /// How many runs the whole grid has.
    public int size() {
        return grid.size();
    }

    /// Whether a strategy has several learning rates, so that the best one has to be chosen.
    public boolean severalRates() {
        return grid.severalRates();
    }

    /// Whether learning rates are given up early.
    public boolean halving() {
        return grid.halving != null;
    }

    /// Whether a valid split chooses the kept step of the runs of a target.
    boolean hasValid(Target target) {
        return target.valid != null || severalRates();
    }

    public static void requireFolderName(String name) {
        if (!name.matches("[\\p{L}\\p{N}][\\p{L}\\p{N} ._+-]*")) {
            throw Problem.of("study.bad-folder-name", name);
        }
    }

    private static <T> void requireDifferent(String what, List<T> all, Function<T, Object> key) {
        if (all.isEmpty()) {
            throw Problem.of("study.nothing-named", what);
        }
        Set<Object> seen = new HashSet<>();
        for (T one : all) {
            if (!seen.add(key.apply(one))) {
                throw Problem.of("study.named-twice", what, key.apply(one));
            }
        }
    }

    /// All runs: target by target, then seed by seed, so that strategies can be compared early.
    public List<Cell> cells(Path study) {
        List<Cell> cells = new ArrayList<>();
        for (Target target : grid.targets) {
            for (long seed : grid.seeds) {
                for (StudyStrategy strategy : grid.strategies) {
                    for (double rate : strategy.rates()) {
                        Path all = study.resolve("runs").resolve(target.name()).resolve(strategy.name());
                        Path of = strategy.rates().size() == 1 ? all : all.resolve(RATE + LearningRate.words(rate));
                        cells.add(new Cell(
                                target.name(),
                                strategy.name(),
                                seed,
                                of.resolve("seed-" + seed),
                                config(target, strategy, rate, seed)));
                    }
                }
            }
        }
        return cells;
    }

    private RunConfig config(Target target, StudyStrategy strategy, double rate, long seed) {
        String of = strategy.rates().size() == 1 ? "" : ", rate " + LearningRate.words(rate);
        RunConfig.Data data =
                new RunConfig.Data(target.train(), target.eval(), sourceEval, watched, null, null, strategy.replay());
        return new RunConfig(
                RunConfig.VERSION,
                target.name() + ", " + strategy.name() + of + ", seed " + seed,
                checkpoint,
                labels,
                prompt,
                strategy.parameters(seed),
                hasValid(target) ? data.choosingBy(target.valid) : data,
                strategy.settings(settings, rate, seed),
                course,
                target.name(),
                source);
    }

    /// All files and folders that it names.
    public List<String> namedFiles() {
        List<String> named = new ArrayList<>(List.of(checkpoint));
        grid.targets.forEach(t -> t.map(file -> {
            named.add(file.file());
            return file;
        }));
        if (sourceEval != null) {
            named.add(sourceEval.file());
        }
        watched.values().forEach(file -> named.add(file.file()));
        grid.strategies.forEach(s -> s.map(file -> {
            named.add(file.file());
            return file;
        }));
        return named;
    }

    private StudyPlan withPaths(UnaryOperator<String> map) {
        UnaryOperator<DataFile> file = f -> f.at(map.apply(f.file()));
        Map<String, DataFile> others = new java.util.LinkedHashMap<>();
        watched.forEach((other, f) -> others.put(other, file.apply(f)));
        List<Target> targets = grid.targets.stream().map(t -> t.map(file)).toList();
        List<StudyStrategy> strategies =
                grid.strategies.stream().map(s -> s.map(file)).toList();
        return new StudyPlan(
                schemaVersion,
                name,
                map.apply(checkpoint),
                labels,
                prompt,
                sourceEval == null ? null : file.apply(sourceEval),
                others,
                new Grid(targets, strategies, grid.seeds, grid.halving),
                settings,
                course,
                source);
    }

    /// Whether there is a study in a folder.
    public static boolean in(Path folder) {
        return java.nio.file.Files.exists(folder.resolve(FILE));
    }

    /// @throws Problem when there is none or it is damaged
    public static StudyPlan read(Path folder) {
        return Json.read(folder.resolve(FILE), StudyPlan.class, VERSION, JsonKind.STUDY)
                .withPaths(p -> Paths.resolved(folder.resolve(FILE), folder, p));
    }

    /// @throws Problem when it cannot be written
    public void write(Path folder) {
        AtomicFile.write(folder.resolve(FILE), Json.pretty(withPaths(p -> Paths.stored(folder, p))));
        OutsideFiles.of(new RunFolder(folder.resolve("runs")).home(), namedFiles())
                .remember();
    }
}
