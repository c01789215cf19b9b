package sirkuit.record;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sirkuit.Json;
import sirkuit.dataset.Dataset;
import sirkuit.dataset.LabelMap;
import sirkuit.dataset.table.Columns;
import sirkuit.dataset.table.Layout;
import sirkuit.dataset.table.Quoting;
import sirkuit.dataset.table.RowFilter;
import sirkuit.dataset.table.TextFormat;
import sirkuit.dataset.table.TextSource;

/// A data file, the columns to read from it and the rows that count.
///
/// @param file        path as given; in project.json relative to the project folder
/// @param textColumn  name of the column with the text
/// @param labelColumn name of the column with the label
/// @param pairColumn  name of the column with the second text; null where texts stand alone
/// @param format      `csv`, `tsv`, `jsonl` or `parquet`; null for what the name says
/// @param filter      keeps the rows in which a column has a value, such as `language=id`; null for all
/// @param labelMap    the class that a label means where the user says it, by label; null for none
/// @param noHeader    true where the columns have no names but numbers from 1; null where the first line names them
/// @param quoting     `none` or `standard`; null to decide from the whole file
/// @param skipLabels  rows with these labels are left out, such as `-` and `-1`; null for none
public record DataFile(
        String file,
        String textColumn,
        String labelColumn,
        @Nullable String pairColumn,
        @Nullable String format,
        @Nullable String filter,
        @Nullable Map<String, String> labelMap,
        @Nullable Boolean noHeader,
        @Nullable String quoting,
        @Nullable List<String> skipLabels) {
    /// @throws sirkuit.Problem when no file is named, or there is no such quoting
    public DataFile {
        Json.given(file, "file");
        labelMap = LabelChoices.orNull(labelMap);
        textColumn = textColumn == null ? "text" : textColumn;
        labelColumn = labelColumn == null ? "label" : labelColumn;
        // Defaults are not written, so that files of versions without these fields stay the same.
        noHeader = Boolean.TRUE.equals(noHeader) ? Boolean.TRUE : null;
        Quoting asked = quoting == null ? Quoting.AUTO : Quoting.named(quoting);
        quoting = asked == Quoting.AUTO ? null : asked.id();
        skipLabels = skipLabels == null || skipLabels.isEmpty() ? null : List.copyOf(skipLabels);
    }

    /// With a header and all labels.
    public DataFile(
            String file,
            String textColumn,
            String labelColumn,
            @Nullable String pairColumn,
            @Nullable String format,
            @Nullable String filter) {
        this(file, textColumn, labelColumn, pairColumn, format, filter, null, null, null, null);
    }

    /// With a header.
    public DataFile(
            String file,
            String textColumn,
            String labelColumn,
            @Nullable String pairColumn,
            @Nullable String format,
            @Nullable String filter,
            @Nullable Map<String, String> labelMap) {
        this(file, textColumn, labelColumn, pairColumn, format, filter, labelMap, null, null, null);
    }

    /// Without a label map.
    public DataFile(
            String file,
            String textColumn,
            String labelColumn,
            @Nullable String pairColumn,
            @Nullable String format,
            @Nullable String filter,
            @Nullable Boolean noHeader,
            @Nullable String quoting,
            @Nullable List<String> skipLabels) {
        this(file, textColumn, labelColumn, pairColumn, format, filter, null, noHeader, quoting, skipLabels);
    }

    public DataFile(String file) {
        this(file, "text", "label", null, null, null);
    }

    /// How to read it.
    ///
    /// @throws sirkuit.Problem when there is no such format, or the filter is not valid
    public TextSource source() {
        return new TextSource(
                Path.of(file),
                format == null ? null : TextFormat.named(format),
                new Columns(textColumn, pairColumn, labelColumn),
                filter == null ? null : RowFilter.parse(filter),
                new Layout(
                        noHeader == null,
                        quoting == null ? Quoting.AUTO : Quoting.named(quoting),
                        skipLabels == null ? List.of() : skipLabels));
    }

    /// The digest of its current texts and labels, as in [Provenance].
    ///
    /// @param labels class names in the order of the logits
    /// @throws sirkuit.Problem naming file and line
    public String digest(List<String> labels) {
        return Dataset.open(source(), new LabelMap(labels).choosing(labelMap)).digest();
    }

    /// The same columns and rows of another file.
    public DataFile at(String otherFile) {
        return new DataFile(
                otherFile,
                textColumn,
                labelColumn,
                pairColumn,
                format,
                filter,
                labelMap,
                noHeader,
                quoting,
                skipLabels);
    }

    /// The same file with other classes for its labels; null for none.
    public DataFile choosing(@Nullable Map<String, String> map) {
        return new DataFile(
                file, textColumn, labelColumn, pairColumn, format, filter, map, noHeader, quoting, skipLabels);
    }

    /// The same rows with another column of second texts.
    public DataFile withPair(@Nullable String otherColumn) {
        return new DataFile(
                file, textColumn, labelColumn, otherColumn, format, filter, labelMap, noHeader, quoting, skipLabels);
    }
}
