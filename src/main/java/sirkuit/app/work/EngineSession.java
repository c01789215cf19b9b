package sirkuit.app.work;

import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import sirkuit.engine.EngineClient;
import sirkuit.engine.Event;
import sirkuit.engine.Request;

/// The engine of this window: its state, the jobs it has, and a new one when it dies.
///
/// Everything here happens in the window's thread, because the engine's client delivers there.
public final class EngineSession implements AutoCloseable {
    /// After so many deaths with no work done between them, another start would only end the same way.
    private static final int RESTARTS_WITHOUT_SUCCESS = 2;

    private final Engine engine;
    private final Notices notices;
    private final ObservableList<Job> jobs = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<EngineState> state = new ReadOnlyObjectWrapper<>(new EngineState.Starting());
    private final ReadOnlyObjectWrapper<@Nullable Job> current = new ReadOnlyObjectWrapper<>();
    private int deaths;
    private boolean closed;

    /// @param connect makes the engine, given the listener for its states
    public EngineSession(Function<Consumer<EngineClient.State>, Engine> connect, Notices notices) {
        this.notices = notices;
        this.engine = connect.apply(this::changed);
    }

    public ReadOnlyObjectProperty<EngineState> state() {
        return state.getReadOnlyProperty();
    }

    /// The job the engine is working on; null when it is idle. Requests are worked on in the order they came.
    public ReadOnlyObjectProperty<@Nullable Job> current() {
        return current.getReadOnlyProperty();
    }

    /// Starts the engine so that the first request finds it warm.
    public void start() {
        engine.start();
    }

    /// Gives the engine a job.
    ///
    /// @param title    what it is, for the status bar
    /// @param listener gets every event; a failure is told to the user by the caller, who knows where
    public Job submit(String title, Request request, Consumer<Event> listener) {
        Job job = new Job(title, System::nanoTime);
        jobs.add(job);
        current.set(jobs.getFirst());
        job.cancelWith(engine.submit(request, event -> {
            job.accept(event);
            if (event.isLast()) {
                if (!(event instanceof Event.Failed)) {
                    deaths = 0;
                }
                jobs.remove(job);
                current.set(jobs.isEmpty() ? null : jobs.getFirst());
            }
            listener.accept(event);
        }));
        return job;
    }

    /// Stops everything that is waiting or being worked on.
    public void cancelAll() {
        jobs.forEach(Job::cancel);
    }

    @Override
    public void close() {
        closed = true;
        engine.close();
    }

    private void changed(EngineClient.State to) {
        switch (to) {
            case EngineClient.State.Starting() -> state.set(new EngineState.Starting());
            case EngineClient.State.Up(Event.Ready ready) -> state.set(new EngineState.Ready(ready));
            case EngineClient.State.Down(var problem) -> {
                deaths++;
                state.set(new EngineState.Stopped(problem.what() + " " + problem.remedy()));
                notices.tell(problem);
                if (closed) {
                    return;
                }
                if (deaths <= RESTARTS_WITHOUT_SUCCESS) {
                    engine.start();
                } else {
                    notices.warn(
                            "The engine ended " + deaths + " times without getting anything done.",
                            "It is not started again by itself; whatever you ask for next starts it once more.");
                }
            }
        }
    }
}
