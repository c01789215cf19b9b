package sirkuit;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;

/// Files that come from elsewhere, looked at before they are opened: opening a pipe waits for whoever writes into it,
/// and a device such as `/dev/zero` never ends.
public final class RegularFile {
    private RegularFile() {}

    /// Links are followed. A file that is not there is left to whoever opens it.
    ///
    /// @throws Problem when a folder, a pipe, a device or a link that leads nowhere is there, or it is out of reach
    public static void require(Path file) {
        if (isThere(file)) {
            require(file, Long.MAX_VALUE);
        }
    }

    /// The same of a file that is to be written over, without following links: what a link leads to is never written.
    ///
    /// @throws Problem when something else than a file is there
    public static void requireItself(Path file) {
        if (isThere(file) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            String kind = Files.isSymbolicLink(file)
                    ? "a link"
                    : Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) ? "a folder" : "a pipe or a device";
            throw new Problem(
                    file + " is " + kind + ", where a file of its own is expected.",
                    "Nothing was changed. Take it away, or choose another folder.");
        }
    }

    /// A file that must be there, and not larger than a file of its kind can sensibly be.
    ///
    /// @param most in bytes
    /// @throws Problem as [#require(Path)], and when it is missing or larger
    public static void require(Path file, long most) {
        BasicFileAttributes found = attributes(file);
        if (found.isDirectory()) {
            throw new Problem(file + " is a folder, not a file.", "Name a file, or put the right one there.");
        }
        if (!found.isRegularFile()) {
            throw new Problem(
                    file + " is not a file: it is a pipe, a socket or a device.",
                    "Write what it gives to a file and name that.");
        }
        if (found.size() > most) {
            throw new Problem(
                    file
                            + String.format(
                                    Locale.ROOT,
                                    " is %,d MB, larger than a file of its kind should be.",
                                    found.size() >> 20),
                    "Restore it from a copy, or fetch it again.");
        }
    }

    private static BasicFileAttributes attributes(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class);
        } catch (AccessDeniedException e) {
            throw new Problem(file + " could not be read: access is denied.", "Check its permissions.", e);
        } catch (IOException e) {
            if (Files.isSymbolicLink(file)) {
                throw new Problem(
                        file + " is a link that leads nowhere.", "Fetch the file again, or make the link again.");
            }
            if (e instanceof NoSuchFileException || !(e instanceof FileSystemException system)) {
                throw new Problem(file + " does not exist.", "Check the path.", e);
            }
            String reason = system.getReason() == null ? e.getMessage() : system.getReason();
            throw new Problem(file + " could not be read: " + reason + ".", "Check the path and the disk.", e);
        }
    }

    /// Whether something of that name is there, whatever it is: a link that leads nowhere is there too.
    public static boolean isThere(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }
}
