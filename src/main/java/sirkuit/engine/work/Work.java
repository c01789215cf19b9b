package sirkuit.engine.work;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;

/// A request being worked on.
public final class Work {
    private static final long LOOK_NANOS = 500_000_000;

    private final long id;
    private final Request request;
    private final Consumer<Event> output;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private volatile long lastProgress = System.nanoTime();
    private volatile long lastLook = lastProgress;
    private volatile BooleanSupplier stop = () -> false;

    public Work(long id, Request request, Consumer<Event> output) {
        this.id = id;
        this.request = request;
        this.output = output;
    }

    public long id() {
        return id;
    }

    public Request request() {
        return request;
    }

    public void tell(Event event) {
        lastProgress = System.nanoTime();
        output.accept(event);
    }

    public void cancel() {
        cancelled.set(true);
    }

    public boolean isCancelled() {
        return cancelled.get();
    }

    /// Changes whenever it reports something or reaches a stop point.
    public long progress() {
        return lastProgress;
    }

    /// Stops too when this says so, which is asked twice a second at most.
    public void stopsWhen(BooleanSupplier asked) {
        stop = asked;
    }

    /// Called often by whatever works on it.
    ///
    /// @throws CancellationException once it has been cancelled
    public void stopPoint() {
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
