package sirkuit.app.runs;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.app.look.Words;
import sirkuit.mask.HeadMask;
import sirkuit.project.Project;
import sirkuit.protocol.Event;
import sirkuit.protocol.Points;
import sirkuit.protocol.Quality;
import sirkuit.record.GuessedNames;
import sirkuit.record.RunConfig;
import sirkuit.record.RunTexts;
import sirkuit.run.ChosenOn;
import sirkuit.run.RunFolder;
import sirkuit.run.RunKind;
import sirkuit.run.RunLabel;
import sirkuit.run.state.RunState;

/// One run for the window: a [RunState] as properties, with its settings, its label and the study it belongs to. A live
/// run gets its events from the engine, a reopened one from `events.jsonl`.
public final class RunModel {
    private final String id;
    private final int number;
    private final RunConfig config;
    private final RunTexts settings;
    private RunState state = RunState.NONE;
    private final ObservableList<Event.Evaluated> evaluations = FXCollections.observableArrayList();
    private final ObservableList<Event.Evaluated> view = FXCollections.unmodifiableObservableList(evaluations);
    private final ReadOnlyObjectWrapper<RunState.Status> status = new ReadOnlyObjectWrapper<>(state.status());
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper();
    private final ReadOnlyObjectWrapper<RunLabel> label = new ReadOnlyObjectWrapper<>(RunLabel.NONE);
    private final LossHistory history = new LossHistory();
    private final Speed speed = new Speed();
    private final @Nullable StudyPlace place;
    private @Nullable Supplier<News> unread;
    private long told;
    private boolean resumed;

    /// @param number counts a project's runs from 0 and determines the run's colour
    public RunModel(String id, int number, RunConfig config) {
        this(id, number, config, RunTexts.of(config, GuessedNames.byName()));
    }

    /// @param texts its target and texts according to its settings, until its events report them
    RunModel(String id, int number, RunConfig config, RunTexts texts) {
        this.id = id;
        this.number = number;
        this.config = config;
        settings = texts;
        place = StudyPlace.of(id);
    }

    /// Its place in a study; null if it belongs to none.
    public @Nullable StudyPlace place() {
        return place;
    }

    /// The study it belongs to; null for none.
    public @Nullable String study() {
        return place == null ? null : place.study();
    }

    /// A run as its folder describes it. A line that cannot be read is skipped. A run without a final event was
    /// interrupted.
    public static RunModel reopened(String id, int number, RunConfig config, List<String> lines) {
        RunModel run = following(id, number, config, lines);
        run.end();
        return run;
    }

    /// A run that another process is working on, as far as it is known.
    static RunModel following(String id, int number, RunConfig config, List<String> lines) {
        RunModel run = new RunModel(id, number, config);
        run.tell(lines);
        return run;
    }

    /// Takes lines of the event stream.
    void tell(List<String> lines) {
        accept(RunState.events(lines));
    }

    /// The events in its folder from some position on, read in the background.
    record News(long from, long end, List<Event> events) {
        static News of(RunFolder.NewLines told) {
            return new News(told.from(), told.end(), RunState.events(told.lines()));
        }

        /// Without the steps of a finished run, but for the last one of each row: they are many, and only the plot of
        /// the loss needs them.
        static News withoutSteps(RunFolder.NewLines told) {
            List<String> lines = told.lines();
            List<String> kept = IntStream.range(0, lines.size())
                    .filter(i -> !step(lines.get(i)) || i + 1 == lines.size() || !step(lines.get(i + 1)))
                    .mapToObj(lines::get)
                    .toList();
            return new News(told.from(), told.end(), RunState.events(kept));
        }

        private static boolean step(String line) {
            return line.contains("\"type\":\"stepped\"");
        }

        /// Whether the lines end as those of a finished run do.
        static boolean finished(RunFolder.NewLines told) {
            return !told.lines().isEmpty() && told.lines().getLast().contains("\"type\":\"finished\"");
        }
    }

    /// Takes the events of its folder. If they begin before the known ones, the known ones are discarded.
    void tell(News news) {
        if (news.from < told) {
            forget();
        }
        told = news.end;
        accept(news.events);
    }

    /// Takes the events of a finished run, and all of its steps when somebody asks for them.
    void tell(News withoutSteps, Supplier<News> all) {
        tell(withoutSteps);
        unread = all;
    }

    /// How far its event stream has been read, in bytes.
    long bytesRead() {
        return told;
    }

    /// Records that no process works on it any more, even if its events do not say so.
    void end() {
        show(state.abandoned());
    }

    /// Replaces the known events with those in its folder.
    void reread(News all) {
        forget();
        tell(all);
    }

    private void forget() {
        history.forgetFrom(0);
        unread = null;
        told = 0;
        show(state.readAgain());
    }

    /// Whether it was resumed in this window.
    boolean wasResumed() {
        return resumed;
    }

    /// Records that it is being resumed.
    void again() {
        history(); // it goes on from what is known
        resumed = true;
        show(state.waiting());
    }

    /// Takes an event from the engine.
    public void accept(Event event) {
        accept(List.of(event));
    }

    private void accept(List<Event> events) {
        for (Event event : events) {
            speed.take(event);
            history.take(event);
        }
        show(state.applyAll(events));
    }

    /// Sets the state first, because listeners of a property may read all the others.
    private void show(RunState now) {
        state = now;
        List<Event.Evaluated> all = now.evaluations();
        int alike = 0;
        while (alike < Math.min(all.size(), evaluations.size())
                && all.get(alike).equals(evaluations.get(alike))) {
            alike++;
        }
        if (alike < evaluations.size()) {
            evaluations.remove(alike, evaluations.size());
        }
        if (alike < all.size()) {
            evaluations.addAll(all.subList(alike, all.size()));
        }
        progress.set(planned() == 0 ? 0 : (double) now.step() / planned());
        status.set(now.status());
    }

    /// The state according to its events.
    public RunState state() {
        return state;
    }

    public String id() {
        return id;
    }

    public int number() {
        return number;
    }

    /// Whether it came with the project.
    public boolean precomputed() {
        return id().endsWith(Project.PRECOMPUTED);
    }

    /// Its name: the last one that it was given.
    public String name() {
        String given = label.get().name();
        return given == null ? config.name() : given;
    }

    /// Name and pin, which may be changed after the run.
    public ReadOnlyObjectProperty<RunLabel> label() {
        return label.getReadOnlyProperty();
    }

    public void label(RunLabel now) {
        label.set(now);
    }

    public RunConfig config() {
        return config;
    }

    /// Its target and texts, as the run itself recorded them. The project's later choices do not matter.
    public RunTexts texts() {
        return state.texts(settings);
    }

    public ReadOnlyObjectProperty<RunState.Status> status() {
        return status.getReadOnlyProperty();
    }

    /// Share of the steps that are done.
    public ReadOnlyDoubleProperty progress() {
        return progress.getReadOnlyProperty();
    }

    /// Ordered by step, beginning with step 0.
    public ObservableList<Event.Evaluated> evaluations() {
        return view;
    }

    public boolean active() {
        return status.get().active();
    }

    /// Planned optimizer steps; 0 when not known yet.
    public int planned() {
        return state.planned();
    }

    /// The name of what it learns. It is the run's own: the project's later choices do not matter.
    public String target() {
        return texts().target();
    }

    /// What kind of heads or weights it trains.
    public RunKind strategy() {
        return RunKind.of(config);
    }

    /// How many heads it trains, 0 if only the norms; null if it does not train the heads of a mask.
    public @Nullable Integer heads() {
        HeadMask mask = config.mask();
        return config.what() != RunConfig.Trained.MASK ? null : (Integer) (mask == null ? 0 : mask.size());
    }

    public long seed() {
        return config.settings().seed();
    }

    /// The learning rate.
    public double rate() {
        return config.settings().learningRate();
    }

    /// What was trained: `12 of 48`, `norms`, `biases`, `last layers: 2`, `all parameters`.
    public String trained() {
        HeadMask mask = config.mask();
        return switch (config.what()) {
            case FULL -> Words.of("runs.trained.weights");
            case BIASES -> Words.of("runs.group.biases");
            case TOP_LAYERS ->
                Words.of("runs.trained.layers", config.parameters().topLayers() + "");
            case MASK ->
                mask == null || mask.size() == 0
                        ? Words.of("runs.group.norms")
                        : Words.of("runs.trained.of", mask.size() + "", mask.layers() * mask.heads() + "");
        };
    }

    /// Loss and learning rate, step by step.
    public LossHistory history() {
        Supplier<News> all = unread;
        if (all != null) {
            unread = null;
            history.forgetFrom(0);
            try {
                all.get().events.forEach(history::take);
            } catch (Problem gone) {
                history.forgetFrom(0); // its folder was taken away meanwhile
            }
        }
        return history;
    }

    public Speed speed() {
        return speed;
    }

    public Event.@Nullable Started started() {
        return state.started();
    }

    /// The expected memory; null when it is not known.
    Event.@Nullable Estimated estimated() {
        return state.estimated();
    }

    /// Which of the reported texts were used to choose the kept step.
    public ChosenOn chosen() {
        return ChosenOn.of(config());
    }

    /// The kept step; null until there is one.
    public @Nullable Integer keptStep() {
        return state.keptStep();
    }

    /// Whether it has been evaluated after step 0.
    public boolean learned() {
        return state.learned();
    }

    /// Quality on the target texts, of the kept step or, until there is one, the latest evaluation.
    public @Nullable Quality targetQuality() {
        return state.target();
    }

    /// The same on the source texts.
    public @Nullable Quality sourceQuality() {
        return state.source();
    }

    /// Target accuracy gained, in percentage points.
    public @Nullable Double gain() {
        return value(state.gain());
    }

    public @Nullable Double targetBefore() {
        return accuracy(state.targetBefore());
    }

    /// Target accuracy of the kept step or, until there is one, the latest evaluation.
    public @Nullable Double targetNow() {
        return accuracy(state.target());
    }

    public @Nullable Double sourceBefore() {
        Event.Evaluated before = state.before();
        return before == null ? null : accuracy(before.source());
    }

    public @Nullable Double sourceNow() {
        return accuracy(state.source());
    }

    /// Source accuracy lost, in percentage points; negative when it rose.
    public @Nullable Double forgetting() {
        return value(state.forgetting());
    }

    /// Why it failed; null if it did not.
    public Event.@Nullable Failed failure() {
        return state.failure();
    }

    private static @Nullable Double accuracy(@Nullable Quality quality) {
        return quality == null ? null : (Double) quality.accuracy();
    }

    private static @Nullable Double value(@Nullable Points points) {
        return points == null ? null : (Double) points.value();
    }
}
