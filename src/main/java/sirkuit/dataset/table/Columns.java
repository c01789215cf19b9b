package sirkuit.dataset.table;

import org.jspecify.annotations.Nullable;

/// The columns of a data file.
///
/// @param text  name of the text's column
/// @param pair  name of the second text's column; null if the task is about single texts
/// @param label name of the label's column
public record Columns(String text, @Nullable String pair, String label) {
    public static final Columns DEFAULT = new Columns("text", null, "label");

    public Columns(String text, String label) {
        this(text, null, label);
    }
}
