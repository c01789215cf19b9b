package sirkuit.app.data;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Words;
import sirkuit.app.work.Notice;

/// A path as people type it.
public final class TypedPath {
    private TypedPath() {}

    /// Null when it cannot be a path on this system.
    public static @Nullable Path of(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /// The same path made absolute, with `~` for the user's home; as it was typed when it cannot be a path.
    public static String absolute(String typed) {
        String text = typed.strip();
        String home = System.getProperty("user.home");
        if (text.equals("~") || text.startsWith("~/") || text.startsWith("~\\")) {
            text = home + text.substring(1);
        }
        Path path = of(text);
        return text.isEmpty() || path == null
                ? text
                : path.toAbsolutePath().normalize().toString();
    }

    /// The notice for text that is not a path.
    static Notice notOne(String text) {
        return new Notice(Notice.Kind.ERROR, Words.of("form.no-path", text), Words.of("form.no-path.remedy"), null);
    }
}
