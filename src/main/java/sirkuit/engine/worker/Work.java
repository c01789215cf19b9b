package sirkuit.engine.worker;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import sirkuit.engine.Event;
import sirkuit.engine.Request;

/// A request being worked on.
final class Work {
    private final long id;
    private final Request request;
    private final Consumer<Event> output;
    private final AtomicBoolean cancelled = new AtomicBoolean();

    Work(long id, Request request, Consumer<Event> output) {
        this.id = id;
        this.request = request;
        this.output = output;
    }

    long id() {
        return id;
    }

    Request request() {
        return request;
    }

    void tell(Event event) {
        output.accept(event);
    }

    void cancel() {
        cancelled.set(true);
    }

    boolean isCancelled() {
        return cancelled.get();
    }

    /// Called often by whatever works on it.
    ///
    /// @throws CancellationException once it has been cancelled
    void stopPoint() {
        if (cancelled.get()) {
            throw new CancellationException();
        }
    }
}
