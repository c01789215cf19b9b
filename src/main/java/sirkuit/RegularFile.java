package sirkuit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Asked before a file is opened: a pipe without a writer would be waited for without end, and a device such as
/// `/dev/zero` never ends.
public final class RegularFile {
    private RegularFile() {}

    /// Links are followed. A file that is not there is left to whoever opens it.
    ///
    /// @throws Problem when something else than a file is there
    public static void require(Path file) {
        String kind = kind(attributes(file));
        if (kind != null) {
            throw new Problem(
                    file + " is " + kind + ", where a file is expected.",
                    kind.equals("a folder")
                            ? "Name a file in it."
                            : "Save what it holds as a file first, and name that file.");
        }
    }

    /// The same of a file that is to be written over, without following links: what a link leads to is never written.
    ///
    /// @throws Problem when something else than a file is there
    public static void requireItself(Path file) {
        String kind = kind(attributes(file, LinkOption.NOFOLLOW_LINKS));
        if (kind != null) {
            throw new Problem(
                    file + " is " + kind + ", where a file of its own is expected.",
                    "Nothing was changed. Take it away, or choose another folder.");
        }
    }

    private static @Nullable BasicFileAttributes attributes(Path file, LinkOption... options) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, options);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            return null; // whoever opens it is told why it cannot be
        }
    }

    private static @Nullable String kind(@Nullable BasicFileAttributes found) {
        if (found == null || found.isRegularFile()) {
            return null;
        }
        return found.isDirectory() ? "a folder" : found.isSymbolicLink() ? "a link" : "a pipe or a device";
    }
}
