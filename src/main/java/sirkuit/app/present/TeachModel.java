package sirkuit.app.present;

import java.time.Duration;
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
import sirkuit.app.runs.RunModel;
import sirkuit.mask.HeadMask;
import sirkuit.protocol.Event;
import sirkuit.record.RunConfig;
import sirkuit.run.state.RunState;

/// A run shown to the audience: live if possible, otherwise the project's finished run, replayed step by step.
public final class TeachModel {
    /// The live run starts only after this time, so that paging past does not start it.
    private static final Duration UNTIL_START = Duration.ofSeconds(2);

    private static final Duration UNTIL_FIRST = Duration.ofSeconds(15);
    private static final Duration BETWEEN = Duration.ofSeconds(25);

    /// Larger models take longer than an audience waits. If there is a finished run, they are trained live only on
    /// request.
    private static final long SMALL = 30_000_000;

    private final PresentedProject subject;
    private final DelayedAction patience;
    private final Runnable whenLearned;
    private final ReadOnlyObjectWrapper<From> from = new ReadOnlyObjectWrapper<>(From.NOTHING);
    private final ReadOnlyObjectWrapper<@Nullable RunModel> run = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyIntegerWrapper shown = new ReadOnlyIntegerWrapper();
    private final ReadOnlyStringWrapper quiet = new ReadOnlyStringWrapper("");
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

    /// @param whenLearned runs when the live run has finished
    TeachModel(PresentedProject subject, DelayedAction patience, Runnable whenLearned) {
        this.subject = subject;
        this.patience = patience;
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

    /// The live run, once it has finished; null otherwise.
    @Nullable
    RunModel learned() {
        return live != null && live.status().get() == RunState.Status.FINISHED ? live : null;
    }

    /// The page is shown.
    void enter() {
        if (from.get() == From.NOTHING) {
            stopWaiting = patience.after(UNTIL_START, this::begin);
        }
    }

    /// Another page is shown. A live run continues.
    void leave() {
        if (asked == null) {
            stopWaiting.run();
        }
    }

    void close() {
        stopWaiting.run();
        ofLive.unsubscribe();
        subject.runs().runs().removeListener(arriving);
    }

    /// Replays the finished run from the beginning, independent of the live one.
    public void showFinished() {
        fallBack(Words.of("present.quiet.finished"));
    }

    /// Shows the live run, starting one when there is none.
    public void showLive() {
        RunModel going = live;
        if (going != null && going.status().get() != RunState.Status.FAILED) {
            show(going, From.LIVE, "");
        } else if (canTrain()) {
            startLive();
        } else {
            fallBack(Words.of("present.quiet.finished"));
        }
    }

    /// Reveals one more evaluation of the finished run.
    public void advance() {
        RunModel now = run.get();
        if (from.get() == From.FINISHED && now != null) {
            shown.set(Math.min(now.evaluations().size(), shown.get() + 1));
        }
    }

    private void begin() {
        Event.Inspected known = subject.checkpoint().getValue();
        boolean quick = known == null || known.parameters() <= SMALL;
        if (canTrain() && (quick || subject.maskedRun() == null)) {
            startLive();
        } else {
            fallBack(Words.of("present.quiet.finished"));
        }
    }

    private boolean canTrain() {
        return !subject.project().readOnly()
                && subject.file().target() != null
                && subject.chosen() != null
                && (subject.maskedRun() != null || subject.checkpoint().getValue() != null);
    }

    private void startLive() {
        RunConfig config = config();
        asked = config;
        live = null;
        run.set(null);
        shown.set(0);
        from.set(From.LIVE);
        quiet.set("");
        await(UNTIL_FIRST);
        subject.runs().start(config);
    }

    /// The settings of the finished run, if there is one, with the selected heads.
    private RunConfig config() {
        HeadMask heads = java.util.Objects.requireNonNull(subject.chosen());
        RunModel finished = subject.maskedRun();
        RunConfig like = finished != null
                ? finished.config()
                : subject.tune()
                        .config(
                                heads,
                                java.util.Objects.requireNonNull(
                                        subject.checkpoint().getValue()),
                                subject.file(),
                                "");
        boolean full = like.what() == RunConfig.Trained.FULL;
        return new RunConfig(
                        RunConfig.VERSION,
                        "stage-" + heads.size(),
                        like.checkpoint(),
                        like.labels(),
                        like.prompt(),
                        new RunConfig.Parameters(
                                RunConfig.Trained.MASK,
                                heads,
                                like.parameters().norms(),
                                like.parameters().trainHead()),
                        new RunConfig.Data(like.train(), like.targetEval(), like.sourceEval()),
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
        if (run.get() == going && from.get() == From.LIVE) {
            shown.set(going.evaluations().size());
        }
    }

    private void changed(RunModel going, RunState.Status status) {
        if (status == RunState.Status.FINISHED) {
            stopWaiting.run();
            progressed(going);
            whenLearned.run();
        } else if (!status.active()) {
            late();
        }
    }

    private void await(Duration time) {
        stopWaiting.run();
        stopWaiting = patience.after(time, this::late);
    }

    private void late() {
        stopWaiting.run();
        if (from.get() == From.LIVE) {
            fallBack(Words.of("present.quiet.instead"));
        }
    }

    private void fallBack(String why) {
        RunModel finished = subject.maskedRun();
        if (finished == null) {
            quiet.set(subject.missing(RunConfig.Trained.MASK, Words.of("present.quiet.no-run")));
        } else {
            show(finished, From.FINISHED, why);
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
