package sirkuit.app.tune;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleLongProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.ObservableMap;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;
import sirkuit.app.runs.RunForecast;
import sirkuit.app.runs.RunModel;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MadeBy;
import sirkuit.protocol.Event;
import sirkuit.record.Defaults;
import sirkuit.record.ProjectFile;
import sirkuit.record.RunConfig;
import sirkuit.run.RunKind;
import sirkuit.run.state.RunState;

/// The settings of the next run.
public final class TuneModel {
    private static final RunConfig.Settings DEFAULT = RunConfig.Settings.DEFAULT;

    private final ObjectProperty<Trainable> what = new SimpleObjectProperty<>(Trainable.SELECTED);
    private final IntegerProperty epochs = new SimpleIntegerProperty(DEFAULT.epochs());
    private final IntegerProperty batchSize = new SimpleIntegerProperty(DEFAULT.batchSize());
    private final DoubleProperty learningRate = new SimpleDoubleProperty(DEFAULT.learningRate());
    private final DoubleProperty weightDecay =
            new SimpleDoubleProperty(DEFAULT.optimizer().weightDecay());
    private final DoubleProperty warmup =
            new SimpleDoubleProperty(DEFAULT.optimizer().warmup());
    private final DoubleProperty clip =
            new SimpleDoubleProperty(DEFAULT.optimizer().clip());
    private final LongProperty seed = new SimpleLongProperty(DEFAULT.seed());
    private final BooleanProperty norms = new SimpleBooleanProperty(true);
    private final BooleanProperty trainHead = new SimpleBooleanProperty(false);
    private final CourseModel course = new CourseModel();

    /// Learning rates of this project's latest runs.
    private final Map<RunConfig.Trained, Double> usual = new EnumMap<>(RunConfig.Trained.class);

    private final ObservableMap<String, String> mistakes = FXCollections.observableMap(new TreeMap<>());

    public TuneModel() {
        what.subscribe((was, now) -> {
            // The default rate follows the choice. A rate that the user has typed stays.
            if (learningRate.get() == usual(was)) {
                learningRate.set(usual(now));
            }
        });
    }

    private double usual(Trainable trainable) {
        return java.util.Objects.requireNonNull(
                usual.getOrDefault(trainable.trained(), Defaults.rate(trainable.trained())));
    }

    /// Begins with the settings of the project's latest finished run, so that the next run can be compared with it.
    /// What is trained, the seed and the few-shot texts stay as they are. The learning rate is that of the latest
    /// run of the same kind, full or masked. Settings that the user has changed by now are left alone.
    ///
    /// @param runs oldest first; empty until the project's runs have been read
    public void beginAs(ObservableList<RunModel> runs) {
        boolean[] begun = new boolean[1];
        runs.subscribe(() -> {
            if (!begun[0] && !runs.isEmpty()) {
                begun[0] = true;
                beginAs(runs.stream()
                        .filter(r -> r.status().get() == RunState.Status.FINISHED)
                        .map(RunModel::config)
                        .toList());
            }
        });
    }

    private void beginAs(List<RunConfig> finished) {
        finished.forEach(run -> usual.put(run.what(), run.settings().learningRate()));
        if (finished.isEmpty() || changed()) {
            return;
        }
        RunConfig.Settings s = finished.getLast().settings();
        epochs.set(s.epochs());
        batchSize.set(s.batchSize());
        learningRate.set(usual(what.get()));
        weightDecay.set(s.optimizer().weightDecay());
        warmup.set(s.optimizer().warmup());
        clip.set(s.optimizer().clip());
        course.beginAs(finished.getLast());
    }

    private boolean changed() {
        return epochs.get() != DEFAULT.epochs()
                || batchSize.get() != DEFAULT.batchSize()
                || learningRate.get() != Defaults.rate(what.get().trained());
    }

    public ObjectProperty<Trainable> what() {
        return what;
    }

    public IntegerProperty epochs() {
        return epochs;
    }

    public IntegerProperty batchSize() {
        return batchSize;
    }

    public DoubleProperty learningRate() {
        return learningRate;
    }

    public DoubleProperty weightDecay() {
        return weightDecay;
    }

    /// Share of the steps for the warm-up.
    public DoubleProperty warmup() {
        return warmup;
    }

    public DoubleProperty clip() {
        return clip;
    }

    public LongProperty seed() {
        return seed;
    }

    public BooleanProperty norms() {
        return norms;
    }

    public BooleanProperty trainHead() {
        return trainHead;
    }

    /// Further settings, which are rarely changed.
    public CourseModel course() {
        return course;
    }

    /// Everything that the run depends on, for the sentence that describes it.
    public Observable[] causes() {
        return Stream.concat(
                        Stream.of(what, epochs, batchSize, learningRate, norms, trainHead, mistakes),
                        Stream.of(course.causes()))
                .toArray(Observable[]::new);
    }

    /// Whether the window can make such a run. Biases, last layers, L2-SP and replay have only a command.
    public static boolean makes(RunConfig run) {
        boolean known = run.what() == RunConfig.Trained.MASK || run.what() == RunConfig.Trained.FULL;
        return known && RunKind.of(run) != RunKind.KEEPING;
    }

    /// Copies the settings of a run. The next run has the same ones, unless they are changed.
    public void take(RunConfig run, int labels) {
        RunConfig.Settings s = run.settings();
        HeadMask mask = run.mask();
        boolean none = mask == null || mask.size() == 0;
        what.set(
                run.what() == RunConfig.Trained.FULL
                        ? Trainable.FULL
                        : none
                                ? Trainable.NORMS
                                : RunKind.of(run) == RunKind.ALL_HEADS ? Trainable.ALL_HEADS : Trainable.SELECTED);
        epochs.set(s.epochs());
        batchSize.set(s.batchSize());
        learningRate.set(s.learningRate());
        weightDecay.set(s.optimizer().weightDecay());
        warmup.set(s.optimizer().warmup());
        clip.set(s.optimizer().clip());
        seed.set(s.seed());
        norms.set(run.parameters().norms());
        trainHead.set(run.parameters().trainHead());
        course.take(run, labels);
        mistakes.clear();
    }

    /// What is wrong with typed settings, by their names. No run starts while there is any.
    public ObservableMap<String, String> mistakes() {
        return mistakes;
    }

    /// Why a run cannot start now, with what to do about it; null if it can.
    public @Nullable String blocked(
            @Nullable HeadMask mask, Event.@Nullable Inspected checkpoint, ProjectFile.@Nullable Language target) {
        if (checkpoint == null) {
            return Words.of("runs.study.noCheckpoint");
        }
        if (target == null) {
            return Words.of("tune.no-target");
        }
        if (!mistakes.isEmpty()) {
            return mistakes.values().iterator().next();
        }
        boolean none = mask == null || mask.size() == 0;
        return what.get() == Trainable.SELECTED && none ? Words.of("tune.no-heads") : null;
    }

    /// What will be trained, in plain words.
    public String forecast(@Nullable HeadMask mask, Event.Inspected checkpoint, int trainTexts) {
        int texts = seen(trainTexts, checkpoint);
        long step = (long) batchSize.get() * course.accumulate().get();
        long steps = epochs.get() * Math.ceilDiv((long) Math.max(texts, 1), Math.max(step, 1));
        List<Long> parts = trainedParameters(mask, checkpoint);
        long parameters = parts.stream().mapToLong(n -> n).sum();
        String counts = parts.stream().map(Numbers::count).collect(Collectors.joining(" + "));
        String share = Numbers.percent((double) parameters / checkpoint.parameters());
        String subject =
                switch (what.get()) {
                    case SELECTED -> heads(mask) + besides();
                    case ALL_HEADS -> Words.of("tune.subject.all") + besides();
                    case NORMS -> Words.of(trainHead.get() ? "tune.subject.norms-classifier" : "tune.subject.norms");
                    case FULL -> Words.of("tune.subject.full");
                };
        String length = texts == 0 ? "" : Words.of("tune.length", Numbers.count(steps), Numbers.count(texts));
        String will = Words.of("tune.will", subject, counts, share, length);
        return what.get() == Trainable.FULL ? will : will + " " + Words.of("tune.rest");
    }

    /// The memory and time that the run will need, based on earlier runs.
    ///
    /// @param texts null while the engine has not read them
    public String cost(
            @Nullable HeadMask mask,
            Event.Inspected checkpoint,
            ProjectFile project,
            Event.@Nullable Described texts,
            List<RunModel> runs) {
        long trainable =
                trainedParameters(mask, checkpoint).stream().mapToLong(n -> n).sum();
        return RunForecast.of(
                        runs,
                        config(mask, checkpoint, project, ""),
                        trainable,
                        seen(texts == null ? 0 : texts.examples(), checkpoint),
                        texts == null ? Double.NaN : texts.meanTokens())
                .words();
    }

    /// Texts per epoch: all, or the few-shot subset.
    private int seen(int trainTexts, Event.Inspected checkpoint) {
        int few = course.examplesOf(checkpoint.labels().size());
        return few == 0 ? trainTexts : Math.min(few, trainTexts);
    }

    /// The run's settings as they are written to its folder.
    public RunConfig config(@Nullable HeadMask mask, Event.Inspected checkpoint, ProjectFile project, String name) {
        ProjectFile.Language target = java.util.Objects.requireNonNull(project.target());
        boolean full = what.get() == Trainable.FULL;
        RunConfig.Settings settings = settings(project, checkpoint);
        return new RunConfig(
                        RunConfig.VERSION,
                        name,
                        project.checkpoint(),
                        project.labels(),
                        project.prompt(),
                        new RunConfig.Parameters(
                                what.get().trained(),
                                full ? null : trainedMask(mask, checkpoint),
                                norms.get() || what.get() == Trainable.NORMS,
                                trainHead.get()),
                        new RunConfig.Data(
                                target.train(),
                                target.test(),
                                project.source().test(),
                                course.watched().get(),
                                null,
                                course.patience().get() > 0 ? (Double) RunConfig.Data.FIFTH : null),
                        settings,
                        course.course())
                .named(target.name(), project.source().name());
    }

    /// The current optimizer settings and sizes.
    public RunConfig.Settings settings(ProjectFile project, Event.Inspected checkpoint) {
        return new RunConfig.Settings(
                new RunConfig.Batches(
                        epochs.get(), batchSize.get(), course.accumulate().get()),
                new RunConfig.Optimizer(learningRate.get(), weightDecay.get(), warmup.get(), clip.get()),
                course.dropout(),
                course.evaluateEvery().get(),
                course.patience().get(),
                course.examplesOf(checkpoint.labels().size()),
                project.maxLength(),
                seed.get());
    }

    /// A name that distinguishes runs: `Top 12 by CD-T`.
    public String suggestedName(@Nullable HeadMask mask, Set<String> taken) {
        String subject =
                switch (what.get()) {
                    case SELECTED -> mask == null ? "No heads" : MadeBy.name(mask);
                    case ALL_HEADS -> "All heads";
                    case NORMS -> "Norms only";
                    case FULL -> "Full fine-tuning";
                };
        String name = subject;
        for (int i = 2; taken.contains(name); i++) {
            name = subject + " (" + i + ")";
        }
        return name;
    }

    private HeadMask trainedMask(@Nullable HeadMask mask, Event.Inspected checkpoint) {
        return switch (what.get()) {
            case ALL_HEADS -> HeadMask.all(checkpoint.layers(), checkpoint.heads());
            case SELECTED -> mask == null ? HeadMask.none(checkpoint.layers(), checkpoint.heads()) : mask;
            default -> HeadMask.none(checkpoint.layers(), checkpoint.heads());
        };
    }

    /// The numbers of trained entries, in the order in which the forecast names them.
    private List<Long> trainedParameters(@Nullable HeadMask mask, Event.Inspected checkpoint) {
        if (what.get() == Trainable.FULL) {
            return List.of(checkpoint.parameters());
        }
        long heads = trainedMask(mask, checkpoint).size() * checkpoint.counts().headParameters();
        long ofNorms = norms.get() || what.get() == Trainable.NORMS
                ? checkpoint.counts().normParameters()
                : 0;
        long classifier = trainHead.get() ? classifierParameters(checkpoint) : 0;
        return Stream.of(heads, ofNorms, classifier).filter(n -> n > 0).toList();
    }

    /// Pooler (hidden to hidden) and last layer (hidden to labels), with their biases.
    private static long classifierParameters(Event.Inspected checkpoint) {
        return (checkpoint.shape().hidden() + 1L)
                * (checkpoint.shape().hidden() + checkpoint.labels().size());
    }

    private static String heads(@Nullable HeadMask mask) {
        int count = mask == null ? 0 : mask.size();
        return count == 1 ? Words.of("tune.subject.one") : Words.of("tune.subject.heads", count + "");
    }

    private String besides() {
        if (norms.get()) {
            return Words.of(trainHead.get() ? "tune.besides.norms-classifier" : "tune.besides.norms");
        }
        return trainHead.get() ? Words.of("tune.besides.classifier") : "";
    }
}
