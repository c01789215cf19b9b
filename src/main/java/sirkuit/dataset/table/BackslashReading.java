package sirkuit.dataset.table;

/// Reads a separated file as if a backslash made the quotation mark after it part of the text, because some programs
/// write files that way. Such files are not used, only recognised: standard quoting could read other rows from them
/// without any error.
final class BackslashReading {
    private enum At {
        FIELD_START,
        PLAIN,
        QUOTED,
        ESCAPED,
        QUOTE_IN_QUOTED
    }

    private At at = At.FIELD_START;
    private int fields = 1;
    private int width;
    private boolean anything;
    private long escapedAt;
    private boolean sound = true;
    private long rows;

    /// @param ends whether the character ends a line
    /// @param line its number
    void add(char c, boolean ends, boolean separates, long line) {
        boolean over = ends || separates;
        anything |= !ends;
        at = switch (at) {
            case FIELD_START -> c == '"' ? At.QUOTED : over ? At.FIELD_START : At.PLAIN;
            case PLAIN -> over ? At.FIELD_START : At.PLAIN;
            case QUOTED -> c == '\\' ? At.ESCAPED : c == '"' ? At.QUOTE_IN_QUOTED : At.QUOTED;
            case ESCAPED -> {
                escapedAt = escapedAt == 0 && c == '"' ? line : escapedAt;
                yield At.QUOTED;
            }
            case QUOTE_IN_QUOTED -> {
                sound &= over || c == '"';
                yield over ? At.FIELD_START : c == '"' ? At.QUOTED : At.PLAIN;
            }
        };
        if (at == At.FIELD_START && separates) {
            fields++;
        }
        if (ends && at == At.FIELD_START) {
            endRow();
        }
    }

    private void endRow() {
        if (anything) {
            width = width == 0 ? fields : width;
            sound &= fields == width;
            rows++;
        }
        anything = false;
        fields = 1;
    }

    void end() {
        sound &= at != At.QUOTED && at != At.ESCAPED;
        endRow();
    }

    /// Whether there is a quotation mark with a backslash before it, and every row is right in this reading.
    boolean fits() {
        return escapedAt > 0 && sound;
    }

    /// Line of the first quotation mark with a backslash before it; 0 for none.
    long escapedAt() {
        return escapedAt;
    }

    /// Rows with the header.
    long rows() {
        return rows;
    }
}
