package sirkuit.dataset.table;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import sirkuit.Problem;

/// What a quotation mark at the beginning of a field means in CSV and TSV.
public enum Quoting {
    /// Decided from the whole file.
    AUTO,
    /// An ordinary character: every line is a row.
    NONE,
    /// It begins a quoted text, which may contain separators, line ends and doubled quotation marks (RFC 4180).
    STANDARD;

    /// @throws Problem when there is no such quoting
    public static Quoting named(String name) {
        return Arrays.stream(values())
                .filter(q -> q.id().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> Problem.of("dataset.unknown-quoting", name, names()));
    }

    /// Its name on the command line and in files.
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static String names() {
        return Arrays.stream(values()).map(Quoting::id).collect(Collectors.joining("|"));
    }
}
