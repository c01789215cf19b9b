package sirkuit;

import org.jspecify.annotations.Nullable;

/// Bad input or a failed piece of work, told as a value with advice: what happened (naming the file) and what to do
/// about it. It is shown as it is in the window and on the command line, so both parts are whole sentences.
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final String remedy;

    /// @param what what happened, with the name of the file concerned
    /// @param remedy what the user can do about it
    public Problem(String what, String remedy) {
        this(what, remedy, null);
    }

    /// @param cause the exception behind it, kept for the log and the details that fold out
    public Problem(String what, String remedy, @Nullable Throwable cause) {
        super(what + " " + remedy, cause);
        this.what = what;
        this.remedy = remedy;
    }

    public String what() {
        return what;
    }

    public String remedy() {
        return remedy;
    }
}
