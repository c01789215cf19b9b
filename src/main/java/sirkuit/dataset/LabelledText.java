package sirkuit.dataset;

import org.jspecify.annotations.Nullable;

/// One row of a data file.
///
/// @param line     where it starts in the file, counted from 1; in Parquet the row
/// @param text     never blank
/// @param pair     the second text, never blank; null if the task is about single texts
/// @param label    as written in the file, without spaces around it, and 2.0 as 2
/// @param language the value of the column `language`, or else of the column it was filtered by; null if there is
///                 neither
public record LabelledText(
        long line,
        String text,
        @Nullable String pair,
        String label,
        @Nullable String language) {
    public LabelledText(long line, String text, @Nullable String pair, String label) {
        this(line, text, pair, label, null);
    }

    public LabelledText(long line, String text, String label) {
        this(line, text, null, label);
    }
}
