package sirkuit.project;

import sirkuit.Json;

/// A data file and the columns to read from it.
///
/// @param file        path as given; in project.json relative to the project folder
/// @param textColumn  name of the column with the text
/// @param labelColumn name of the column with the label
public record DataFile(String file, String textColumn, String labelColumn) {
    /// @throws sirkuit.Problem when no file is named
    public DataFile {
        Json.given(file, "file");
        textColumn = textColumn == null ? "text" : textColumn;
        labelColumn = labelColumn == null ? "label" : labelColumn;
    }

    public DataFile(String file) {
        this(file, "text", "label");
    }

    /// The same columns in another file.
    public DataFile at(String otherFile) {
        return new DataFile(otherFile, textColumn, labelColumn);
    }
}
