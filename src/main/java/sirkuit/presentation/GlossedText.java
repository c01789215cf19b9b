package sirkuit.presentation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.dataset.LabelledText;
import sirkuit.dataset.LabelledTexts;
import sirkuit.record.DataFile;

/// A text of a data file with its meaning, for people who do not speak its language.
///
/// @param pair  the second text; null for a single text
/// @param gloss what it means, as another column of the file says; null if there is none
public record GlossedText(
        String text,
        @Nullable String pair,
        String label,
        @Nullable String gloss) {
    /// The column of meanings in English. Meanings in another language are in `gloss_` with its code, as in `gloss_id`.
    public static final String COLUMN = "gloss";

    /// The first texts of a file. Empty when it cannot be read: the code that works with its texts reports that.
    ///
    /// @param column of the meanings
    public static List<GlossedText> read(DataFile data, int most, String column) {
        List<LabelledText> texts = rows(data, most, data.pairColumn());
        List<LabelledText> glosses = rows(data, most, column);
        boolean glossed = texts.size() == glosses.size();
        List<GlossedText> found = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            LabelledText row = texts.get(i);
            found.add(new GlossedText(
                    row.text().strip(),
                    row.pair() == null ? null : row.pair().strip(),
                    row.label(),
                    glossed ? glosses.get(i).pair() : null));
        }
        return found;
    }

    /// @param second column of additional values for each text
    private static List<LabelledText> rows(DataFile data, int most, @Nullable String second) {
        List<LabelledText> found = new ArrayList<>();
        try {
            LabelledTexts.read(data.withPair(second).source(), row -> {
                if (found.size() < most) {
                    found.add(row);
                }
            });
        } catch (Problem unreadable) {
            return List.of();
        }
        return found;
    }
}
