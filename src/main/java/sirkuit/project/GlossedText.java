package sirkuit.project;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.dataset.Columns;
import sirkuit.dataset.LabelledTexts;
import sirkuit.dataset.RowFilter;
import sirkuit.dataset.TextFormat;
import sirkuit.dataset.TextSource;

/// A text of a data file with what it means, for people who do not speak its language.
///
/// @param gloss what the column `gloss` says; null where there is none
public record GlossedText(
        String text, String label, @Nullable String gloss) {
    private static final String COLUMN = "gloss";

    /// The first texts of a file. Empty when it cannot be read: whoever works with its texts tells that.
    public static List<GlossedText> read(DataFile data, int most) {
        List<GlossedText> found = read(data, most, COLUMN);
        return found.isEmpty() ? read(data, most, null) : found;
    }

    private static List<GlossedText> read(DataFile data, int most, @Nullable String gloss) {
        List<GlossedText> found = new ArrayList<>();
        try {
            TextFormat format = data.format() == null ? null : TextFormat.named(data.format());
            RowFilter filter = data.filter() == null ? null : RowFilter.parse(data.filter());
            Columns columns = new Columns(data.textColumn(), gloss, data.labelColumn());
            LabelledTexts.read(new TextSource(Path.of(data.file()), format, columns, filter), row -> {
                if (found.size() < most) {
                    found.add(new GlossedText(row.text().strip(), row.label(), row.pair()));
                }
            });
        } catch (Problem unreadable) {
            return List.of();
        }
        return found;
    }
}
