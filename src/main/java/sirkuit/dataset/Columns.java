package sirkuit.dataset;

/// Which columns of a data file hold what.
///
/// @param text  name of the text's column
/// @param label name of the label's column
public record Columns(String text, String label) {
    public static final Columns DEFAULT = new Columns("text", "label");
}
