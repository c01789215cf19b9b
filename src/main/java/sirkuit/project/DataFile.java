package sirkuit.project;

import org.jspecify.annotations.Nullable;
import sirkuit.Json;

/// A data file, the columns to read from it and the rows that count.
///
/// @param file        path as given; in project.json relative to the project folder
/// @param textColumn  name of the column with the text
/// @param labelColumn name of the column with the label
/// @param pairColumn  name of the column with the second text; null where texts stand alone
/// @param format      `csv`, `tsv`, `jsonl` or `parquet`; null for what the name says
/// @param filter      keeps the rows in which a column has a value, such as `language=id`; null for all
public record DataFile(
        String file,
        String textColumn,
        String labelColumn,
        @Nullable String pairColumn,
        @Nullable String format,
        @Nullable String filter) {
    /// @throws sirkuit.Problem when no file is named
    public DataFile {
        Json.given(file, "file");
        textColumn = textColumn == null ? "text" : textColumn;
        labelColumn = labelColumn == null ? "label" : labelColumn;
    }

    public DataFile(String file) {
        this(file, "text", "label", null, null, null);
    }

    /// The same columns and rows of another file.
    public DataFile at(String otherFile) {
        return new DataFile(otherFile, textColumn, labelColumn, pairColumn, format, filter);
    }
}
