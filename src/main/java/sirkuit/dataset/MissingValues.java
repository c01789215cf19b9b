package sirkuit.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.dataset.table.Values;

/// Collects the rows of a file whose text or label is missing, so that they are reported all at once.
final class MissingValues {
    private static final int SHOWN = 3;

    private final Path file;
    private final Kind texts;
    private final Kind pairs;
    private final Kind labels;

    /// @param rows whether the file is counted in rows rather than lines
    MissingValues(Path file, boolean rows) {
        this.file = file;
        texts = new Kind(Message.of("dataset.text"), rows);
        pairs = new Kind(Message.of("dataset.second-text"), rows);
        labels = new Kind(Message.of("dataset.label"), rows);
    }

    /// @param pair anything not blank for single texts
    /// @return whether nothing is missing
    boolean whole(long line, @Nullable String text, @Nullable String pair, @Nullable String label) {
        boolean noText = texts.found(line, text);
        boolean noPair = !noText && pairs.found(line, pair);
        boolean noLabel = labels.found(line, label);
        return !noText && !noPair && !noLabel;
    }

    /// @throws Problem when something is missing
    void requireNone() {
        List<Kind> some =
                Stream.of(texts, pairs, labels).filter(k -> k.count > 0).toList();
        if (some.isEmpty()) {
            return;
        }
        Message words =
                Message.joined("ground.and", some.stream().map(Kind::words).toList());
        if (labels.count == 0) {
            throw Problem.of("dataset.texts-missing", file, words);
        }
        throw Problem.of(
                texts.count + pairs.count == 0 ? "dataset.labels-missing" : "dataset.texts-and-labels-missing",
                file,
                words);
    }

    private static final class Kind {
        private final Message name;
        private final boolean rows;
        private final List<String> first = new ArrayList<>();
        private long count;

        Kind(Message name, boolean rows) {
            this.name = name;
            this.rows = rows;
        }

        boolean found(long line, @Nullable String value) {
            boolean missing = value == null || Values.isBlank(value);
            if (missing && count++ < SHOWN) {
                first.add(Long.toString(line));
            }
            return missing;
        }

        Message words() {
            String places = String.join(", ", first) + (count > SHOWN ? ", ..." : "");
            if (count == 1) {
                return Message.of(rows ? "dataset.row-without" : "dataset.line-without", count, name, places);
            }
            return Message.of(rows ? "dataset.rows-without" : "dataset.lines-without", count, name, places);
        }
    }
}
