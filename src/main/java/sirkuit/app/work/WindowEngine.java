package sirkuit.app.work;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.app.look.ProblemWords;
import sirkuit.app.look.Words;
import sirkuit.engine.EngineClient;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;

/// The engine of this window: its state, its jobs, and a new engine when it dies. Everything here happens on the
/// window's thread, because the engine's client delivers events there.
public final class WindowEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WindowEngine.class);
    private static final int RESTARTS_WITHOUT_SUCCESS = 2;

    private final Function<Consumer<EngineClient.State>, Engine> connect;
    private final Notices notices;
    private final JobQueue jobs = new JobQueue(this::order);
    private final ReadOnlyObjectWrapper<EngineState> state = new ReadOnlyObjectWrapper<>(new EngineState.Starting());
    private final ReadOnlyObjectWrapper<Event.@Nullable Memory> memory = new ReadOnlyObjectWrapper<>();
    private Engine engine;
    private int generation;
    private int deathsInARow;
    private boolean closed;
    private @Nullable String toldOfDeath;

    /// @param connect makes the engine, given a listener for its states
    public WindowEngine(Function<Consumer<EngineClient.State>, Engine> connect, Notices notices) {
        this.connect = connect;
        this.notices = notices;
        this.engine = connected();
    }

    public ReadOnlyObjectProperty<EngineState> state() {
        return state.getReadOnlyProperty();
    }

    /// The engine's memory after its latest request; null before the first.
    public ReadOnlyObjectProperty<Event.@Nullable Memory> memory() {
        return memory.getReadOnlyProperty();
    }

    /// The engine's current job; null when it is idle. Requests are handled in order.
    public ReadOnlyObjectProperty<@Nullable Job> current() {
        return jobs.current();
    }

    /// All jobs of this window.
    public JobQueue jobs() {
        return jobs;
    }

    private void order(List<Job> waiting) {
        engine.order(waiting.stream().map(Job::sent).filter(Objects::nonNull).toList());
    }

    /// Lists something that the window does itself, such as writing a report. Its maker tells it how it ended.
    ///
    /// @param cancel stops it
    public Task begin(String title, Runnable cancel) {
        Job job = new Job(title, null, System::nanoTime);
        job.cancelWith(cancel);
        jobs.add(job);
        return event -> {
            job.accept(event);
            if (event.isLast()) {
                jobs.over(job);
            }
        };
    }

    /// What the window does itself.
    public interface Task {
        /// Receives how it is going: an [Event.Progress], or an event that is the last one.
        void tell(Event event);
    }

    /// Starts the engine in advance, so that the first request need not wait, or again after it has stopped for
    /// good.
    public void start() {
        deathsInARow = 0;
        engine.start();
    }

    /// Gives the engine a job.
    ///
    /// @param title    its name in the status bar
    /// @param listener gets every event; the caller shows a failure to the user, because it knows the right place
    public Job submit(String title, Request request, Consumer<Event> listener) {
        Job job = new Job(title, request, System::nanoTime);
        jobs.add(job);
        int mine = generation;
        job.cancelWith(engine.submit(request, told -> {
            // An engine that was replaced did not fail: it was told to end.
            Event event = mine != generation && told instanceof Event.Failed ? new Event.Cancelled() : told;
            if (event instanceof Event.Memory m && mine == generation) {
                memory.set(m);
            }
            job.accept(event);
            if (event.isLast()) {
                jobs.over(job);
                if (!(event instanceof Event.Failed)) {
                    deathsInARow = 0;
                }
                if (event instanceof Event.Finished && asked(request)) {
                    forgetDeath();
                }
            }
            listener.accept(event);
        }));
        return job;
    }

    /// Sends a request whose answer is shown in place, for example while the user types. It does not appear in the
    /// status bar.
    ///
    /// @return cancels it
    public Runnable ask(Request request, Consumer<Event> listener) {
        return engine.submit(request, listener);
    }

    /// Cancels everything that is waiting or in progress, except exports, which do not belong to the current view.
    public void cancelAll() {
        jobs.open().stream().filter(j -> !j.export()).forEach(Job::cancel);
    }

    /// Cancels the current work.
    public void cancelCurrent() {
        Job job = jobs.current().get();
        if (job != null) {
            job.cancel();
        }
    }

    /// Ends the engine and all its work, and starts another one with the current settings.
    public void restart() {
        Engine old = engine;
        jobs.open().forEach(Job::cancel);
        engine = connected();
        // Closing waits for the process to end.
        Thread.ofPlatform().name("engine-close").start(old::close);
        start();
    }

    /// Leaves the engine to its runs and starts another one for this window.
    public void renew() {
        jobs.open().stream().filter(j -> j.beside() && !j.export()).forEach(Job::cancel);
        engine.detach();
        jobs.clear();
        engine = connected();
        start();
    }

    /// Lets the runs continue without this window.
    public void detach() {
        closed = true;
        engine.detach();
    }

    /// Cancels everything except an export, which the engine finishes before it ends.
    @Override
    public void close() {
        closed = true;
        cancelAll();
        if (jobs.open().stream().anyMatch(j -> j.export() && !j.cancelling().get())) {
            engine.detach();
        } else {
            engine.close();
        }
    }

    private Engine connected() {
        int mine = ++generation;
        memory.set(null);
        state.set(new EngineState.Starting());
        return connect.apply(to -> {
            if (mine == generation) {
                changed(to);
            }
        });
    }

    private void changed(EngineClient.State to) {
        switch (to) {
            case EngineClient.State.Starting() -> state.set(new EngineState.Starting());
            case EngineClient.State.Up(Event.Ready ready) -> {
                LOG.info("engine ready: {}", ready);
                state.set(new EngineState.Ready(ready));
                if (toldOfDeath != null) {
                    notices.over(toldOfDeath, Words.of("work.again"));
                }
            }
            case EngineClient.State.Down(var problem) -> died(problem);
        }
    }

    /// Whether the user sees the request. The window makes some by itself, such as reading a checkpoint again.
    private static boolean asked(Request request) {
        return request instanceof Request.Score || request instanceof Request.Tune || request instanceof Request.Resume;
    }

    private void forgetDeath() {
        if (toldOfDeath != null) {
            notices.withdraw(toldOfDeath);
            toldOfDeath = null;
        }
    }

    /// Restarts a dead engine, if that makes sense. That it started does not count as success, because an engine
    /// that dies at each load starts every time. An engine that never started (no Java, another version) would not
    /// start the next time either.
    private void died(Problem problem) {
        LOG.warn("engine ended: {}", problem.what());
        if (!ProblemWords.what(problem).equals(toldOfDeath)) {
            forgetDeath();
        }
        toldOfDeath = ProblemWords.what(problem);
        boolean cameUp = state.get() instanceof EngineState.Ready;
        deathsInARow++;
        if (closed) {
            state.set(new EngineState.Stopped(ProblemWords.what(problem)));
        } else if (cameUp && deathsInARow <= RESTARTS_WITHOUT_SUCCESS) {
            state.set(new EngineState.Stopped(ProblemWords.of(problem)));
            notices.tell(problem);
            engine.start();
        } else {
            String remedy = cameUp
                    ? Words.of("work.given-up", deathsInARow)
                    : Words.of("work.then-start", ProblemWords.remedy(problem));
            state.set(new EngineState.Stopped(ProblemWords.what(problem) + " " + remedy));
            notices.tell(problem.withRemedy(Message.plain(remedy)));
        }
    }
}
