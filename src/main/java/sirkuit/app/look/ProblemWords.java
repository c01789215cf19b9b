package sirkuit.app.look;

import sirkuit.Problem;
import sirkuit.protocol.Event;

/// Problems and notes in the words of the window: in its language, and with remedies for the window rather than for the
/// command line.
public final class ProblemWords {
    private ProblemWords() {}

    /// What happened.
    public static String what(Problem problem) {
        return problem.message().text(Words.locale());
    }

    /// What can be done.
    public static String remedy(Problem problem) {
        return problem.advice().text(Words.locale(), ".window");
    }

    /// What to know about a result.
    public static String note(Event.Noted noted) {
        return noted.said().text(Words.locale(), ".window");
    }

    /// Both.
    public static String of(Problem problem) {
        return (what(problem) + " " + remedy(problem)).strip();
    }
}
