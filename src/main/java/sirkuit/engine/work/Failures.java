package sirkuit.engine.work;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import sirkuit.Problem;
import sirkuit.device.DeviceMemory;
import sirkuit.protocol.Event;

/// The last event of a request that could not be done.
public final class Failures {
    private Failures() {}

    /// Details go with what the system refused; what is wrong with the input is told by the sentences alone.
    public static Event.Failed failed(Problem e) {
        return new Event.Failed(e.what(), e.remedy(), e.getCause() instanceof IOException ? trace(e) : null, e.kind());
    }

    /// What to say of an error nobody foresaw.
    public static Event.Failed unexpected(Throwable e) {
        String message = String.valueOf(e.getMessage());
        if (DeviceMemory.isShortage(e)) {
            return new Event.Failed(
                    "The engine ran out of memory.",
                    "Try a smaller batch, fewer tokens a text or a smaller checkpoint.",
                    trace(e));
        }
        return new Event.Failed(
                "The engine met an error it did not expect: "
                        + message.lines().findFirst().orElse("") + ".",
                "Nothing that was saved is lost. Please report it with the details.",
                trace(e));
    }

    private static String trace(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
