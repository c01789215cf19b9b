package sirkuit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

/// What [CoverageFuzz] has its fuzzer call, in a process of its own: the reader of the kind in `sirkuit.fuzz.kind`, in
/// the folder in `sirkuit.fuzz.folder`. Whatever is thrown but a [Problem] is a finding.
final class FuzzTarget {
    private static final GoodFiles FILES = new GoodFiles(Path.of(property("folder")));
    private static final Path FILE = good();
    private static final Consumer<Path> READER = FILES.reader(property("kind"));

    private FuzzTarget() {}

    /// @param bytes a file's bytes
    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        // A new file each time: what is mapped of the last one must not change under its reader.
        Files.deleteIfExists(FILE);
        Files.write(FILE, bytes);
        try {
            READER.accept(FILE);
        } catch (Problem problem) {
            if (problem.what().isBlank() || problem.remedy().isBlank()) {
                throw new AssertionError("says nothing", problem);
            }
        }
    }

    private static Path good() {
        try {
            return FILES.good(property("kind"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty("sirkuit.fuzz." + name), name);
    }
}
