package sirkuit;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// The folder that native libraries are unpacked to and loaded from. It has mode 0700, so that only the user can write
/// to it. Without it, each library that contains natives would use the shared temporary folder, where another user
/// could have put a file.
public final class NativeFolder {
    /// The variables by which users name another folder; they take precedence over properties.
    private static final List<String> NAMED = List.of("DJL_CACHE_DIR", "ENGINE_CACHE_DIR");

    private static final List<String> LIBRARIES = List.of("pytorch", "tokenizers");
    private static final String CHECKED = ".checked";
    private static final Duration HALF_UNPACKED = Duration.ofHours(1);
    private static @Nullable Path prepared;

    private NativeFolder() {}

    /// Makes the folder and sets it for every library. Call this before the first of them is used.
    ///
    /// @return the folder
    /// @throws Problem when the user has named one that others can write
    public static synchronized Path prepare() {
        if (prepared == null) {
            Path folder = find();
            Path djl = named(folder);
            System.setProperty("DJL_CACHE_DIR", djl.toString());
            System.setProperty("ENGINE_CACHE_DIR", djl.toString());
            for (String property : List.of("javafx.cachedir", "jna.tmpdir", "org.xerial.snappy.tempdir")) {
                System.setProperty(property, part(folder, property).toString());
            }
            System.setProperty("ZstdTempFolder", part(folder, "zstd").toString());
            if (djl.equals(folder)) {
                checkUnpacked(folder);
            }
            prepared = folder;
        }
        return prepared;
    }

    /// Call this once a library is loaded. What was unpacked for it just now came from the program, so it is not
    /// compared again.
    public static synchronized void remember() {
        if (prepared == null) {
            return;
        }
        for (String library : LIBRARIES) {
            try (Stream<Path> versions = Files.list(prepared.resolve(library))) {
                for (Path version : versions.toList()) {
                    if (!half(version)
                            && Files.isDirectory(version)
                            && !empty(version)
                            && !Files.exists(version.resolve(CHECKED))) {
                        AtomicFile.write(version.resolve(CHECKED), state(version));
                    }
                }
            } catch (IOException | Problem e) {
                // It is compared at the next start instead.
            }
        }
    }

    private static Path find() {
        List<Path> places = new ArrayList<>();
        String home = System.getenv("SIRKUIT_HOME");
        String caches = System.getenv("XDG_CACHE_HOME");
        try {
            if (caches != null && Path.of(caches).isAbsolute()) {
                places.add(Path.of(caches, "sirkuit", "natives"));
            }
            places.add(Path.of(System.getProperty("user.home"), ".cache", "sirkuit", "natives"));
            if (home != null && !home.isBlank()) {
                places.add(Path.of(home, "natives"));
            }
        } catch (InvalidPathException e) {
            // Not a path, so not a folder: the next place is used.
        }
        Path found = PrivateFolder.first(places);
        if (found != null) {
            return found;
        }
        Path own = PrivateFolder.first(List.of(PrivateFolder.shared()));
        found = own == null ? null : PrivateFolder.first(List.of(own.resolve("natives")));
        return found == null ? PrivateFolder.passing() : found;
    }

    private static Path part(Path folder, String name) {
        Path part = PrivateFolder.made(folder.resolve(name));
        return part == null ? folder : part;
    }

    /// A folder that an environment variable names is used only if it is safe.
    private static Path named(Path folder) {
        Path djl = folder;
        for (String variable : NAMED) {
            String value = System.getenv(variable);
            if (value != null && !value.isEmpty()) {
                Path made = PrivateFolder.named(value);
                if (made == null) {
                    throw Problem.of("ground.folder-not-private", variable, value);
                }
                djl = made;
            }
        }
        return djl;
    }

    /// Compares libraries that were unpacked before with those in the program, once. After that, size and time show
    /// whether they are still the same. A library that differs is removed and unpacked again. Of files that do not
    /// belong there, only the file itself is removed, because the libraries beside it may be in use.
    private static void checkUnpacked(Path folder) {
        for (String library : LIBRARIES) {
            try (Stream<Path> versions = Files.list(folder.resolve(library))) {
                for (Path version : versions.toList()) {
                    if (half(version) ? old(version) : Files.isDirectory(version) && !usable(version, library)) {
                        PrivateFolder.remove(version);
                    }
                }
            } catch (IOException nothingYet) {
                // It is unpacked when it is needed.
            }
        }
    }

    /// A folder without libraries would count as unpacked, and nothing could be loaded. If the program has no
    /// libraries of that kind, there is nothing to compare with, and the folder is left alone.
    private static boolean usable(Path version, String library) throws IOException {
        List<Path> jars = jars(library);
        return !empty(version) && (jars.isEmpty() || asShipped(version, jars));
    }

    private static boolean empty(Path version) throws IOException {
        try (Stream<Path> files = Files.list(version)) {
            return files.allMatch(f -> f.getFileName().toString().startsWith("."));
        }
    }

    private static boolean half(Path folder) {
        return folder.getFileName().toString().startsWith("tmp");
    }

    /// Whether unpacking was interrupted some time ago: doing it takes seconds.
    private static boolean old(Path folder) throws IOException {
        return Files.getLastModifiedTime(folder)
                .toInstant()
                .isBefore(Instant.now().minus(HALF_UNPACKED));
    }

    private static boolean asShipped(Path version, List<Path> jars) throws IOException {
        Path stamp = version.resolve(CHECKED);
        if (Files.isRegularFile(stamp, LinkOption.NOFOLLOW_LINKS)
                && Files.readString(stamp).equals(state(version))) {
            return true;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(version)) {
            for (Path file : files) {
                // The program's own files begin with a dot, such as the stamp that another process is writing.
                if (file.getFileName().toString().startsWith(".")) {
                    continue;
                }
                switch (origin(file, jars)) {
                    case SHIPPED -> {}
                    case CHANGED -> {
                        return false;
                    }
                    case FOREIGN -> PrivateFolder.remove(file);
                }
            }
        }
        AtomicFile.write(stamp, state(version));
        return true;
    }

    /// Names, sizes and times of the files. Whoever could fake these could write to the folder anyway.
    private static String state(Path version) throws IOException {
        StringBuilder state = new StringBuilder(Version.current());
        try (Stream<Path> files = Files.list(version)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (!name.startsWith(".")) {
                    state.append('\n')
                            .append(name)
                            .append(' ')
                            .append(Files.size(file))
                            .append(' ')
                            .append(Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                                    .toMillis());
                }
            }
        }
        return state.toString();
    }

    private enum Origin {
        SHIPPED,
        CHANGED,
        FOREIGN
    }

    /// @return changed if the program has other files of that name
    private static Origin origin(Path file, List<Path> jars) throws IOException {
        // The bridge has its library's version before its name.
        String plain = file.getFileName().toString().replaceFirst("^[0-9.]+-(?=lib|djl)", "");
        boolean known = false;
        for (Path jar : jars) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                for (ZipEntry entry : zip.stream()
                        .filter(e -> e.getName().endsWith("/" + plain))
                        .toList()) {
                    known = true;
                    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                            && MessageDigest.isEqual(
                                    digest(Files.newInputStream(file)), digest(zip.getInputStream(entry)))) {
                        return Origin.SHIPPED;
                    }
                }
            }
        }
        return known ? Origin.CHANGED : Origin.FOREIGN;
    }

    /// The program's jars that contain natives of one kind.
    private static List<Path> jars(String library) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(p -> String.valueOf(p.getFileName()).matches(library + ".*\\.jar"))
                .toList();
    }

    private static byte[] digest(InputStream stream) throws IOException {
        try (stream) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 18];
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
