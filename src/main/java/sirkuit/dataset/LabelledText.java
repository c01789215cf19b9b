package sirkuit.dataset;

import org.jspecify.annotations.Nullable;

/// One row of a data file.
///
/// @param line  where it starts in the file, counted from 1; in Parquet the row
/// @param text  never blank
/// @param pair  the second text, never blank; null where texts stand alone
/// @param label as written in the file
public record LabelledText(long line, String text, @Nullable String pair, String label) {
    public LabelledText(long line, String text, String label) {
        this(line, text, null, label);
    }
}
