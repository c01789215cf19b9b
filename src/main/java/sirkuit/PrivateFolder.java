package sirkuit;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Folders that only the user can write: for native libraries, logs, and the list of what is trusted. On systems
/// without POSIX permissions, the user's own folders are private already.
public final class PrivateFolder {
    private static final Set<PosixFilePermission> MINE = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OF_OTHERS = PosixFilePermissions.fromString("---rwxrwx");
    private static final int WRITE_GROUP = 0020;
    private static final int WRITE_OTHERS = 0002;
    private static final int STICKY = 01000;

    private PrivateFolder() {}

    /// The first of some places that is such a folder, or can be made one with mode 0700.
    ///
    /// @return null when none can
    public static @Nullable Path first(List<Path> places) {
        for (Path place : places) {
            Path made = made(place);
            if (made != null) {
                return made;
            }
        }
        return null;
    }

    /// A place for users whose home cannot be written to: below the system's temporary folder, with the user's
    /// number in its name. If somebody else made it before, [#first] skips it.
    public static Path shared() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        return temporary.resolve("sirkuit-" + (posix() ? Long.toString(user()) : System.getProperty("user.name")));
    }

    /// The last resort: a new folder with an unpredictable name, which is removed when the program ends.
    ///
    /// @throws Problem when not even that can be made
    public static Path passing() {
        try {
            Path folder = Files.createTempDirectory("sirkuit-");
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> remove(folder)));
            return folder;
        } catch (IOException e) {
            throw Problem.of(e, "ground.no-private-folder", e.getMessage());
        }
    }

    /// Makes the folder and whatever is missing above it, and closes it to other users.
    ///
    /// @return its real path; null when it cannot be made, is not the user's, or others can write it or what leads
    ///         to it
    static @Nullable Path made(Path place) {
        try {
            Path real = own(place);
            if (real != null && posix()) {
                Set<PosixFilePermission> now = Files.getPosixFilePermissions(real);
                if (now.stream().anyMatch(OF_OTHERS::contains) || !now.containsAll(MINE)) {
                    Files.setPosixFilePermissions(real, MINE);
                }
            }
            return real;
        } catch (IOException | SecurityException e) {
            return null;
        }
    }

    /// The same for a folder that the user has named. The user decides who may read it, so its mode stays.
    ///
    /// @return null too when it cannot be a path
    static @Nullable Path named(String place) {
        try {
            return own(Path.of(place));
        } catch (IOException | SecurityException | InvalidPathException e) {
            return null;
        }
    }

    private static @Nullable Path own(Path place) throws IOException {
        Path wanted = place.toAbsolutePath().normalize();
        List<Path> missing = new ArrayList<>();
        for (Path at = wanted; at != null && !Files.exists(at, LinkOption.NOFOLLOW_LINKS); at = at.getParent()) {
            missing.addFirst(at);
        }
        for (Path folder : missing) {
            make(folder);
        }
        Path real = wanted.toRealPath();
        boolean mine = posix() ? onlyMine(real) && safeWayTo(real) : Files.isDirectory(real) && Files.isWritable(real);
        return mine ? real : null;
    }

    /// The permissions to make something with; none where the system has no such permissions.
    private static FileAttribute<?>[] mode(Set<PosixFilePermission> permissions) {
        return posix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private static void make(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, mode(MINE));
        } catch (FileAlreadyExistsException e) {
            // Another process was faster. The next check looks at what it made.
        }
    }

    /// Whether only the user and the system's administrator can change a folder and all folders above it.
    ///
    /// @param folder a real path
    static boolean safe(Path folder) throws IOException {
        return !posix() || (!writableByOthers(folder) && safeWayTo(folder));
    }

    /// Whether everybody can write to a file or folder that the user has named. Its owner may be whoever installed
    /// it.
    ///
    /// @throws IOException when it cannot be looked at
    public static boolean writableByEverybody(Path file) throws IOException {
        if (!posix()) {
            return false;
        }
        for (Path at = file.toRealPath(); at != null; at = at.getParent()) {
            int mode = mode(at);
            if ((mode & WRITE_OTHERS) != 0 && (at.equals(file.toRealPath()) || (mode & STICKY) == 0)) {
                return true;
            }
        }
        return false;
    }

    private static boolean onlyMine(Path folder) throws IOException {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && owner(folder) == user()
                && !writableByOthers(folder);
    }

    private static boolean safeWayTo(Path folder) throws IOException {
        for (Path above = folder.getParent(); above != null; above = above.getParent()) {
            boolean sticky = (mode(above) & STICKY) != 0 && owner(above) == 0;
            if (!sticky && writableByOthers(above)) {
                return false;
            }
        }
        return true;
    }

    /// Groups with the user's name belong to the user alone, as most systems make them.
    private static boolean writableByOthers(Path file) throws IOException {
        long owner = owner(file);
        int mode = mode(file);
        boolean group = (mode & WRITE_GROUP) != 0;
        if (group) {
            PosixFileAttributes about =
                    Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            group = !about.group().getName().equals(about.owner().getName());
        }
        return (owner != 0 && owner != user()) || group || (mode & WRITE_OTHERS) != 0;
    }

    private static int mode(Path file) throws IOException {
        return (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    }

    static long owner(Path file) throws IOException {
        return ((Number) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS)).longValue();
    }

    private static boolean posix() {
        return Path.of("").getFileSystem().supportedFileAttributeViews().containsAll(List.of("posix", "unix"));
    }

    /// The number of the user that runs this process; -1 if the system does not give it.
    private static long user() {
        return User.NUMBER;
    }

    private static final class User {
        static final long NUMBER = number();

        private static long number() {
            try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
                // real, effective, saved, of the file system
                return Long.parseLong(lines.filter(l -> l.startsWith("Uid:"))
                        .findFirst()
                        .orElseThrow()
                        .split("\\s+")[2]);
            } catch (IOException | RuntimeException elsewhere) {
                // Not Linux: the owner of a new file is the user.
            }
            try {
                Path mine = Files.createTempFile("sirkuit-", ".tmp");
                try {
                    return owner(mine);
                } finally {
                    Files.delete(mine);
                }
            } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
                return -1;
            }
        }
    }

    /// Removes a folder with everything in it, without following links.
    public static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | java.io.UncheckedIOException ignored) {
            // It takes space and does no other harm.
        }
    }

    /// Makes a new file there that only the user can read, or makes the existing file so.
    ///
    /// @throws IOException when it is something else than a file, or cannot be made
    public static void file(Path file) throws IOException {
        try {
            Files.createFile(file, mode(FILE));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(file + " is not a file", e);
            }
            if (posix()) {
                Files.setPosixFilePermissions(file, FILE);
            }
        }
    }
}
