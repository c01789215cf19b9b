package sirkuit.app.work;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.app.look.ProblemWords;
import sirkuit.app.look.Words;
import sirkuit.protocol.Event;

/// Something the user should know: what happened and what to do, both whole sentences.
///
/// @param details for a bug report; collapsed at first
/// @param back    undoes what has happened; null if that is not possible
/// @param choices what can be done next, such as opening a file
public record Notice(
        Kind kind,
        String what,
        String remedy,
        @Nullable String details,
        @Nullable Runnable back,
        List<Choice> choices) {
    public Notice(Kind kind, String what, String remedy, @Nullable String details) {
        this(kind, what, remedy, details, null, List.of());
    }

    /// A button of a notice.
    ///
    /// @param id   distinguishes it from the other buttons
    /// @param name its text
    public record Choice(String id, String name, Runnable deed) {}

    /// How urgent it is.
    public enum Kind {
        INFO,
        WARNING,
        ERROR
    }

    public static Notice of(Event.Failed failed) {
        return new Notice(
                Kind.ERROR,
                ProblemWords.what(failed.problem()),
                ProblemWords.remedy(failed.problem()),
                blankToNull(failed.details()));
    }

    /// A [Problem] as it is. Any other exception is a bug, and the notice says so.
    public static Notice of(Throwable error) {
        if (error instanceof Problem problem) {
            Throwable cause = problem.getCause();
            return new Notice(
                    Kind.ERROR,
                    ProblemWords.what(problem),
                    ProblemWords.remedy(problem),
                    cause == null ? null : cause.toString());
        }
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        return new Notice(
                Kind.ERROR,
                Words.of("work.mistake", error.getClass().getSimpleName()),
                Words.of("work.mistake.remedy"),
                trace.toString());
    }

    Notice with(@Nullable String otherDetails) {
        return new Notice(kind, what, remedy, otherDetails, back, choices);
    }

    /// Everything, for the clipboard.
    public String text() {
        return what + "\n" + remedy + (details == null ? "" : "\n\n" + details);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
