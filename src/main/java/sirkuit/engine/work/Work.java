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

/// A request that is being processed.
public final class Work {
    private static final long LOOK_NANOS = 500_000_000;

    private final long id;
    private final Request request;
    private final Consumer<String> output;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private volatile long lastProgress = System.nanoTime();
    private volatile long lastLook = lastProgress;
    private volatile BooleanSupplier stop = () -> false;
    private volatile Runnable giveWay = () -> {};
    private @Nullable Ending ending;

    /// A final event with its line.
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

    /// Sends an event to the requester.
    ///
    /// @return its line
    public String tell(Event event) {
        String line = line(event);
        send(line);
        return line;
    }

    /// An event as a line, with the current time. Each event becomes a line only once, so that a file keeps the
    /// same line that is sent.
    public String line(Event event) {
        return Wire.line(id, event, Instant.now());
    }

    /// Sends a line of [#line(Event)].
    public void send(String line) {
        lastProgress = System.nanoTime();
        output.accept(line);
    }

    /// The final event as a line, so that it can be written to a file before the work has ended.
    public String ending(Event last) {
        ending = new Ending(last, line(last));
        return ending.line;
    }

    /// Sends the final event, with the line from [#ending] if there is one.
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

    /// A number that changes whenever the work reports something or reaches a stop point.
    public long progress() {
        return lastProgress;
    }

    /// Sets a condition that also stops the work. It is checked twice a second at most.
    public void stopsWhen(BooleanSupplier asked) {
        stop = asked;
    }

    /// Sets what happens at each stop point before the work goes on, such as waiting for something more urgent.
    public void givesWay(Runnable first) {
        giveWay = first;
    }

    /// Checks for cancellation, and lets more urgent work go first. The work calls this often.
    ///
    /// @throws CancellationException once it has been cancelled
    public void stopPoint() {
        giveWay.run();
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
