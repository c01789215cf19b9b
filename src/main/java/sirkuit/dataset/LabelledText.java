package sirkuit.dataset;

/// One row of a data file.
///
/// @param line  where it starts in the file, counted from 1
/// @param text  never blank
/// @param label as written in the file
public record LabelledText(long line, String text, String label) {}
