package sirkuit;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// Checks files from elsewhere before they are opened. Opening a pipe waits until somebody writes into it, and a device
/// such as `/dev/zero` never ends.
public final class RegularFile {
    private RegularFile() {}

    /// Links are followed. A missing file is left to the code that opens it.
    ///
    /// @throws Problem when a folder, a pipe, a device or a link that leads nowhere is there, or it is out of reach
    public static void require(Path file) {
        if (isThere(file)) {
            require(file, Long.MAX_VALUE);
        }
    }

    /// The same for a file that will be overwritten, without following links: a link is never written through.
    ///
    /// @throws Problem when something else than a file is there
    public static void requireItself(Path file) {
        if (isThere(file) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            String kind = Files.isSymbolicLink(file)
                    ? "a link"
                    : Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) ? "a folder" : "a pipe or a device";
            throw Problem.of("ground.not-own-file", file, kind);
        }
    }

    /// Requires a file that exists and is not larger than a file of its kind can reasonably be.
    ///
    /// @param most in bytes
    /// @throws Problem as [#require(Path)], and when it is missing or larger
    public static void require(Path file, long most) {
        BasicFileAttributes found = attributes(file);
        if (found.isDirectory()) {
            throw Problem.of("ground.folder-not-file", file);
        }
        if (!found.isRegularFile()) {
            throw Problem.of("ground.not-regular-file", file);
        }
        if (found.size() > most) {
            throw Problem.of("ground.larger-than-its-kind", file, found.size() >> 20);
        }
    }

    private static BasicFileAttributes attributes(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class);
        } catch (AccessDeniedException e) {
            throw Problem.of(e, "ground.access-denied", file);
        } catch (IOException e) {
            if (Files.isSymbolicLink(file)) {
                throw Problem.of("ground.broken-link", file);
            }
            if (e instanceof NoSuchFileException || !(e instanceof FileSystemException system)) {
                throw Problem.of(e, "ground.file-not-found", file);
            }
            String reason = system.getReason() == null ? e.getMessage() : system.getReason();
            throw Problem.of(e, "ground.io-error", file, reason);
        }
    }

    /// Whether anything with that name exists, including a link that leads nowhere.
    public static boolean isThere(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }
}
