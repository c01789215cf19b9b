package sirkuit.dataset.table;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A data file and how to read it.
///
/// @param file    where it is
/// @param format  null for the one that the file's name shows
/// @param columns the columns to read
/// @param filter  the rows to keep; null for all
/// @param layout  how its lines become rows
public record TextSource(
        Path file,
        @Nullable TextFormat format,
        Columns columns,
        @Nullable RowFilter filter,
        Layout layout) {
    /// With a header and all labels.
    public TextSource(Path file, @Nullable TextFormat format, Columns columns, @Nullable RowFilter filter) {
        this(file, format, columns, filter, Layout.DEFAULT);
    }

    /// All rows of a file, columns `text` and `label`.
    public static TextSource of(Path file) {
        return new TextSource(file, null, Columns.DEFAULT, null);
    }

    /// @throws sirkuit.Problem when it is not named and the file's name does not show it
    public TextFormat knownFormat() {
        return format == null ? TextFormat.of(file) : format;
    }

    public TextSource with(Quoting decided) {
        return new TextSource(file, format, columns, filter, layout.with(decided));
    }
}
