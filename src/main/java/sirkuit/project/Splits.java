package sirkuit.project;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Finds the splits of a dataset that lie beside each other as `train.csv`, `valid.csv` and `test.csv` (or `dev`,
/// `validation`), as NusaX-Senti's folders have them.
///
/// @param train      to learn or to score from
/// @param validation for decisions during training
/// @param test       held out
public record Splits(Optional<Path> train, Optional<Path> validation, Optional<Path> test) {
    /// @param place a folder, or one of the files in it
    public static Splits beside(Path place) {
        Path parent = place.toAbsolutePath().getParent();
        Path folder = Files.isDirectory(place) || parent == null ? place : parent;
        return new Splits(
                find(folder, "train", "training"), find(folder, "valid", "validation", "dev"), find(folder, "test"));
    }

    private static Optional<Path> find(Path folder, String... names) {
        for (String name : names) {
            for (String candidate : List.of(name, name.toUpperCase(Locale.ROOT))) {
                Path file = folder.resolve(candidate + ".csv");
                if (Files.isRegularFile(file)) {
                    return Optional.of(file);
                }
            }
        }
        return Optional.empty();
    }
}
