package sirkuit;

import org.jspecify.annotations.Nullable;

/// Bad input or a failed piece of work, told as a value with advice: what happened (naming the file) and what to do
/// about it. It is shown as it is in the window and on the command line, so both parts are whole sentences.
public class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final String remedy;
    private final Kind kind;

    /// Whose fault it is; commands end with another status for each.
    public enum Kind {
        /// Something that was given cannot be used.
        INPUT,
        /// The input was right, but the work failed: a full disk, a loss that is no number, a process that died.
        WORK
    }

    /// @param what what happened, with the name of the file concerned
    /// @param remedy what the user can do about it
    public Problem(String what, String remedy) {
        this(what, remedy, null);
    }

    /// @param cause the exception behind it, kept for the log and the details that fold out
    public Problem(String what, String remedy, @Nullable Throwable cause) {
        this(Kind.INPUT, what, remedy, cause);
    }

    public Problem(Kind kind, String what, String remedy, @Nullable Throwable cause) {
        super(what + " " + remedy, cause);
        this.kind = kind;
        this.what = what;
        this.remedy = remedy;
    }

    public Kind kind() {
        return kind;
    }

    public String what() {
        return what;
    }

    public String remedy() {
        return remedy;
    }
}
