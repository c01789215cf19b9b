package sirkuit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Bad input or a failed piece of work, as data with a remedy: what happened (naming the file), and what to do about
/// it. The texts are in `messages.properties`, under a code and the code with `.remedy`. If the remedy names an option
/// of the command line, `.remedy.window` is the text for the window. All texts are whole sentences.
public class Problem extends RuntimeException {
    private static final long serialVersionUID = 2L;

    private final transient Message what;
    private final transient Message remedy;
    private final Kind kind;

    /// The cause: bad input or failed work. Commands end with a different exit status for each.
    public enum Kind {
        /// The input cannot be used.
        INPUT,
        /// The input was right, but the work failed: a full disk, a loss that is not a number, a process that
        /// died.
        WORK
    }

    /// @param what   what happened, with the name of the file concerned
    /// @param remedy what the user can do about it
    /// @param cause  the exception behind it, kept for the log and the details that fold out
    public Problem(Kind kind, Message what, Message remedy, @Nullable Throwable cause) {
        super(cause);
        this.kind = kind;
        this.what = what;
        this.remedy = remedy;
    }

    /// For texts without a code: what another process or an older version wrote, or texts of the window.
    public static Problem plain(String what, String remedy) {
        return plain(what, remedy, null);
    }

    /// The same.
    ///
    /// @param cause the exception behind it
    public static Problem plain(String what, String remedy, @Nullable Throwable cause) {
        return new Problem(Kind.INPUT, Message.plain(what), Message.plain(remedy), cause);
    }

    /// The input cannot be used.
    ///
    /// @param code      of what happened; its remedy is `code.remedy`
    /// @param arguments of both texts
    public static Problem of(String code, @Nullable Object... arguments) {
        return make(Kind.INPUT, null, code, arguments);
    }

    /// The same.
    ///
    /// @param cause the exception behind it
    public static Problem of(@Nullable Throwable cause, String code, @Nullable Object... arguments) {
        return make(Kind.INPUT, cause, code, arguments);
    }

    /// The work failed, although the input is right.
    public static Problem work(String code, @Nullable Object... arguments) {
        return make(Kind.WORK, null, code, arguments);
    }

    /// The same.
    ///
    /// @param cause the exception behind it
    public static Problem work(@Nullable Throwable cause, String code, @Nullable Object... arguments) {
        return make(Kind.WORK, cause, code, arguments);
    }

    private static Problem make(Kind kind, @Nullable Throwable cause, String code, @Nullable Object... arguments) {
        Message what = Message.of(code, arguments);
        return new Problem(kind, what, what.withCode(code + ".remedy"), cause);
    }

    /// The same with another remedy, for code that knows more about what was being done.
    public Problem withRemedy(Message other) {
        return new Problem(kind, what, other, getCause());
    }

    /// The same inside a sentence that says where. Its arguments are those given, and then what happened.
    public Problem within(String code, @Nullable Object... arguments) {
        Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = what;
        return new Problem(kind, Message.of(code, all), remedy, this);
    }

    public Kind kind() {
        return kind;
    }

    /// What happened.
    public Message message() {
        return what;
    }

    /// What can be done.
    public Message advice() {
        return remedy;
    }

    /// What happened, in English.
    public String what() {
        return what.english();
    }

    /// What can be done, in English.
    public String remedy() {
        return remedy.english();
    }

    @Override
    public String getMessage() {
        return (what() + " " + remedy()).strip();
    }
}
