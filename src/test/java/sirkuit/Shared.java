package sirkuit;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// The material beside the project that not every checkout has; tests that need it are skipped with a word without it.
public final class Shared {
    private static final Path FOLDER = Path.of("..", "shared").toAbsolutePath().normalize();

    private Shared() {}

    /// The path of something in it, or the end of the test.
    public static Path path(String inside) {
        Path path = FOLDER.resolve(inside);
        Assumptions.assumeTrue(Files.exists(path), path + " is not here: this test needs the shared material");
        return path;
    }
}
