package sirkuit.engine.work;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import sirkuit.Problem;
import sirkuit.device.DeviceMemory;
import sirkuit.protocol.Event;

/// The last event of a request that failed.
public final class Failures {
    private Failures() {}

    /// Details are added if the system refused something. For bad input, the sentences are enough.
    public static Event.Failed failed(Problem e) {
        return Event.Failed.of(e, e.getCause() instanceof IOException ? trace(e) : null);
    }

    /// The event for an unexpected error.
    public static Event.Failed unexpected(Throwable e) {
        String message = String.valueOf(e.getMessage());
        if (DeviceMemory.isShortage(e)) {
            return Event.Failed.of(Problem.work("engine.work.out-of-memory"), trace(e));
        }
        return Event.Failed.of(
                Problem.work(
                        "engine.work.unexpected", message.lines().findFirst().orElse("")),
                trace(e));
    }

    private static String trace(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
