package sirkuit.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.dataset.table.Values;

/// The rows of a file whose text or label is missing, collected so that they are reported all at once.
final class Gaps {
    private static final int SHOWN = 3;

    private final Path file;
    private final Kind texts;
    private final Kind pairs;
    private final Kind labels;

    /// @param place what the number of a row is called
    Gaps(Path file, String place) {
        this.file = file;
        texts = new Kind("text", place);
        pairs = new Kind("second text", place);
        labels = new Kind("label", place);
    }

    /// @param pair anything that is not blank where texts stand alone
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
        String words = some.stream().map(Kind::words).collect(Collectors.joining(" and "));
        if (labels.count == 0) {
            throw Problem.of("dataset.texts-missing", file, words);
        }
        throw Problem.of(
                texts.count + pairs.count == 0 ? "dataset.labels-missing" : "dataset.texts-and-labels-missing",
                file,
                words);
    }

    private static final class Kind {
        private final String name;
        private final String place;
        private final List<String> first = new ArrayList<>();
        private long count;

        Kind(String name, String place) {
            this.name = name;
            this.place = place;
        }

        boolean found(long line, @Nullable String value) {
            boolean missing = value == null || Values.isBlank(value);
            if (missing && count++ < SHOWN) {
                first.add(Long.toString(line));
            }
            return missing;
        }

        String words() {
            return String.format(
                    Locale.ROOT,
                    "%,d %s no %s (%s %s%s)",
                    count,
                    count == 1 ? "row has" : "rows have",
                    name,
                    count == 1 ? place : place + "s",
                    String.join(", ", first),
                    count > SHOWN ? ", ..." : "");
        }
    }
}
