package sirkuit.app.look;

import java.util.Locale;
import sirkuit.Message;
import sirkuit.Problem;

/// Problems as the window says them: in its language, and with what can be done in the window rather than on the
/// command line.
public final class ProblemWords {
    private ProblemWords() {}

    /// What happened.
    public static String what(Problem problem) {
        return problem.message().text(Words.locale());
    }

    /// What can be done.
    public static String remedy(Problem problem) {
        Message advice = problem.advice();
        String here = advice.code() + ".window";
        Locale language = Words.locale();
        return (Message.knows(here) ? new Message(here, advice.arguments()) : advice).text(language);
    }

    /// Both.
    public static String of(Problem problem) {
        return (what(problem) + " " + remedy(problem)).strip();
    }
}
