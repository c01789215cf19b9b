package sirkuit.app.present;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.ListChangeListener;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Words;
import sirkuit.app.present.answer.DelayedAction;
import sirkuit.app.runs.RunModel;
import sirkuit.app.work.Job;
import sirkuit.mask.HeadMask;
import sirkuit.presentation.Rehearsed;
import sirkuit.protocol.Event;
import sirkuit.record.RunConfig;
import sirkuit.run.state.RunState;

/// A run shown to the audience: the project's finished run, replayed step by step, or a live one. The live run starts
/// only when somebody asks for it. It is discarded at the end of the presentation, unless somebody keeps it.
public final class TeachModel {
    private static final Duration UNTIL_FIRST = Duration.ofSeconds(15);
    private static final Duration BETWEEN = Duration.ofSeconds(25);

    /// Larger models take longer between two evaluations.
    private static final long SMALL = 30_000_000;

    private static final int LONGER = 4;

    private final PresentedProject subject;
    private final DelayedAction patience;
    private final Rehearsal rehearsal;
    private final Runnable whenLearned;
    private final ReadOnlyObjectWrapper<From> from = new ReadOnlyObjectWrapper<>(From.NOTHING);
    private final ReadOnlyObjectWrapper<@Nullable RunModel> run = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyIntegerWrapper shown = new ReadOnlyIntegerWrapper();
    private final ReadOnlyStringWrapper quiet = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper left = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper kept = new ReadOnlyBooleanWrapper();
    private final ListChangeListener<RunModel> arriving = change -> {
        while (change.next()) {
            change.getAddedSubList().forEach(this::arrived);
        }
    };
    private @Nullable RunConfig asked;
    private @Nullable RunModel live;
    private Subscription ofLive = Subscription.EMPTY;
    private Runnable stopWaiting = () -> {};

    /// Which run is shown.
    public enum From {
        NOTHING,
        LIVE,
        FINISHED
    }

    /// @param rehearsal   how long earlier live runs took
    /// @param whenLearned runs when the live run has finished
    TeachModel(PresentedProject subject, DelayedAction patience, Rehearsal rehearsal, Runnable whenLearned) {
        this.subject = subject;
        this.patience = patience;
        this.rehearsal = rehearsal;
        this.whenLearned = whenLearned;
        subject.runs().runs().addListener(arriving);
    }

    public ReadOnlyObjectProperty<From> from() {
        return from.getReadOnlyProperty();
    }

    /// The run that is shown; null before there is one.
    public ReadOnlyObjectProperty<@Nullable RunModel> run() {
        return run.getReadOnlyProperty();
    }

    /// How many of its evaluations are shown.
    public ReadOnlyIntegerProperty shown() {
        return shown.getReadOnlyProperty();
    }

    /// Where the run comes from if it is not live, and why; empty otherwise.
    public ReadOnlyStringProperty quiet() {
        return quiet.getReadOnlyProperty();
    }

    /// The time left of the live run, as in `about 40 s left`; empty while it is not known.
    public ReadOnlyStringProperty left() {
        return left.getReadOnlyProperty();
    }

    /// Whether the live run stays in the project.
    public ReadOnlyBooleanProperty kept() {
        return kept.getReadOnlyProperty();
    }

    /// The live run, once it has finished; null otherwise.
    @Nullable
    RunModel learned() {
        return live != null && live.status().get() == RunState.Status.FINISHED ? live : null;
    }

    /// Whether a live run is in progress or has finished.
    public boolean taught() {
        return asked != null && (live == null || live.active() || live.status().get() == RunState.Status.FINISHED);
    }

    /// Whether a live run can be started now.
    public boolean canTeach() {
        return !taught()
                && !subject.project().readOnly()
                && subject.file().target() != null
                && subject.chosen() != null
                && (finished() != null || subject.checkpoint().getValue() != null);
    }

    /// Whether there is a finished run to replay, other than the live one.
    public boolean hasFinished() {
        return finished() != null;
    }

    /// How long a live run would take; null if no earlier run on this computer says so.
    public @Nullable Double seconds() {
        if (!canTeach()) {
            return null;
        }
        RunConfig next = config();
        Double known = subject.runs().secondsLike(next);
        Rehearsed.Lesson lesson = rehearsal.lesson();
        return known != null || lesson == null
                ? known
                : (Double) (lesson.seconds() * next.settings().epochs() / Math.max(1, lesson.epochs()));
    }

    /// The page is shown.
    void enter() {
        if (from.get() == From.NOTHING && !taught()) {
            showFinished();
        }
    }

    void close() {
        stopWaiting.run();
        ofLive.unsubscribe();
        subject.runs().runs().removeListener(arriving);
        RunModel going = live;
        if (going != null && !kept.get() && !subject.project().readOnly()) {
            subject.discard().accept(going);
        }
    }

    /// Replays the finished run from the beginning, independent of the live one. Without one, says so.
    public void showFinished() {
        fallBack(Words.of("present.quiet.finished"));
    }

    /// Shows the live run, starting one when there is none.
    public void showLive() {
        RunModel going = live;
        if (taught() && going != null) {
            show(going, From.LIVE, "");
        } else if (canTeach()) {
            startLive();
        }
    }

    /// Keeps the live run in the project.
    public void keep() {
        if (taught()) {
            kept.set(true);
        }
    }

    /// Reveals one more evaluation of the finished run.
    public void advance() {
        RunModel now = run.get();
        if (from.get() == From.FINISHED && now != null) {
            shown.set(Math.min(now.evaluations().size(), shown.get() + 1));
        }
    }

    private @Nullable RunModel finished() {
        return subject.maskedRun(live);
    }

    private void startLive() {
        RunConfig config = config();
        RunModel failed = live;
        if (failed != null && !kept.get()) {
            subject.discard().accept(failed); // an earlier attempt
        }
        asked = config;
        live = null;
        kept.set(false);
        run.set(null);
        shown.set(0);
        left.set("");
        from.set(From.LIVE);
        quiet.set("");
        await(UNTIL_FIRST);
        subject.runs().start(config);
    }

    /// The settings of the finished run, if there is one, with the selected heads.
    private RunConfig config() {
        HeadMask heads = Objects.requireNonNull(subject.chosen());
        RunModel finished = finished();
        RunConfig like = finished != null
                ? finished.config()
                : subject.tune()
                        .config(
                                heads,
                                Objects.requireNonNull(subject.checkpoint().getValue()),
                                subject.file(),
                                "");
        boolean full = like.what() == RunConfig.Trained.FULL;
        return new RunConfig(
                        RunConfig.VERSION,
                        Words.of("present.teach.name", heads.size() + ""),
                        like.checkpoint(),
                        like.labels(),
                        like.prompt(),
                        new RunConfig.Parameters(
                                RunConfig.Trained.MASK,
                                heads,
                                like.parameters().norms(),
                                like.parameters().trainHead()),
                        new RunConfig.Data(
                                like.train(),
                                like.targetEval(),
                                like.sourceEval(),
                                Map.of(),
                                like.data().valid(),
                                like.data().validShare()),
                        full ? RunConfig.Settings.DEFAULT : like.settings(),
                        like.course())
                .named(
                        like.target() == null ? subject.targetName() : like.target(),
                        like.source() == null ? subject.sourceName() : like.source());
    }

    private void arrived(RunModel added) {
        if (asked == null || added.config() != asked) {
            return;
        }
        live = added;
        if (from.get() == From.LIVE) {
            show(added, From.LIVE, "");
        }
        ofLive.unsubscribe();
        ListChangeListener<Event.Evaluated> more = change -> progressed(added);
        added.evaluations().addListener(more);
        ofLive = added.status()
                .subscribe(status -> changed(added, status))
                .and(added.progress().subscribe((was, now) -> progressed(added)))
                .and(() -> added.evaluations().removeListener(more));
    }

    private void progressed(RunModel going) {
        if (going.active()) {
            await(going.evaluations().isEmpty() ? UNTIL_FIRST : BETWEEN);
        }
        Job job = subject.runs().job(going);
        left.set(job == null ? "" : job.timeLeft().get());
        if (run.get() == going && from.get() == From.LIVE) {
            quiet.set("");
            shown.set(going.evaluations().size());
        }
    }

    private void changed(RunModel going, RunState.Status status) {
        if (status == RunState.Status.FINISHED) {
            stopWaiting.run();
            remember(going);
            progressed(going);
            whenLearned.run();
        } else if (!status.active()) {
            stopWaiting.run();
            instead("present.quiet.broke");
        }
    }

    /// Remembers how long it took, for the next presentation.
    private void remember(RunModel finished) {
        Double seconds = subject.runs().seconds(finished);
        if (seconds != null) {
            rehearsal.learn(
                    new Rehearsed.Lesson(seconds, finished.config().settings().epochs()));
        }
    }

    private void await(Duration time) {
        stopWaiting.run();
        Event.Inspected known = subject.checkpoint().getValue();
        boolean large = known != null && known.parameters() > SMALL;
        stopWaiting = patience.after(large ? time.multipliedBy(LONGER) : time, () -> instead("present.quiet.waiting"));
    }

    /// Shows the finished run instead of the live one.
    ///
    /// @param words what to say if there is none
    private void instead(String words) {
        stopWaiting.run();
        if (from.get() != From.LIVE) {
            return;
        }
        if (hasFinished()) {
            fallBack(Words.of("present.quiet.instead"));
        } else {
            quiet.set(Words.of(words));
        }
    }

    private void fallBack(String why) {
        RunModel finished = finished();
        if (finished != null) {
            show(finished, From.FINISHED, why);
        } else if (from.get() == From.NOTHING) {
            quiet.set(subject.missing(RunConfig.Trained.MASK, Words.of("present.quiet.no-run")));
        }
    }

    private void show(RunModel what, From where, String why) {
        run.set(what);
        from.set(where);
        quiet.set(why);
        shown.set(
                where == From.LIVE
                        ? what.evaluations().size()
                        : Math.min(1, what.evaluations().size()));
    }
}
