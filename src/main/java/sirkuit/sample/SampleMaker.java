package sirkuit.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.tokenizer.TextTokenizer;
import sirkuit.device.Backend;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskStrategy;
import sirkuit.mask.ScoreMethod;
import sirkuit.presentation.ForgettingComparison;
import sirkuit.presentation.GivenText;
import sirkuit.presentation.GlossedText;
import sirkuit.presentation.PredictedRows;
import sirkuit.presentation.Rehearsed;
import sirkuit.project.Project;
import sirkuit.protocol.Event;
import sirkuit.protocol.Quality;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.Defaults;
import sirkuit.record.ProjectFile;
import sirkuit.record.RunConfig;
import sirkuit.record.ScoreRecord;
import sirkuit.run.RunFolder;
import sirkuit.transformer.Guesses;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.family.Families;
import sirkuit.tuning.LanguagePretraining;
import sirkuit.tuning.TrainableParameters;

/// Makes one sample: texts, a checkpoint, scores, masks and finished runs, in a project folder.
final class SampleMaker {
    private static final int MAX_LENGTH = 32;
    private static final double DECAY = 0.01;
    private static final double WARMUP = 0.06;
    private static final double MASKED = 0.2;
    private static final String FULL = "1-full";
    private static final String TOP = "2-top";
    /// The default rate of full fine-tuning, at which it hardly forgets: a fair control.
    private static final double GENTLE = Defaults.FULL_RATE;
    private static final int CANDIDATES = 60;

    private final Recipe recipe;
    private final long seed;
    private final Backend backend;
    private final Engine engine;
    private final Consumer<String> said;
    private final Path folder;
    private final Path scratch;

    /// Handles requests.
    interface Engine {
        /// Passes on the events of a request, until its last; throws when it fails.
        void run(Request request, Consumer<Event> listener);
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
        Path taught = pretrained(random, texts);
        learnTask(taught);
        List<Outcome> outcomes = runs();
        new SampleReadme(recipe, seed, outcomes).write(folder);
        removeLocks();
        return outcomes;
    }

    /// Makes scores, masks and runs in a project that has texts and a checkpoint.
    List<Outcome> runs() {
        Project project = Project.create(folder, projectFile());
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
            rehearse(project, top);
        }
        return outcomes;
    }

    /// Saves the answers for a presentation of the sample, in case the engine does not start there, and the
    /// sentences to pick from. These are sentences that the model gets right; those whose answer changes without
    /// the mask's heads come first.
    private void rehearse(Project project, HeadMask top) {
        said.accept("rehearsing the presentation");
        DataFile test = data(recipe.source(), "test");
        List<Asked> shown = shown(GivenText.readable(GlossedText.read(test, Integer.MAX_VALUE)).stream()
                .limit(CANDIDATES)
                .map(text -> asked(text, top))
                .toList());
        Map<String, Map<String, double[]>> answers = new LinkedHashMap<>();
        answers.put(Rehearsed.key(null), answers(shown, Asked::whole));
        answers.put(Rehearsed.key(top), answers(shown, Asked::without));
        RunFolder full = project.run(FULL + Project.PRECOMPUTED);
        RunFolder masked = project.run(TOP + Project.PRECOMPUTED);
        ForgettingComparison kept = ForgettingComparison.of(
                full.id(),
                masked.id(),
                verdicts(folder.resolve("checkpoint"), test),
                verdicts(full.adapted(), test),
                verdicts(masked.adapted(), test));
        AtomicFile.write(
                folder.resolve(Rehearsed.NAME),
                Json.pretty(new Rehearsed(
                        Rehearsed.VERSION,
                        project.file().checkpoint(),
                        shown.getFirst().whole.labels(),
                        answers,
                        kept)));
        Map<String, Object> stage = new LinkedHashMap<>();
        stage.put("schemaVersion", 1);
        stage.put("examples", shown.stream().map(a -> a.given.shown()).toList());
        AtomicFile.write(folder.resolve("present.json"), Json.pretty(stage));
    }

    /// @param whole   the answer with all heads
    /// @param without the answer without the mask's heads
    private record Asked(GivenText given, String label, Event.Explained whole, Event.Explained without) {
        boolean right() {
            return whole.labels().get(whole.predicted()).equals(label);
        }

        boolean changes() {
            return whole.predicted() != without.predicted();
        }
    }

    private Asked asked(GlossedText text, HeadMask top) {
        Request.WhatIf off = new Request.WhatIf(
                model(folder.resolve("checkpoint")),
                text.text(),
                text.pair(),
                data(recipe.source(), "train"),
                null,
                null,
                List.copyOf(top.selected()),
                false);
        Request.Explain plain = new Request.Explain(off.model(), off.text(), off.pair(), null, null, null);
        return new Asked(
                new GivenText(text.text(), text.pair()),
                text.label(),
                only(plain, Event.Explained.class),
                only(off, Event.Explained.class));
    }

    /// One example of each label, and one more.
    private static List<Asked> shown(List<Asked> all) {
        List<Asked> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparing((Asked a) -> !a.right()).thenComparing(a -> !a.changes()));
        Set<Asked> shown = new LinkedHashSet<>();
        Set<String> labels = new HashSet<>();
        sorted.stream().filter(a -> labels.add(a.label)).forEach(shown::add);
        sorted.stream().filter(a -> !shown.contains(a)).limit(1).forEach(shown::add);
        return List.copyOf(shown);
    }

    private static Map<String, double[]> answers(List<Asked> shown, Function<Asked, Event.Explained> of) {
        Map<String, double[]> answers = new LinkedHashMap<>();
        shown.forEach(a -> answers.put(a.given.shown(), of.apply(a).probabilities()));
        return answers;
    }

    private PredictedRows verdicts(Path checkpoint, DataFile data) {
        PredictedRows rows = new PredictedRows();
        ask(new Request.Predict(model(checkpoint), data, 0), Event.Predicted.class, rows::hear);
        return rows;
    }

    private <E extends Event> E only(Request request, Class<E> kind) {
        List<E> answers = new ArrayList<>();
        ask(request, kind, answers::add);
        return answers.getFirst();
    }

    private <E extends Event> void ask(Request request, Class<E> kind, Consumer<E> answer) {
        engine.run(request, event -> {
            if (kind.isInstance(event)) {
                answer.accept(kind.cast(event));
            }
        });
    }

    private Request.Model model(Path checkpoint) {
        return new Request.Model(checkpoint.toString(), labels(), MAX_LENGTH, recipe.prompt());
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
                    file(language, "test"), texts.test(language, recipe.sizes().test()));
        }
        SampleTexts.write(
                file(recipe.source(), "train"),
                shuffled(texts.train(recipe.source(), recipe.sizes().sourceTrain())));
        SampleTexts.write(
                file(recipe.target(), "train"),
                shuffled(texts.train(recipe.target(), recipe.sizes().targetTrain())));
    }

    private List<Sentence> shuffled(List<Sentence> texts) {
        Collections.shuffle(texts, new Random(seed));
        return texts;
    }

    private Path file(Language language, String split) {
        return folder.resolve("data").resolve(language.id()).resolve(split + ".csv");
    }

    private DataFile data(Language language, String split) {
        String path = file(language, split).toString();
        return recipe.pairs() ? new DataFile(path, "premise", "label", "hypothesis", null, null) : new DataFile(path);
    }

    Path pretrained(Path random, SampleTexts texts) {
        List<Sentence> unlabelled = new ArrayList<>();
        for (int i = 0; i < recipe.spoken().size(); i++) {
            unlabelled.addAll(texts.unlabelled(
                    recipe.spoken().get(i),
                    recipe.language().texts().get(i),
                    recipe.language().mixed()));
        }
        Path taught = scratch.resolve("pretrained");
        Checkpoint checkpoint = Checkpoint.open(random);
        Recipe.Pretraining p = recipe.language();
        List<Integer> words = recipe.prompt() == null ? List.of() : List.of(0, 1, 2);
        try (TextTokenizer tokenizer = TextTokenizer.open(checkpoint, MAX_LENGTH);
                ProxyModel model = Families.load(checkpoint, recipe.grammar().labels(), words, backend);
                TrainableParameters parameters = TrainableParameters.full(model)) {
            LanguagePretraining.Settings settings = new LanguagePretraining.Settings(
                    p.steps(),
                    p.batchSize(),
                    p.learningRate(),
                    DECAY,
                    WARMUP,
                    new Guesses.Masking(MASKED, SampleTokenizer.MASK, SampleTokenizer.SPECIAL_TOKENS),
                    seed);
            double[] mean = new double[1];
            new LanguagePretraining(model, parameters, settings)
                    .run(tokens(tokenizer, unlabelled, model), (step, loss) -> {
                        mean[0] += loss / 100;
                        if (step % 100 == 0) {
                            said.accept(String.format(
                                    java.util.Locale.ROOT,
                                    "pre-training step %d of %d, loss %.3f",
                                    step,
                                    p.steps(),
                                    mean[0]));
                            mean[0] = 0;
                        }
                    });
            checkpoint.writeAdapted(taught, parameters.tensors(), parameters::adapted);
        }
        return taught;
    }

    private LabelledTokens tokens(TextTokenizer tokenizer, List<Sentence> texts, ProxyModel model) {
        List<String> first = texts.stream().map(Sentence::text).toList();
        return LabelledTokens.of(
                recipe.pairs()
                        ? tokenizer.encode(
                                first, texts.stream().map(Sentence::pair).toList())
                        : tokenizer.encode(first),
                new int[texts.size()],
                model.spec());
    }

    void learnTask(Path taught) {
        RunFolder run = new RunFolder(scratch.resolve("task"));
        RunConfig config = new RunConfig(
                        RunConfig.VERSION,
                        "task",
                        taught.toString(),
                        labels(),
                        recipe.prompt(),
                        RunConfig.Parameters.FULL,
                        new RunConfig.Data(data(recipe.source(), "train"), data(recipe.source(), "test"), null),
                        settings(recipe.task()),
                        RunConfig.Course.DEFAULT)
                .named(recipe.source().title(), null);
        engine.run(new Request.Tune(config, run.folder().toString()), this::tell);
        Path checkpoint = folder.resolve("checkpoint");
        Architecture.writeHalf(Checkpoint.open(run.adapted()), checkpoint);
        for (String file : List.of("config.json", "tokenizer.json", "tokenizer_config.json")) {
            try {
                Files.copy(run.adapted().resolve(file), checkpoint.resolve(file));
            } catch (IOException e) {
                throw AtomicFile.cannotWrite(checkpoint.resolve(file), e);
            }
        }
    }

    private @Nullable List<String> labels() {
        return null; // in config.json, or the verbalizer's
    }

    private RunConfig.Settings settings(Recipe.Training t) {
        return new RunConfig.Settings(
                new RunConfig.Batches(t.epochs(), t.batchSize(), 1),
                new RunConfig.Optimizer(t.learningRate(), DECAY, WARMUP, 1),
                null,
                0,
                0,
                0,
                MAX_LENGTH,
                seed);
    }

    private ProjectFile projectFile() {
        return new ProjectFile(
                ProjectFile.VERSION,
                recipe.title(),
                folder.resolve("checkpoint").toString(),
                labels(),
                recipe.prompt(),
                new ProjectFile.Language(
                        recipe.source().title(), data(recipe.source(), "train"), data(recipe.source(), "test")),
                new ProjectFile.Language(
                        recipe.target().title(), data(recipe.target(), "train"), data(recipe.target(), "test")),
                MAX_LENGTH);
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
                model(folder.resolve("checkpoint")),
                data(recipe.source(), "train"),
                method,
                false,
                Defaults.BASELINE_EXAMPLES,
                Defaults.EXAMPLES,
                seed,
                null);
        ScoreRecord record = only(request, Event.Scored.class).scores().timeless(TimelessEvents.AT);
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
            watched.put(recipe.watched().title(), data(recipe.watched(), "test"));
        }
        RunConfig config = new RunConfig(
                        RunConfig.VERSION,
                        name,
                        folder.resolve("checkpoint").toString(),
                        labels(),
                        recipe.prompt(),
                        new RunConfig.Parameters(what, mask, true, false),
                        new RunConfig.Data(
                                data(recipe.target(), "train"),
                                data(recipe.target(), "test"),
                                data(recipe.source(), "test"),
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
        return new Outcome(name, e.target(), Objects.requireNonNull(e.source()));
    }

    private void tell(Event event) {
        if (event instanceof Event.Evaluated e) {
            Quality source = e.source();
            said.accept(String.format(
                    java.util.Locale.ROOT,
                    "  step %d: %.1f %%%s%s",
                    e.step(),
                    100 * e.target().accuracy(),
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
