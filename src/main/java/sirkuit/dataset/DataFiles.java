package sirkuit.dataset;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sirkuit.dataset.table.TextFormat;

/// Data files that are really there, for remedies that name one.
final class DataFiles {
    private static final int DEPTH = 4;
    private static final int MOST_ENTRIES = 10_000;
    private static final int MOST_NAMES = 4;

    private DataFiles() {}

    /// The data file in or below a folder that is nearest to it, the first of them by name. Folders with a
    /// `config.json` are checkpoints and runs, and are left out. Null if there is none.
    static @Nullable Path first(Path folder) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(folder, Set.of(), DEPTH, new Search(found));
        } catch (IOException e) {
            return null;
        }
        return found.stream()
                .min(Comparator.comparing(Path::getNameCount).thenComparing(Comparator.naturalOrder()))
                .orElse(null);
    }

    /// The names of some data files in the same folder, `test.csv, train.csv`; empty if there are none.
    static String beside(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return "";
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(f -> TextFormat.isUsual(f) && Files.isRegularFile(f))
                    .map(f -> String.valueOf(f.getFileName()))
                    .sorted()
                    .limit(MOST_NAMES)
                    .collect(Collectors.joining(", "));
        } catch (IOException e) {
            return "";
        }
    }

    private static final class Search extends SimpleFileVisitor<Path> {
        private final List<Path> found;
        private int seen;

        Search(List<Path> found) {
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return Files.exists(folder.resolve("config.json"))
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && TextFormat.isUsual(file)) {
                found.add(file);
            }
            return ++seen < MOST_ENTRIES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }
    }
}
