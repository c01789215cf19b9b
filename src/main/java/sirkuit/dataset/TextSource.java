package sirkuit.dataset;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A data file and how to read it.
///
/// @param file    where it is
/// @param format  null for what its name says
/// @param columns what is read from it
/// @param filter  the rows that count; null for all
public record TextSource(
        Path file,
        @Nullable TextFormat format,
        Columns columns,
        @Nullable RowFilter filter) {
    /// All rows of a file, columns `text` and `label`.
    public static TextSource of(Path file) {
        return new TextSource(file, null, Columns.DEFAULT, null);
    }
}
