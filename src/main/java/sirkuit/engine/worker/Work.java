package sirkuit.engine.worker;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import sirkuit.engine.Event;
import sirkuit.engine.Request;

/// A request being worked on.
final class Work {
    private static final long LOOK_NANOS = 500_000_000;

    private final long id;
    private final Request request;
    private final Consumer<Event> output;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private volatile long lastProgress = System.nanoTime();
    private volatile long lastLook = lastProgress;
    private volatile BooleanSupplier stop = () -> false;

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

    /// Changes whenever it tells something or comes to a stop point.
    long progress() {
        return lastProgress;
    }

    /// Stops too when this says so, which is asked twice a second at most.
    void stopsWhen(BooleanSupplier asked) {
        stop = asked;
    }

    /// Called often by whatever works on it.
    ///
    /// @throws CancellationException once it has been cancelled
    void stopPoint() {
        lastProgress = System.nanoTime();
        if (lastProgress - lastLook > LOOK_NANOS) {
            lastLook = lastProgress;
            if (stop.getAsBoolean()) {
                cancel();
            }
        }
        if (cancelled.get()) {
            throw new CancellationException();
        }
    }
}
