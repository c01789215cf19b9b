package sirkuit.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A copy of the sample project *reviews*, with its finished runs, that a test may write to.
public final class SampleCopy {
    private static final Path REVIEWS = Path.of("sample-projects", "reviews").toAbsolutePath();

    private SampleCopy() {}

    public static Path in(Path folder) throws IOException {
        Path copy = folder.resolve("reviews");
        List<Path> all;
        try (Stream<Path> files = Files.walk(REVIEWS)) {
            all = files.toList();
        }
        for (Path file : all) {
            Path to = copy.resolve(REVIEWS.relativize(file).toString());
            if (Files.isDirectory(file)) {
                Files.createDirectories(to);
            } else {
                Files.copy(file, to);
            }
        }
        return copy;
    }
}
