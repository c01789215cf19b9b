package sirkuit.app.browser;

import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rows that pass a filter, and counts for the filter's controls. Each count ignores the part of the filter that
/// its control sets, so that the other choices keep their numbers.
///
/// @param rows      in the order to be shown
/// @param right     how many of them are answered right
/// @param confusion [right class][predicted class], whatever label, prediction and outcome are filtered by
/// @param changes   rows that were gained, lost, ..., whatever change is filtered by; empty when nothing is compared
record Filtered(int[] rows, int right, int[][] confusion, Map<Change, Integer> changes) {
    static final Filtered NOTHING = new Filtered(new int[0], 0, new int[0][0], Map.of());

    /// @param order rows in the order to be shown; null for that of the file
    /// @param found rows that hold the filter's words; null for all
    static Filtered of(Predictions all, Filter filter, int @Nullable [] order, @Nullable BitSet found) {
        int size = order == null ? all.size() : order.length;
        int[] rows = new int[size];
        int count = 0;
        int right = 0;
        int[][] confusion = new int[all.labels().size()][all.labels().size()];
        int[] changes = new int[Change.values().length];
        int language = filter.language() == null ? Filter.ANY : all.languages().indexOf(filter.language());
        Answers answers = all.answers();
        for (int i = 0; i < size; i++) {
            int row = order == null ? i : order[i];
            if (found != null && !found.get(row)) {
                continue;
            }
            float sure = answers.confidence(row);
            if (sure < filter.low()
                    || sure > filter.high()
                    || (filter.language() != null && all.languageIndex(row) != language)) {
                continue;
            }
            int label = all.label(row);
            int predicted = answers.predicted(row);
            boolean answeredRight = label == predicted;
            Change change = all.change(row);
            boolean changed = filter.change() == null || filter.change() == change;
            if (changed) {
                confusion[label][predicted]++;
            }
            if ((filter.label() != Filter.ANY && filter.label() != label)
                    || (filter.predicted() != Filter.ANY && filter.predicted() != predicted)
                    || (filter.right() != null && filter.right() != answeredRight)) {
                continue;
            }
            if (change != null) {
                changes[change.ordinal()]++;
            }
            if (changed) {
                rows[count++] = row;
                right += answeredRight ? 1 : 0;
            }
        }
        return new Filtered(Arrays.copyOf(rows, count), right, confusion, byName(all, changes));
    }

    private static Map<Change, Integer> byName(Predictions all, int[] changes) {
        Map<Change, Integer> counts = new EnumMap<>(Change.class);
        if (all.before() != null) {
            for (Change change : Change.values()) {
                counts.put(change, changes[change.ordinal()]);
            }
        }
        return counts;
    }

    /// Rows of each right class, whatever label, prediction and outcome are filtered by.
    int[] balance() {
        return Arrays.stream(confusion)
                .mapToInt(line -> Arrays.stream(line).sum())
                .toArray();
    }
}
