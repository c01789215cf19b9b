package sirkuit.project;

/// A data file and the columns to read from it.
///
/// @param file        path as given; in project.json relative to the project folder
/// @param textColumn  name of the column with the text
/// @param labelColumn name of the column with the label
public record DataFile(String file, String textColumn, String labelColumn) {
    public DataFile(String file) {
        this(file, "text", "label");
    }

    /// The same columns in another file.
    public DataFile at(String otherFile) {
        return new DataFile(otherFile, textColumn, labelColumn);
    }
}
