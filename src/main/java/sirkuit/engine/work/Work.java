package sirkuit.engine.work;

import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.protocol.Wire;

/// A request being worked on.
public final class Work {
    private static final long LOOK_NANOS = 500_000_000;

    private final long id;
    private final Request request;
    private final Consumer<String> output;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private volatile long lastProgress = System.nanoTime();
    private volatile long lastLook = lastProgress;
    private volatile BooleanSupplier stop = () -> false;
    private @Nullable Ending ending;

    /// A last event with its line.
    private record Ending(Event event, String line) {}

    /// @param output gets every event as its line
    public Work(long id, Request request, Consumer<String> output) {
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

    /// Tells an event to whoever asked.
    ///
    /// @return its line
    public String tell(Event event) {
        String line = line(event);
        send(line);
        return line;
    }

    /// An event as its line, with the time now. Each event is written as a line once: whoever keeps it in a file keeps
    /// the line that is sent.
    public String line(Event event) {
        return Wire.line(id, event, Instant.now());
    }

    /// Sends a line of [#line(Event)].
    public void send(String line) {
        lastProgress = System.nanoTime();
        output.accept(line);
    }

    /// The last event as its line, for whoever keeps it in a file before the work has ended.
    public String ending(Event last) {
        ending = new Ending(last, line(last));
        return ending.line;
    }

    /// Tells the last event: with the line that was kept of it, if there is one.
    public void end(Event last) {
        Ending kept = ending;
        send(kept != null && kept.event.getClass() == last.getClass() ? kept.line : line(last));
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
