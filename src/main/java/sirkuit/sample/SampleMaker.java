package sirkuit.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sirkuit.AtomicFile;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.device.Backend;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskStrategy;
import sirkuit.mask.ScoreMethod;
import sirkuit.project.Project;
import sirkuit.protocol.Event;
import sirkuit.protocol.Quality;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.Defaults;
import sirkuit.record.RunConfig;
import sirkuit.record.ScoreRecord;
import sirkuit.run.RunFolder;

/// Makes one sample: texts, a checkpoint, scores, masks and finished runs, in a project folder.
final class SampleMaker {
    static final double DECAY = 0.01;
    static final double WARMUP = 0.06;
    private static final String FULL = "1-full";
    private static final String TOP = "2-top";
    /// The default rate of full fine-tuning, at which it hardly forgets: a fair control.
    private static final double GENTLE = Defaults.FULL_RATE;

    private final Recipe recipe;
    private final long seed;
    private final Backend backend;
    private final Engine engine;
    private final Consumer<String> said;
    private final Path folder;
    private final SampleFiles files;
    private final Path scratch;

    /// Handles requests.
    interface Engine {
        /// Passes on the events of a request, until its last; throws when it fails.
        void run(Request request, Consumer<Event> listener);

        /// Hands out the events of one kind.
        default <E extends Event> void ask(Request request, Class<E> kind, Consumer<E> answer) {
            run(request, event -> {
                if (kind.isInstance(event)) {
                    answer.accept(kind.cast(event));
                }
            });
        }

        /// The first event of a kind.
        default <E extends Event> E only(Request request, Class<E> kind) {
            List<E> answers = new ArrayList<>();
            ask(request, kind, answers::add);
            return answers.getFirst();
        }
    }

    /// @param folder  to write the project into; empty
    /// @param scratch for temporary files; empty
    /// @param said    receives the progress
    SampleMaker(
            Recipe recipe,
            long seed,
            Backend backend,
            Engine engine,
            Consumer<String> said,
            Path folder,
            Path scratch) {
        this.recipe = recipe;
        this.seed = seed;
        this.backend = backend;
        this.engine = engine;
        this.said = said;
        this.folder = folder;
        files = new SampleFiles(recipe, folder);
        this.scratch = scratch;
    }

    /// The results of the runs, by name; the first is the checkpoint before any run.
    ///
    /// @param target accuracy and so on
    record Outcome(String name, Quality target, Quality source) {}

    List<Outcome> make() {
        SampleTokenizer tokenizer = SampleTokenizer.of(
                recipe.grammar().words(), !recipe.architecture().decoder());
        Path random = scratch.resolve("random");
        recipe.architecture().write(random, tokenizer, recipe.grammar().labels(), seed);
        SampleTexts texts = new SampleTexts(recipe.grammar(), seed);
        writeTexts(texts);
        Path taught = scratch.resolve("pretrained");
        new SamplePretraining(recipe, seed, backend, said).run(random, texts, taught);
        learnTask(taught);
        List<Outcome> outcomes = runs();
        new SampleReadme(recipe, seed, outcomes).write(folder);
        removeLocks();
        return outcomes;
    }

    /// Makes scores, masks and runs in a project that has texts and a checkpoint.
    List<Outcome> runs() {
        Project project = Project.create(folder, files.project());
        List<Outcome> outcomes = new ArrayList<>();
        try (project) {
            HeadMask top = score(project);
            MaskStrategy.RandomK chance = new MaskStrategy.RandomK(top.size(), seed);
            HeadMask drawn = chance.draw(top.layers(), top.heads());
            project.saveMask("top " + top.size() + " by " + ScoreMethod.CDT.nameInRuns(), top);
            project.saveMask("random " + top.size(), drawn);
            project.saveMask(Project.CURRENT_MASK, top); // the window shows the latest scores first
            Recipe.Training same = recipe.runs().training();
            Recipe.Training gentle = new Recipe.Training(same.epochs(), same.batchSize(), GENTLE);
            tune(project, FULL, "full fine-tuning", RunConfig.Trained.FULL, null, same, outcomes);
            tune(
                    project,
                    TOP,
                    "top " + top.size() + " by " + ScoreMethod.CDT.nameInRuns(),
                    RunConfig.Trained.MASK,
                    top,
                    same,
                    outcomes);
            tune(project, "3-random", "random " + top.size(), RunConfig.Trained.MASK, drawn, same, outcomes);
            tune(project, "4-norms", "norms only", RunConfig.Trained.MASK, null, same, outcomes);
            tune(
                    project,
                    "5-gentle",
                    "full, at " + Defaults.FULL_RATE_TEXT,
                    RunConfig.Trained.FULL,
                    null,
                    gentle,
                    outcomes);
            said.accept("rehearsing the presentation");
            new SampleRehearsal(files, engine)
                    .write(
                            project,
                            top,
                            project.run(FULL + Project.PRECOMPUTED),
                            project.run(TOP + Project.PRECOMPUTED));
        }
        return outcomes;
    }

    private void removeLocks() {
        try {
            Files.deleteIfExists(folder.resolve(".lock"));
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(folder, e);
        }
    }

    void writeTexts(SampleTexts texts) {
        for (Language language : recipe.spoken()) {
            SampleTexts.write(
                    files.file(language, "test"),
                    texts.test(language, recipe.sizes().test()));
        }
        SampleTexts.write(
                files.file(recipe.source(), "train"),
                shuffled(texts.train(recipe.source(), recipe.sizes().sourceTrain())));
        SampleTexts.write(
                files.file(recipe.target(), "train"),
                shuffled(texts.train(recipe.target(), recipe.sizes().targetTrain())));
    }

    private List<Sentence> shuffled(List<Sentence> texts) {
        Collections.shuffle(texts, new Random(seed));
        return texts;
    }

    void learnTask(Path taught) {
        RunFolder run = new RunFolder(scratch.resolve("task"));
        RunConfig config = new RunConfig(
                        RunConfig.VERSION,
                        "task",
                        taught.toString(),
                        files.labels(),
                        recipe.prompt(),
                        RunConfig.Parameters.FULL,
                        new RunConfig.Data(
                                files.data(recipe.source(), "train"), files.data(recipe.source(), "test"), null),
                        settings(recipe.task()),
                        RunConfig.Course.DEFAULT)
                .named(recipe.source().title(), null);
        engine.run(new Request.Tune(config, run.folder().toString()), this::tell);
        Path checkpoint = files.checkpoint();
        Architecture.writeHalf(Checkpoint.open(run.adapted()), checkpoint);
        for (String file : List.of("config.json", "tokenizer.json", "tokenizer_config.json")) {
            try {
                Files.copy(run.adapted().resolve(file), checkpoint.resolve(file));
            } catch (IOException e) {
                throw AtomicFile.cannotWrite(checkpoint.resolve(file), e);
            }
        }
    }

    private RunConfig.Settings settings(Recipe.Training t) {
        return new RunConfig.Settings(
                new RunConfig.Batches(t.epochs(), t.batchSize(), 1),
                new RunConfig.Optimizer(t.learningRate(), DECAY, WARMUP, 1),
                null,
                0,
                0,
                0,
                SampleFiles.MAX_LENGTH,
                seed);
    }

    /// Computes scores by three methods and saves them in the project.
    ///
    /// @return a mask of the top heads by CD-T
    private HeadMask score(Project project) {
        ScoreRecord cdt = score(project, ScoreMethod.CDT);
        score(project, ScoreMethod.GRADIENT);
        score(project, ScoreMethod.ABLATION);
        return new MaskStrategy.TopK(recipe.runs().topK()).apply(cdt.scores());
    }

    private ScoreRecord score(Project project, ScoreMethod method) {
        said.accept("scoring by " + method.id());
        Request request = new Request.Score(
                files.model(files.checkpoint()),
                files.data(recipe.source(), "train"),
                method,
                false,
                Defaults.BASELINE_EXAMPLES,
                Defaults.EXAMPLES,
                seed,
                null);
        ScoreRecord record = engine.only(request, Event.Scored.class).scores().timeless(TimelessEvents.AT);
        project.saveScores(method.id() + Project.PRECOMPUTED, record);
        return record;
    }

    private void tune(
            Project project,
            String id,
            String name,
            RunConfig.Trained what,
            @Nullable HeadMask mask,
            Recipe.Training training,
            List<Outcome> outcomes) {
        said.accept("run: " + name);
        Map<String, DataFile> watched = new LinkedHashMap<>();
        if (recipe.watched() != null) {
            watched.put(recipe.watched().title(), files.data(recipe.watched(), "test"));
        }
        RunConfig config = new RunConfig(
                        RunConfig.VERSION,
                        name,
                        files.checkpoint().toString(),
                        files.labels(),
                        recipe.prompt(),
                        new RunConfig.Parameters(what, mask, true, false),
                        new RunConfig.Data(
                                files.data(recipe.target(), "train"),
                                files.data(recipe.target(), "test"),
                                files.data(recipe.source(), "test"),
                                watched),
                        settings(training),
                        RunConfig.Course.DEFAULT)
                .named(recipe.target().title(), recipe.source().title());
        RunFolder run = project.run(id + Project.PRECOMPUTED);
        List<Event.Evaluated> evaluations = new ArrayList<>();
        engine.run(new Request.Tune(config, run.folder().toString()), event -> {
            tell(event);
            if (event instanceof Event.Evaluated e) {
                evaluations.add(e);
            }
        });
        TimelessEvents.rewrite(run);
        if (outcomes.isEmpty()) {
            outcomes.add(outcome("before", evaluations.getFirst()));
        }
        outcomes.add(outcome(name, evaluations.getLast()));
    }

    private static Outcome outcome(String name, Event.Evaluated e) {
        return new Outcome(name, e.learnt(), Objects.requireNonNull(e.source()));
    }

    private void tell(Event event) {
        if (event instanceof Event.Evaluated e) {
            Quality source = e.source();
            said.accept(String.format(
                    java.util.Locale.ROOT,
                    "  step %d: %.1f %%%s%s",
                    e.step(),
                    100 * e.learnt().accuracy(),
                    source == null
                            ? ""
                            : String.format(java.util.Locale.ROOT, ", source %.1f %%", 100 * source.accuracy()),
                    e.watched().isEmpty()
                            ? ""
                            : String.format(
                                    java.util.Locale.ROOT,
                                    ", watched %.1f %%",
                                    100 * e.watched().values().iterator().next().accuracy())));
        }
    }

    /// Removes a folder with everything in it.
    static void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(folder, e);
        }
    }
}
