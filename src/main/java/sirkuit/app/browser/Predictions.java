package sirkuit.app.browser;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sirkuit.protocol.Event;

/// The rows of a data file with a checkpoint's predictions, and in a comparison the predictions of the checkpoint
/// before it. The rows come from the engine in parts and are stored compactly.
final class Predictions {
    private final List<String> labels;
    private final int of;
    private final TextBlocks texts = new TextBlocks();
    private final TextBlocks pairs = new TextBlocks();
    private final List<String> languages = new ArrayList<>();
    private final Answers answers;
    private @Nullable Answers before;
    private short[] label;
    private short[] language;

    /// @param labels class names
    /// @param of     rows that will come
    Predictions(List<String> labels, int of) {
        this.labels = List.copyOf(labels);
        this.of = of;
        answers = new Answers(labels.size());
        label = new short[of];
        language = new short[of];
    }

    /// Adds the next rows. Rows that do not continue the present ones are ignored.
    void add(Event.Predicted part) {
        if (part.from() != size() || size() + part.rows().size() > of) {
            return;
        }
        int at = size();
        for (Event.Predicted.Row row : part.rows()) {
            label[at] = (short) row.label();
            language[at] = (short) language(row.language());
            answers.add(row);
            at++;
        }
        texts.add(part.rows().stream().map(Event.Predicted.Row::text).toList());
        pairs.add(part.rows().stream()
                .map(Event.Predicted.Row::pair)
                .filter(Objects::nonNull)
                .toList());
    }

    /// Adds the earlier checkpoint's predictions for the next rows.
    ///
    /// @return whether they are the same rows; nothing is taken in otherwise
    boolean addBefore(Event.Predicted part) {
        Answers into = before == null ? new Answers(labels.size()) : before;
        int at = into.size();
        if (part.from() != at
                || !part.labels().equals(labels)
                || at + part.rows().size() > size()) {
            return false;
        }
        for (Event.Predicted.Row row : part.rows()) {
            if (label[at] != row.label() || !texts.get(at).equals(row.text())) {
                return false;
            }
            at++;
        }
        part.rows().forEach(into::add);
        before = into;
        return true;
    }

    private int language(@Nullable String name) {
        if (name == null) {
            return -1;
        }
        int index = languages.indexOf(name);
        // With more values than these, the column is not a language.
        if (index < 0 && languages.size() < Byte.MAX_VALUE) {
            languages.add(name);
            return languages.size() - 1;
        }
        return index;
    }

    /// Rows so far.
    int size() {
        return answers.size();
    }

    /// Rows when it is complete.
    int of() {
        return of;
    }

    List<String> labels() {
        return labels;
    }

    /// In order of first appearance.
    List<String> languages() {
        return languages;
    }

    Answers answers() {
        return answers;
    }

    /// Null unless two checkpoints are compared.
    @Nullable
    Answers before() {
        return before;
    }

    String text(int row) {
        return texts.get(row);
    }

    /// Null where texts stand alone.
    @Nullable
    String pair(int row) {
        return pairs.size() == 0 ? null : pairs.get(row);
    }

    /// Index of the right class.
    int label(int row) {
        return label[row];
    }

    /// Null when the file has none.
    @Nullable
    String language(int row) {
        return language[row] < 0 ? null : languages.get(language[row]);
    }

    /// Index into [#languages()]; -1 for none.
    int languageIndex(int row) {
        return language[row];
    }

    boolean right(int row) {
        return answers.predicted(row) == label[row];
    }

    /// How the answer changed; null while that is not known.
    @Nullable
    Change change(int row) {
        return before == null || row >= before.size()
                ? null
                : Change.of(before.predicted(row) == label[row], right(row));
    }

    /// Rows whose text or second text contains some words, in upper or lower case.
    BitSet find(String words) {
        BitSet found = new BitSet(size());
        texts.find(words, found);
        pairs.find(words, found);
        return found;
    }

    /// A whole row, as the engine sent it.
    Event.Predicted.Row row(int row) {
        return row(row, answers);
    }

    /// The same row with the earlier checkpoint's prediction; null while that is not known.
    Event.Predicted.@Nullable Row rowBefore(int row) {
        return before == null || row >= before.size() ? null : row(row, before);
    }

    private Event.Predicted.Row row(int row, Answers from) {
        return new Event.Predicted.Row(
                text(row), pair(row), label[row], language(row), from.predicted(row), from.probabilities(row));
    }

    /// Rows by confidence, the least sure first; equal ones in the order of the file.
    int[] byConfidence() {
        long[] keys = new long[size()];
        for (int i = 0; i < keys.length; i++) {
            // Bits of positive floats sort as their values do.
            keys[i] = ((long) Float.floatToIntBits(answers.confidence(i)) << 32) | i;
        }
        Arrays.sort(keys);
        int[] rows = new int[keys.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (int) keys[i];
        }
        return rows;
    }
}
