package sirkuit.app.work;

import java.util.function.LongSupplier;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.ProblemWords;
import sirkuit.app.look.Words;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.protocol.Stage;

/// One request to the engine: its progress, its remaining time, and how to cancel it.
public final class Job {
    /// The value of [#progress()] while the amount of work is not known.
    public static final double UNKNOWN = -1;

    private static final double LEAST_SECONDS_FOR_A_FORECAST = 1.5;
    /// Before, the first steps would be taken for all. Two evaluations are enough, too: they take time that steps do
    /// not.
    private static final double LEAST_SHARE_FOR_A_FORECAST = 0.05;

    private static final int LEAST_EVALUATIONS_FOR_A_FORECAST = 2;
    /// How much a new estimate counts against the one that was shown.
    private static final double LATEST = 0.2;

    private final String title;
    private final LongSupplier nanoTime;
    private final @Nullable Request request;
    private final ReadOnlyObjectWrapper<Status> status = new ReadOnlyObjectWrapper<>(Status.WAITING);
    private final ReadOnlyStringWrapper reason = new ReadOnlyStringWrapper("");
    private boolean paused;
    private final ReadOnlyStringWrapper stage = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper timeLeft = new ReadOnlyStringWrapper("");
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(UNKNOWN);
    private final ReadOnlyBooleanWrapper over = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper cancelling = new ReadOnlyBooleanWrapper();
    private Runnable canceller = () -> {};
    private long stageStart;
    private double stageStartFraction;
    private double shownLeft = Double.NaN;
    private long shownAt;
    private int evaluations;
    private int plannedSteps;

    /// How it is going.
    public enum Status {
        WAITING,
        RUNNING,
        /// Stopped, and can be resumed.
        PAUSED,
        DONE,
        FAILED,
        CANCELLED;

        public boolean over() {
            return this != WAITING && this != RUNNING;
        }
    }

    /// @param request null for what the window does itself
    Job(String title, @Nullable Request request, LongSupplier nanoTime) {
        this.title = title;
        this.request = request;
        this.nanoTime = nanoTime;
        this.stageStart = nanoTime.getAsLong();
    }

    public String title() {
        return title;
    }

    /// Whether it is a run: it takes long and can be resumed after it was stopped.
    public boolean run() {
        return request instanceof Request.Tune || request instanceof Request.Resume;
    }

    /// Whether it is an export, which runs beside other work.
    boolean export() {
        return request instanceof Request.Export;
    }

    /// Whether it does not wait for other work: exports, and what the window does itself.
    public boolean beside() {
        return request == null || export();
    }

    public ReadOnlyObjectProperty<Status> status() {
        return status.getReadOnlyProperty();
    }

    /// Why it waits, has failed or was stopped; empty if there is nothing to say.
    public ReadOnlyStringProperty reason() {
        return reason.getReadOnlyProperty();
    }

    /// Whether it waits for another job.
    public boolean waiting() {
        return status.get() == Status.WAITING;
    }

    void runs() {
        if (waiting()) {
            status.set(Status.RUNNING);
            reason.set("");
        }
    }

    void waitsFor(Job running) {
        if (!status.get().over()) {
            status.set(Status.WAITING);
            reason.set(Words.of("jobs.waits-for", running.title()));
        }
    }

    /// How it is going, in words: its stage and the time left, or what it waits for, or how it ended.
    public ObservableValue<String> line() {
        return Bindings.createStringBinding(this::words, status, reason, stage, timeLeft, cancelling);
    }

    /// What a panel says about the job that it has asked for: what it waits for, or its stage and the time left. Empty
    /// if there is nothing to say, and when it has ended.
    public static ObservableValue<String> lineOf(ObservableValue<@Nullable Job> asked) {
        return asked.flatMap(job -> job == null
                        ? null
                        : Bindings.createStringBinding(
                                () -> job.status.get().over()
                                                || job.status.get() == Status.RUNNING
                                                        && job.stage.get().isEmpty()
                                                        && !job.cancelling.get()
                                        ? ""
                                        : job.words(),
                                job.status,
                                job.reason,
                                job.stage,
                                job.timeLeft,
                                job.cancelling))
                .orElse("");
    }

    private String words() {
        if (cancelling.get() && !status.get().over()) {
            return Words.of("jobs.stopping");
        }
        if (status.get() == Status.RUNNING) {
            return Stream.of(stage.get(), timeLeft.get())
                    .filter(s -> !s.isEmpty())
                    .reduce((a, b) -> a + ", " + b)
                    .orElse(Words.of("jobs.status.RUNNING"));
        }
        String how = Words.of("jobs.status." + status.get());
        return reason.get().isEmpty() ? how : status.get() == Status.WAITING ? reason.get() : how + ": " + reason.get();
    }

    /// The current stage, in words; empty if there is nothing to add to the title.
    public ReadOnlyStringProperty stage() {
        return stage.getReadOnlyProperty();
    }

    /// From 0 to 1, or [#UNKNOWN].
    public ReadOnlyDoubleProperty progress() {
        return progress.getReadOnlyProperty();
    }

    /// For instance `about 40 s left`; empty when it is not known yet.
    public ReadOnlyStringProperty timeLeft() {
        return timeLeft.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty over() {
        return over.getReadOnlyProperty();
    }

    /// Whether it is being cancelled and has not answered yet.
    public ReadOnlyBooleanProperty cancelling() {
        return cancelling.getReadOnlyProperty();
    }

    public void cancel() {
        if (!over.get() && !cancelling.get()) {
            cancelling.set(true);
            canceller.run();
        }
    }

    void cancelWith(Runnable action) {
        canceller = action;
    }

    /// What the engine returned for its request; null if it has none.
    @Nullable
    Runnable sent() {
        return request == null ? null : canceller;
    }

    void accept(Event event) {
        switch (event) {
            case Event.Progress p -> {
                if (plannedSteps == 0) { // the steps themselves say more
                    advance(stage(p), p.done(), p.total());
                }
            }
            case Event.Scoring s ->
                advance(Words.of("work.texts", s.examples() + "", s.of() + ""), s.examples(), s.of());
            case Event.Started s -> {
                plannedSteps = s.steps();
                advance(Words.of("work.training"), 0, plannedSteps);
            }
            case Event.Resumed r -> {
                restart((double) r.step() / Math.max(1, plannedSteps));
                advance(Words.of("work.training"), r.step(), plannedSteps);
            }
            case Event.Evaluated e -> evaluated();
            case Event.Stepped s ->
                advance(Words.of("work.step", s.step() + "", plannedSteps + ""), s.step(), plannedSteps);
            default -> {
                paused |= event instanceof Event.Paused;
                if (event.isLast()) {
                    end(event);
                }
            }
        }
    }

    private void end(Event last) {
        reason.set(last instanceof Event.Failed failed ? ProblemWords.of(failed.problem()) : "");
        status.set(
                switch (last) {
                    case Event.Finished f -> Status.DONE;
                    case Event.Failed f -> Status.FAILED;
                    default -> paused ? Status.PAUSED : Status.CANCELLED;
                });
        over.set(true);
    }

    /// A stage of another version is shown in the words of that version.
    private static String stage(Event.Progress p) {
        String detail = p.detail() == null ? "" : p.detail();
        return p.stage() == Stage.OTHER
                ? detail
                : Words.of("work.stage." + p.stage().id(), detail);
    }

    private void advance(String newStage, long done, long total) {
        double fraction = total <= 0 ? UNKNOWN : Math.clamp((double) done / total, 0, 1);
        boolean restarted = fraction < progress.get() || progress.get() == UNKNOWN;
        if (restarted) {
            restart(Math.max(fraction, 0));
        }
        stage.set(newStage);
        progress.set(fraction);
        timeLeft.set(forecast(fraction));
    }

    private void restart(double fraction) {
        stageStart = nanoTime.getAsLong();
        stageStartFraction = fraction;
        shownLeft = Double.NaN;
        evaluations = 0;
    }

    /// The evaluation before the first step is no part of the pace.
    private void evaluated() {
        if (Math.max(progress.get(), 0) <= stageStartFraction) {
            restart(stageStartFraction);
        } else {
            evaluations++;
        }
    }

    private String forecast(double fraction) {
        long now = nanoTime.getAsLong();
        double seconds = (now - stageStart) / 1e9;
        double gained = fraction - stageStartFraction;
        boolean enough =
                gained >= LEAST_SHARE_FOR_A_FORECAST || gained > 0 && evaluations >= LEAST_EVALUATIONS_FOR_A_FORECAST;
        if (seconds < LEAST_SECONDS_FOR_A_FORECAST || !enough) {
            return "";
        }
        double left = seconds * (1 - fraction) / gained;
        if (Double.isFinite(shownLeft)) {
            double expected = Math.max(0, shownLeft - (now - shownAt) / 1e9);
            left = LATEST * left + (1 - LATEST) * expected;
        }
        shownLeft = left;
        shownAt = now;
        return rounded(left);
    }

    /// As exact as an estimate can be: `about 40 s left`, `about 12 min left`, `about 2.5 h left`.
    static String rounded(double seconds) {
        if (seconds < 90) {
            return Words.of("work.left.seconds", Math.max(1, Math.round(nearest(seconds, seconds < 20 ? 1 : 5))));
        }
        double minutes = seconds / 60;
        return minutes < 90
                ? Words.of("work.left.minutes", Math.round(nearest(minutes, minutes < 20 ? 1 : 5)))
                : Words.of("work.left.hours", Numbers.decimal(nearest(minutes / 60, 0.5), 1));
    }

    private static double nearest(double value, double step) {
        return Math.round(value / step) * step;
    }
}
