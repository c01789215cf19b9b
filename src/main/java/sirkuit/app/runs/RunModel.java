package sirkuit.app.runs;

import java.util.ArrayList;
import java.util.List;
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
import sirkuit.protocol.Quality;
import sirkuit.protocol.Wire;
import sirkuit.record.GuessedNames;
import sirkuit.record.RunConfig;
import sirkuit.record.RunTexts;
import sirkuit.run.ChosenOn;
import sirkuit.run.RunFolder;
import sirkuit.run.RunLabel;

/// One run: its settings and everything its events have said so far. A live run gets its events from the engine, a
/// reopened one from `events.jsonl`.
public final class RunModel {
    private final String id;
    private final int number;
    private final RunConfig config;
    private RunTexts texts;
    private final ObservableList<Event.Evaluated> evaluations = FXCollections.observableArrayList();
    private final ObservableList<Event.Evaluated> view = FXCollections.unmodifiableObservableList(evaluations);
    private final ReadOnlyObjectWrapper<Status> status = new ReadOnlyObjectWrapper<>(Status.WAITING);
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper();
    private final ReadOnlyObjectWrapper<RunLabel> label = new ReadOnlyObjectWrapper<>(RunLabel.NONE);
    private final LossHistory history = new LossHistory();
    private final Speed speed = new Speed();
    private Event.@Nullable Started started;
    private Event.@Nullable Written written;
    private Event.@Nullable Failed failure;
    private Event.@Nullable Estimated estimated;
    private @Nullable String study;
    private boolean paused;
    private long told;
    private boolean resumed;

    /// How a run is going.
    public enum Status {
        WAITING,
        RUNNING,
        FINISHED,
        FAILED,
        CANCELLED,
        PAUSED,
        INTERRUPTED;

        public String words() {
            return Words.of("runs.status." + name());
        }

        /// Whether it is going on, or will.
        public boolean active() {
            return this == WAITING || this == RUNNING;
        }

        /// Whether it can go on.
        public boolean resumable() {
            return !active() && this != FINISHED;
        }
    }

    /// @param number counts a project's runs from 0; gives the run its colour
    public RunModel(String id, int number, RunConfig config) {
        this(id, number, config, RunTexts.of(config, GuessedNames.byName()));
    }

    /// @param texts what it learns by its settings, until its events say
    RunModel(String id, int number, RunConfig config, RunTexts texts) {
        this.id = id;
        this.number = number;
        this.config = config;
        this.texts = texts;
    }

    /// The study it is part of; null for none.
    public @Nullable String study() {
        return study;
    }

    public void study(String name) {
        study = name;
    }

    /// A run as its folder describes it. A line that cannot be read is left out; a run whose end is missing was
    /// interrupted.
    public static RunModel reopened(String id, int number, RunConfig config, List<String> lines) {
        RunModel run = following(id, number, config, lines);
        run.end();
        return run;
    }

    /// A run that another process is working on, so far.
    static RunModel following(String id, int number, RunConfig config, List<String> lines) {
        RunModel run = new RunModel(id, number, config);
        run.tell(lines);
        return run;
    }

    /// Lines of the event stream.
    void tell(List<String> lines) {
        read(lines).forEach(this::accept);
    }

    private static List<Event> read(List<String> lines) {
        List<Event> events = new ArrayList<>(lines.size());
        for (String line : lines) {
            try {
                events.add(Wire.event(line).body());
            } catch (Problem ignored) {
                // One damaged line must not hide the rest of the run.
            }
        }
        return events;
    }

    /// The events in its folder from some place on, read in the background.
    record News(long from, long end, List<Event> events) {
        static News of(RunFolder.Told told) {
            return new News(told.from(), told.end(), read(told.lines()));
        }
    }

    /// Takes the events of its folder. If they begin before those that are known already, the known ones are discarded.
    void tell(News news) {
        if (news.from < told) {
            forget();
        }
        told = news.end;
        news.events.forEach(this::accept);
    }

    /// How far its event stream has been read, in bytes.
    long told() {
        return told;
    }

    /// No process works on it any more, even if its events do not say so.
    void end() {
        if (active()) {
            status.set(Status.INTERRUPTED);
        }
    }

    /// What its folder says now, instead of what is known here.
    void reread(News all) {
        forget();
        tell(all);
    }

    private void forget() {
        evaluations.clear();
        history.forgetFrom(0);
        written = null;
        failure = null;
        paused = false;
        told = 0;
        status.set(Status.RUNNING);
    }

    /// Whether it was asked to go on in this window.
    boolean wasResumed() {
        return resumed;
    }

    /// It is to go on.
    void again() {
        resumed = true;
        status.set(Status.WAITING);
    }

    /// Takes in what the engine reports.
    public void accept(Event event) {
        speed.take(event);
        switch (event) {
            case Event.Started s -> {
                started = s;
                texts = s.texts(texts);
                paused = false;
                status.set(Status.RUNNING);
            }
            case Event.Paused p -> paused = true;
            case Event.Estimated e -> estimated = e;
            case Event.Stepped s -> {
                history.add(s);
                progress.set(planned() == 0 ? 0 : (double) s.step() / planned());
            }
            case Event.Evaluated e -> {
                evaluations.removeIf(old -> old.step() >= e.step()); // a run that begins again tells it again
                evaluations.add(e);
            }
            case Event.Resumed r -> {
                // What an earlier process reported of later steps is reported again.
                evaluations.removeIf(e -> e.step() > r.step());
                history.forgetFrom(r.step() + 1);
                written = null;
                failure = null;
                paused = false;
                status.set(Status.RUNNING);
            }
            case Event.Written w -> written = w;
            case Event.Finished f -> status.set(Status.FINISHED);
            case Event.Failed f -> {
                failure = f;
                status.set(Status.FAILED);
            }
            case Event.Cancelled c -> status.set(paused ? Status.PAUSED : Status.CANCELLED);
            default -> {}
        }
    }

    public String id() {
        return id;
    }

    public int number() {
        return number;
    }

    /// What people call it: the name it was given last.
    /// Whether it came with the project rather than being made in it.
    public boolean precomputed() {
        return id().endsWith(Project.PRECOMPUTED);
    }

    public String name() {
        String given = label.get().name();
        return given == null ? config.name() : given;
    }

    /// Name and pin, as they were put on it afterwards.
    public ReadOnlyObjectProperty<RunLabel> label() {
        return label.getReadOnlyProperty();
    }

    public void label(RunLabel now) {
        label.set(now);
    }

    public RunConfig config() {
        return config;
    }

    /// What it learnt and was measured on, in its own words, whatever the project has chosen since.
    public RunTexts texts() {
        return texts;
    }

    public ReadOnlyObjectProperty<Status> status() {
        return status.getReadOnlyProperty();
    }

    /// Share of the steps that are done.
    public ReadOnlyDoubleProperty progress() {
        return progress.getReadOnlyProperty();
    }

    /// In the order of their steps, step 0 first.
    public ObservableList<Event.Evaluated> evaluations() {
        return view;
    }

    public boolean active() {
        return status.get().active();
    }

    /// Optimizer steps planned, 0 when not known yet.
    public int planned() {
        return started == null ? 0 : started.steps();
    }

    /// What was trained: `12 of 48`, `norms`, `all parameters`.
    public String trained() {
        if (config.what() == RunConfig.Trained.FULL) {
            return Words.of("runs.trained.weights");
        }
        HeadMask mask = config.mask();
        int size = mask == null ? 0 : mask.size();
        return mask == null || size == 0
                ? Words.of("runs.group.norms")
                : Words.of("runs.trained.of", size + "", mask.layers() * mask.heads() + "");
    }

    /// Loss and learning rate, step by step.
    public LossHistory history() {
        return history;
    }

    Speed speed() {
        return speed;
    }

    public Event.@Nullable Started started() {
        return started;
    }

    /// The memory it was expected to take; null when that is not known.
    Event.@Nullable Estimated estimated() {
        return estimated;
    }

    /// Which of the reported texts themselves chose the step that is kept.
    public ChosenOn chosen() {
        return ChosenOn.of(config());
    }

    /// The step whose values were kept; null until they are.
    public @Nullable Integer keptStep() {
        return written == null ? null : (Integer) written.step();
    }

    /// Whether it has been evaluated after its first step.
    public boolean learned() {
        return written != null
                || (!evaluations.isEmpty() && evaluations.getLast().step() > 0);
    }

    /// On the target texts, of the values that were kept, and until they are, of the latest.
    public @Nullable Quality targetQuality() {
        if (written != null && written.target() != null) {
            return written.target();
        }
        return evaluations.isEmpty() ? null : evaluations.getLast().target();
    }

    /// The same on the source texts.
    public @Nullable Quality sourceQuality() {
        if (written != null && written.source() != null) {
            return written.source();
        }
        return evaluations.isEmpty() ? null : evaluations.getLast().source();
    }

    /// Target accuracy won, in percentage points.
    public @Nullable Double gain() {
        Double before = targetBefore();
        Double now = targetNow();
        return before == null || now == null ? null : (Double) (100 * (now - before));
    }

    public @Nullable Double targetBefore() {
        return evaluations.isEmpty()
                ? null
                : (Double) evaluations.getFirst().target().accuracy();
    }

    /// Of the values that were kept, and until they are, of the latest.
    public @Nullable Double targetNow() {
        Quality now = targetQuality();
        return now == null ? null : (Double) now.accuracy();
    }

    public @Nullable Double sourceBefore() {
        return evaluations.isEmpty() ? null : source(evaluations.getFirst());
    }

    public @Nullable Double sourceNow() {
        Quality now = sourceQuality();
        return now == null ? null : (Double) now.accuracy();
    }

    /// Source accuracy lost, in percentage points; negative when it rose.
    public @Nullable Double forgetting() {
        Double before = sourceBefore();
        Double now = sourceNow();
        return before == null || now == null ? null : (Double) (100 * (before - now));
    }

    /// Why it failed; null unless it did.
    public Event.@Nullable Failed failure() {
        return failure;
    }

    private static @Nullable Double source(Event.Evaluated e) {
        return e.source() == null ? null : (Double) e.source().accuracy();
    }
}
