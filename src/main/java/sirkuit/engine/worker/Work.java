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
    private volatile long lastProgress = System.nanoTime();

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
        lastProgress = System.nanoTime();
        output.accept(event);
    }

    void cancel() {
        cancelled.set(true);
    }

    boolean isCancelled() {
        return cancelled.get();
    }

    /// Seconds since it told something or came to a stop point.
    double sinceProgress() {
        return (System.nanoTime() - lastProgress) / 1e9;
    }

    /// Called often by whatever works on it.
    ///
    /// @throws CancellationException once it has been cancelled
    void stopPoint() {
        lastProgress = System.nanoTime();
        if (cancelled.get()) {
            throw new CancellationException();
        }
    }
}
