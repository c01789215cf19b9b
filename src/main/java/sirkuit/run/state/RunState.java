package sirkuit.run.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sirkuit.Problem;
import sirkuit.protocol.Event;
import sirkuit.protocol.Points;
import sirkuit.protocol.Quality;
import sirkuit.protocol.Wire;
import sirkuit.record.GuessedNames;
import sirkuit.record.Provenance;
import sirkuit.record.RunConfig;
import sirkuit.record.RunTexts;
import sirkuit.run.RunFolder;

/// What a run's events say of it so far. The window, the report, the command line and studies all read a run as this;
/// nothing else interprets its events.
///
/// @param status      how it is going
/// @param started     its first event; null before
/// @param estimated   the memory that it was expected to take; null when that was not told
/// @param step        the last optimizer step that was made
/// @param evaluations in the order of their steps, step 0 first
/// @param written     the adapted checkpoint; null until it is written
/// @param failure     why it failed; null unless it did
/// @param pause       where it was paused last; null when it never was, or has been resumed since
/// @param seconds     how long it took; 0 until it has finished
/// @param notes       what to know before trusting the run, each once
/// @param bound       which class the labels of each file were taken to mean; empty for runs of older versions
/// @param provenance  what it was made from and what computed it: when it started, and each time it was resumed with
///                    another version or on another machine; empty for runs of older versions
public record RunState(
        Status status,
        Event.@Nullable Started started,
        Event.@Nullable Estimated estimated,
        int step,
        List<Event.Evaluated> evaluations,
        Event.@Nullable Written written,
        Event.@Nullable Failed failure,
        Event.@Nullable Paused pause,
        double seconds,
        List<Event.Noted> notes,
        List<Event.Bound> bound,
        List<Provenance> provenance) {
    private static final Logger LOG = LoggerFactory.getLogger(RunState.class);

    /// The state of a run without events.
    public static final RunState NONE = new RunState(
            Status.WAITING, null, null, 0, List.of(), null, null, null, 0, List.of(), List.of(), List.of());

    private static final Event.Started NOT_STARTED = new Event.Started("", 0, 0, 0, 0, 0);

    /// The status of a run.
    public enum Status {
        /// It has not begun.
        WAITING,
        RUNNING,
        FINISHED,
        FAILED,
        /// Cancelled before there was anything to resume from.
        CANCELLED,
        /// Stopped with a resume point.
        PAUSED,
        /// Its process ended without a final event.
        INTERRUPTED;

        /// Whether it is running or waiting.
        public boolean active() {
            return this == WAITING || this == RUNNING;
        }

        /// Whether it can be resumed, if it has a resume point.
        public boolean resumable() {
            return !active() && this != FINISHED;
        }

        /// Its name for scripts.
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The state of a run according to its folder.
    ///
    /// @throws Problem when the file cannot be read
    public static RunState of(RunFolder run) {
        RunState state = of(run.eventLines());
        return run.beingWorkedOn() ? state.workedOn() : state.abandoned();
    }

    /// The state according to lines of an event stream. A damaged line, or one of another version, does not affect
    /// the other lines.
    public static RunState of(List<String> lines) {
        return NONE.applyAll(events(lines));
    }

    /// The events of lines, without those that cannot be read.
    public static List<Event> events(List<String> lines) {
        List<Event> events = new ArrayList<>(lines.size());
        for (String line : lines) {
            try {
                events.add(Wire.event(line).body());
            } catch (Problem e) {
                LOG.info("event ignored: {}", e.what());
            }
        }
        return events;
    }

    /// With more events.
    public RunState applyAll(List<Event> more) {
        RunState state = this;
        for (Event event : more) {
            state = state.apply(event);
        }
        return state;
    }

    /// The state after one more event. Events that are not about a run change nothing.
    public RunState apply(Event event) {
        return switch (event) {
            case Event.Started s -> new Change(this).started(s).state();
            case Event.Estimated e -> new Change(this).estimated(e).state();
            case Event.Stepped s -> new Change(this).step(s.step()).state();
            case Event.Evaluated e -> new Change(this).evaluated(e).state();
            case Event.Written w -> new Change(this).written(w).state();
            case Event.Noted n ->
                notes.stream().anyMatch(old -> old.what().equals(n.what()))
                        ? this
                        : new Change(this).noted(n).state();
            case Event.MadeFrom m when provenance.contains(m.provenance()) -> this;
            case Event.MadeFrom m -> new Change(this).madeFrom(m.provenance()).state();
            case Event.Bound b -> new Change(this).bound(b).state();
            case Event.Paused p -> new Change(this).paused(p).state();
            case Event.Resumed r -> new Change(this).resumed(r.step()).state();
            case Event.Finished f -> new Change(this).finished(f.seconds()).state();
            case Event.Failed f -> new Change(this).failed(f).state();
            case Event.Cancelled c ->
                new Change(this)
                        .status(pause == null ? Status.CANCELLED : Status.PAUSED)
                        .state();
            default -> this;
        };
    }

    /// The state when no process works on it any more, even if its events do not say so.
    public RunState abandoned() {
        return status.active()
                ? new Change(this)
                        .status(pause == null ? Status.INTERRUPTED : Status.PAUSED)
                        .state()
                : this;
    }

    /// The state when a process works on it, which may not have reported anything yet.
    private RunState workedOn() {
        return status == Status.WAITING
                ? new Change(this).status(Status.RUNNING).state()
                : this;
    }

    /// The state when it is waiting to be resumed.
    public RunState waiting() {
        return new Change(this).status(Status.WAITING).state();
    }

    /// The state before its file is read again from the beginning.
    public RunState readAgain() {
        Change change = new Change(NONE);
        change.started = started;
        return change.status(Status.RUNNING).state();
    }

    /// Its first event; before that one without figures.
    public Event.Started start() {
        return started == null ? NOT_STARTED : started;
    }

    /// Why it failed, in English; null if it did not fail.
    public @Nullable String why() {
        return status == Status.FAILED && failure != null ? failure.what() : null;
    }

    /// Optimizer steps planned; 0 when not known yet.
    public int planned() {
        return start().steps();
    }

    /// Its target and texts, according to its own events, or else its settings.
    ///
    /// @param names for a run of a version that did not record them
    public RunTexts texts(RunConfig settings, GuessedNames names) {
        return texts(RunTexts.of(settings, names));
    }

    /// @param settings the names in its settings
    public RunTexts texts(RunTexts settings) {
        return started == null ? settings : started.texts(settings);
    }

    /// Accuracies of the checkpoint before the run; null before the first evaluation.
    public Event.@Nullable Evaluated before() {
        return evaluations.isEmpty() ? null : evaluations.getFirst();
    }

    private Event.@Nullable Evaluated latest() {
        return evaluations.isEmpty() ? null : evaluations.getLast();
    }

    /// Whether it has been evaluated after step 0.
    public boolean learned() {
        Event.Evaluated last = latest();
        return written != null || last != null && last.step() > 0;
    }

    /// Quality on the target texts, of the kept step or, until there is one, the latest evaluation; null before the
    /// first. A run with a valid split shows that until there is a kept step. Older versions did not write the
    /// quality of the kept step; with them it is the latest evaluation.
    public @Nullable Quality target() {
        Event.Evaluated last = latest();
        return written != null && written.target() != null ? written.target() : last == null ? null : last.learnt();
    }

    /// Quality on the valid split of the kept step; null until the run has finished, and without a valid split.
    public @Nullable Quality finalValid() {
        return finalTarget() == null || written == null ? null : written.valid();
    }

    /// Whether what [#target()] says is of the valid split.
    public boolean onValid() {
        Event.Evaluated last = latest();
        return (written == null || written.target() == null) && last != null && last.valid() != null;
    }

    /// The same on the source texts; null also without them.
    public @Nullable Quality source() {
        Event.Evaluated last = latest();
        return written != null && written.target() != null ? written.source() : last == null ? null : last.source();
    }

    /// Target quality of the kept step; null until the run has finished.
    public @Nullable Quality finalTarget() {
        return status == Status.FINISHED && written != null ? written.target() : null;
    }

    /// The same on the source.
    public @Nullable Quality finalSource() {
        return finalTarget() == null ? null : source();
    }

    /// Target accuracy gained so far, in percentage points, with the ends of its 95 % interval; null while it is not
    /// known.
    public @Nullable Points gain() {
        Quality now = target();
        Quality began = targetBefore();
        return now == null || began == null ? null : Points.gained(now, began.accuracy());
    }

    /// Quality before the run on the texts that [#target()] is of; null before the first evaluation.
    public @Nullable Quality targetBefore() {
        Event.Evaluated first = before();
        return first == null ? null : onValid() ? first.valid() : first.target();
    }

    /// Source accuracy lost so far, the same way; negative when it rose.
    public @Nullable Points forgetting() {
        return forgetting(source());
    }

    /// Source accuracy lost when it is `now`; null when one of the two is not known.
    public @Nullable Points forgetting(@Nullable Quality now) {
        Event.Evaluated first = before();
        Quality began = first == null ? null : first.source();
        return now == null || began == null ? null : Points.lost(now, began.accuracy());
    }

    /// The kept step; null until there is one.
    public @Nullable Integer keptStep() {
        return written == null ? null : (Integer) written.step();
    }

    /// Computes the next state from one. For a single call only.
    private static final class Change {
        private Status status;
        private Event.@Nullable Started started;
        private Event.@Nullable Estimated estimated;
        private int step;
        private List<Event.Evaluated> evaluations;
        private Event.@Nullable Written written;
        private Event.@Nullable Failed failure;
        private Event.@Nullable Paused pause;
        private double seconds;
        private List<Event.Noted> notes;
        private List<Event.Bound> bound;
        private List<Provenance> provenance;

        Change(RunState from) {
            status = from.status;
            started = from.started;
            estimated = from.estimated;
            step = from.step;
            evaluations = from.evaluations;
            written = from.written;
            failure = from.failure;
            pause = from.pause;
            seconds = from.seconds;
            notes = from.notes;
            bound = from.bound;
            provenance = from.provenance;
        }

        RunState state() {
            return new RunState(
                    status,
                    started,
                    estimated,
                    step,
                    List.copyOf(evaluations),
                    written,
                    failure,
                    pause,
                    seconds,
                    List.copyOf(notes),
                    List.copyOf(bound),
                    List.copyOf(provenance));
        }

        Change status(Status now) {
            status = now;
            return this;
        }

        Change started(Event.Started event) {
            started = event;
            pause = null;
            failure = null;
            return status(Status.RUNNING);
        }

        Change estimated(Event.Estimated event) {
            estimated = event;
            return this;
        }

        Change step(int now) {
            step = now;
            return status == Status.WAITING ? status(Status.RUNNING) : this;
        }

        /// Adds an evaluation. What was reported for this step and later ones is no longer valid.
        Change evaluated(Event.Evaluated event) {
            evaluations = new ArrayList<>(evaluations);
            evaluations.removeIf(e -> e.step() >= event.step());
            evaluations.add(event);
            return this;
        }

        Change written(Event.Written event) {
            written = event;
            return this;
        }

        Change noted(Event.Noted note) {
            notes = new ArrayList<>(notes);
            notes.add(note);
            return this;
        }

        /// Keeps the latest binding for each file and role.
        Change bound(Event.Bound event) {
            bound = new ArrayList<>(bound);
            bound.removeIf(b -> b.role().equals(event.role()) && b.file().equals(event.file()));
            bound.add(event);
            return this;
        }

        Change madeFrom(Provenance told) {
            provenance = new ArrayList<>(provenance);
            provenance.add(told);
            return this;
        }

        Change paused(Event.Paused event) {
            pause = event;
            return this;
        }

        /// Resumes at a step. What an earlier process reported for later steps is no longer valid.
        Change resumed(int from) {
            evaluations = evaluations.stream().filter(e -> e.step() <= from).toList();
            step = from;
            written = null;
            failure = null;
            pause = null;
            return status(Status.RUNNING);
        }

        Change finished(double took) {
            seconds = took;
            return status(Status.FINISHED);
        }

        Change failed(Event.Failed event) {
            failure = event;
            return status(Status.FAILED);
        }
    }
}
