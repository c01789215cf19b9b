package sirkuit;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Writes a file so that nobody sees half of it, not even after a crash or on a full disk. The new content is written
/// to a temporary file beside it, forced to disk, and renamed over the old file.
public final class AtomicFile {
    /// Files for which leftover temporary files of earlier processes have been looked for.
    private static final Set<Path> SWEPT = ConcurrentHashMap.newKeySet();

    /// The name includes the computer that wrote the file, because only its processes can be checked. Older
    /// versions left it out.
    private static final Pattern TEMPORARY = Pattern.compile("\\..+\\.tmp-((?:[A-Za-z0-9._]*-)?\\d{1,18})-[0-9a-f]+");

    private static final Pattern WRITER = Pattern.compile("(?:([A-Za-z0-9._]*)-)?(\\d{1,18})");

    private AtomicFile() {}

    /// Something that writes the bytes of a file.
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /// @throws Problem when it cannot be written; the previous file, if any, is then unchanged
    public static void write(Path file, String text) {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// @throws Problem when it cannot be written; the previous file, if any, is then unchanged
    public static void write(Path file, Content content) {
        Path target = file.toAbsolutePath();
        Path temporary = target.resolveSibling(
                "." + target.getFileName() + ".tmp-" + writer() + "-" + Long.toHexString(System.nanoTime()));
        Path folder = Objects.requireNonNull(target.getParent(), "a file has a folder");
        requireFileOrNothing(file);
        try {
            Files.createDirectories(folder);
            if (SWEPT.add(target)) {
                sweep(folder, "." + target.getFileName() + ".tmp-");
            }
            try (FileChannel channel = FileChannel.open(
                    temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceFolder(folder);
        } catch (IOException e) {
            throw cannotWrite(file, e);
        } finally {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException ignored) {
                // A stray temporary file is harmless, and the first error is the one to report.
            }
        }
    }

    /// Removes the temporary files that killed processes have left beside their files. Files that a living process
    /// is writing stay.
    public static void sweep(Path folder) {
        sweep(folder, ".");
    }

    private static void sweep(Path folder, String beginning) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> String.valueOf(f.getFileName()).startsWith(beginning))
                    .filter(AtomicFile::left)
                    .toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException ignored) {
            // They take space and do no other harm.
        }
    }

    /// Whether it is a temporary file that no process writes any more.
    private static boolean left(Path file) {
        Matcher name = TEMPORARY.matcher(String.valueOf(file.getFileName()));
        return name.matches() && abandoned(file, name.group(1));
    }

    /// This process, in the name of the file that it writes: the computer's name and the process number.
    public static String writer() {
        return Computer.NAME + "-" + ProcessHandle.current().pid();
    }

    /// Whether no process writes a file or folder any more.
    ///
    /// @param writer as [#writer()] says it, from its name; another text names nobody
    public static boolean abandoned(Path file, String writer) {
        Matcher name = WRITER.matcher(writer);
        if (!name.matches()) {
            return false;
        }
        boolean here = !Computer.NAME.isEmpty() && Computer.NAME.equals(name.group(1));
        long process = Long.parseLong(name.group(2));
        boolean over = here && ProcessHandle.of(process).map(p -> !p.isAlive()).orElse(true);
        // Another program may have the number by now, and processes of another computer on a shared disk cannot be
        // checked. No file takes a day to write.
        return over || old(file);
    }

    /// The name of this computer, as it is written in file names.
    static final class Computer {
        static final String NAME = name().strip().replaceAll("[^A-Za-z0-9.]", "_");

        private Computer() {}

        /// @return empty where the system does not say. The network is not asked.
        private static String name() {
            try {
                return Files.readString(Path.of("/proc/sys/kernel/hostname"));
            } catch (IOException elsewhere) {
                String windows = System.getenv("COMPUTERNAME");
                return windows == null ? Objects.requireNonNullElse(System.getenv("HOSTNAME"), "") : windows;
            }
        }
    }

    private static boolean old(Path file) {
        try {
            return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                    .toInstant()
                    .isBefore(Instant.now().minus(Duration.ofDays(1)));
        } catch (IOException e) {
            return false;
        }
    }

    /// For commands that compute for a long time before they write.
    ///
    /// @throws Problem when `file` could not be written as things are now
    public static void requireWritable(Path file) {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
        if (Files.isDirectory(file)) {
            throw Problem.of("ground.folder-as-output", file);
        }
        requireFileOrNothing(file);
        while (!Files.exists(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw Problem.of("ground.folder-not-writable", file, folder);
        }
        try {
            // Some folders claim to be writable but accept no files, such as /proc.
            Files.delete(Files.createTempFile(folder, ".sirkuit-", ".tmp"));
        } catch (IOException e) {
            throw Problem.of(e, "ground.folder-takes-no-files", file, folder);
        }
    }

    /// A device or a pipe would be replaced by a file with its name. A link is replaced by the file itself, and
    /// what it points to stays as it is.
    private static void requireFileOrNothing(Path file) {
        boolean special = Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
        // Such as /dev/stdout, which may lead to a file.
        Path place = file.toAbsolutePath().normalize();
        boolean device =
                Path.of("/dev").equals(place.getParent()) || (Files.isSymbolicLink(place) && place.startsWith("/proc"));
        if (special || device) {
            throw Problem.of("ground.device-as-output", file);
        }
    }

    /// The problem to report when `file` could not be written.
    public static Problem cannotWrite(Path file, IOException e) {
        String reason = reason(e);
        if (reason.contains("File too large")) {
            return Problem.work(e, "ground.file-too-large", file);
        }
        if (isFull(reason)) {
            return Problem.work(e, "ground.disk-full", file);
        }
        return Problem.work(e, "ground.file-not-written", file, reason);
    }

    /// Whether something failed because the disk has no room, which may change.
    public static boolean diskIsFull(Throwable e) {
        return e.getCause() instanceof IOException cause && isFull(reason(cause));
    }

    private static boolean isFull(String reason) {
        return reason.contains("No space left") || reason.contains("not enough space") || reason.contains("quota");
    }

    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "permission denied";
            case FileAlreadyExistsException there -> there.getFile() + " is in the way";
            case NoSuchFileException missing -> "its folder does not exist";
            case FileSystemException system when system.getReason() != null -> system.getReason();
            default -> e.getMessage() == null ? "the system does not say why" : e.getMessage();
        };
    }

    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Not every system lets a folder be opened (Windows does not); the rename itself has happened.
        }
    }
}
