package sirkuit;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;

/// Files that come from elsewhere, looked at before they are opened: opening a pipe waits for whoever writes into it,
/// and a device such as `/dev/zero` never ends.
public final class RegularFile {
    private RegularFile() {}

    /// @throws Problem when it is missing, a folder, a pipe, a device, a link that leads nowhere, or out of reach
    public static void require(Path file) {
        require(file, Long.MAX_VALUE);
    }

    /// As [#require(Path)], and not larger than a file of its kind can sensibly be.
    ///
    /// @param most in bytes
    /// @throws Problem also when it is larger
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
                                    " is %,d MB large, which is more than a file of its kind has.",
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
            throw new Problem(file + " does not exist.", "Check the path.");
        }
    }

    /// Whether something of that name is there, whatever it is: a link that leads nowhere is there too.
    public static boolean isThere(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }
}
