package sirkuit.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Tells the two kinds of tab-separated files apart.
final class TabSeparated {
    private enum At {
        FIELD_START,
        PLAIN,
        QUOTED,
        QUOTE_IN_QUOTED
    }

    private TabSeparated() {}

    /// Whether fields are quoted as in CSV: one begins with a quotation mark, and every one that does also ends with
    /// one, with those between them doubled.
    static boolean isQuoted(Path file) {
        boolean any = false;
        At at = At.FIELD_START;
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(Table.bytes(file), StandardCharsets.UTF_8))) {
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                boolean ends = c == '\t' || c == '\n' || c == '\r';
                switch (at) {
                    case FIELD_START -> {
                        any |= c == '"';
                        at = c == '"' ? At.QUOTED : ends ? At.FIELD_START : At.PLAIN;
                    }
                    case PLAIN -> at = ends ? At.FIELD_START : At.PLAIN;
                    case QUOTED -> at = c == '"' ? At.QUOTE_IN_QUOTED : At.QUOTED;
                    case QUOTE_IN_QUOTED -> {
                        if (!ends && c != '"') {
                            return false;
                        }
                        at = ends ? At.FIELD_START : At.QUOTED;
                    }
                }
            }
        } catch (IOException e) {
            throw Table.unreadable(file, "TSV", e);
        }
        return any && at != At.QUOTED;
    }
}
