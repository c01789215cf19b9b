package sirkuit.app.look;

import sirkuit.Problem;
import sirkuit.protocol.Event;

/// Problems and notes as the window says them: in its language, and with what can be done in the window rather than on
/// the command line.
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

    /// What is noted about a result.
    public static String note(Event.Noted noted) {
        return noted.said().text(Words.locale(), ".window");
    }

    /// Both.
    public static String of(Problem problem) {
        return (what(problem) + " " + remedy(problem)).strip();
    }
}
