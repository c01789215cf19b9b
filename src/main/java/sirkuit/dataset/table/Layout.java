package sirkuit.dataset.table;

import java.util.List;

/// How the lines of a data file become rows.
///
/// @param header     whether the first line of CSV and TSV names the columns; without it they are called by their
///                   numbers, `1`, `2`, ...
/// @param quoting    of CSV and TSV
/// @param skipLabels rows with these labels are left out, because they have no gold label (SNLI's `-`, Hugging Face's
///                   `-1`); an empty one means rows without a label
public record Layout(boolean header, Quoting quoting, List<String> skipLabels) {
    public static final Layout DEFAULT = new Layout(true, Quoting.AUTO, List.of());

    public Layout {
        skipLabels = skipLabels.stream().map(Values::plain).distinct().toList();
    }

    Layout with(Quoting decided) {
        return new Layout(header, decided, skipLabels);
    }

    public boolean skips(String label) {
        return skipLabels.stream().anyMatch(skipped -> skipped.equalsIgnoreCase(label));
    }
}
