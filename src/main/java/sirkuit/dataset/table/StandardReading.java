package sirkuit.dataset.table;

/// Reads a separated file with standard quoting, and records irregular quotation marks.
final class StandardReading {
    private enum At {
        FIELD_START,
        PLAIN,
        QUOTED,
        QUOTE_IN_QUOTED
    }

    private At at = At.FIELD_START;
    private char before;

    // the current row
    private int fields = 1;
    private boolean quoted;
    private boolean broken;
    private long openedAt;
    private long doubledHere;
    private long backslash;

    // the file so far
    private int width;
    private long rows;
    private long quotedRows;
    private boolean any;
    private long doubled;
    private long malformed;
    private long malformedAt;
    private long backslashAt;
    private long plainBackslashAt;
    private long plainMarks;
    private long misfits;
    private PlainReading.Misfit misfit = new PlainReading.Misfit(0, 0);

    /// @param ends whether the character ends a line
    /// @param line its number
    void add(char c, boolean ends, boolean separates, long line) {
        boolean over = ends || separates;
        at = switch (at) {
            case FIELD_START -> c == '"' ? open(line) : over ? At.FIELD_START : At.PLAIN;
            case PLAIN -> over ? At.FIELD_START : plain(c, line);
            case QUOTED -> c == '"' ? mark(line) : At.QUOTED;
            case QUOTE_IN_QUOTED -> over ? close(line) : c == '"' ? twice() : goesOn(line);
        };
        if (separates && at == At.FIELD_START) {
            fields++;
        }
        before = c;
    }

    private At open(long line) {
        any = true;
        quoted = true;
        openedAt = line;
        doubledHere = 0;
        return At.QUOTED;
    }

    private At plain(char c, long line) {
        if (c == '"' && before == '\\') {
            plainBackslashAt = plainBackslashAt == 0 ? line : plainBackslashAt;
        } else if (c == '"') {
            plainMarks++;
        }
        return At.PLAIN;
    }

    private At mark(long line) {
        backslash = before == '\\' ? line : 0; // one that closes the field may follow a backslash
        return At.QUOTE_IN_QUOTED;
    }

    private At close(long line) {
        doubled += openedAt == line ? doubledHere : 0;
        return At.FIELD_START;
    }

    private At twice() {
        backslashAt = backslashAt == 0 ? backslash : backslashAt;
        doubledHere++;
        return At.QUOTED;
    }

    private At goesOn(long line) {
        backslashAt = backslashAt == 0 ? backslash : backslashAt;
        malformed++;
        malformedAt = malformedAt == 0 ? line : malformedAt;
        broken = true;
        return At.PLAIN;
    }

    /// Whether the row continues in the next line.
    boolean open() {
        return at == At.QUOTED;
    }

    /// @param line where the row began
    /// @return whether its quotation marks are regular
    boolean endOfRow(long line) {
        rows++;
        quotedRows += quoted ? 1 : 0;
        width = width == 0 ? fields : width;
        if (fields != width) {
            misfit = misfits++ == 0 ? new PlainReading.Misfit(line, fields) : misfit;
        }
        boolean sound = !broken;
        nextRow();
        return sound;
    }

    void nextRow() {
        fields = 1;
        quoted = false;
        broken = false;
    }

    /// Whether any field begins with a quotation mark. If not, both readings are the same.
    boolean any() {
        return any;
    }

    /// Rows, the header too.
    long rows() {
        return rows;
    }

    /// Those with a quoted field.
    long quotedRows() {
        return quotedRows;
    }

    /// Quotation marks written twice inside a quoted field of one line.
    long doubled() {
        return doubled;
    }

    /// Quoted fields with something after their closing quotation mark.
    long malformed() {
        return malformed;
    }

    /// Line of the first of them; 0 for none.
    long malformedAt() {
        return malformedAt;
    }

    /// Line of the first quotation mark inside a quoted field that has a backslash before it; 0 for none.
    long backslashAt() {
        return backslashAt;
    }

    /// The same in a field without quoting; also 0 if other marks have no backslash.
    long plainBackslashAt() {
        return plainMarks == 0 ? plainBackslashAt : 0;
    }

    /// Rows with another number of fields than the first.
    long misfits() {
        return misfits;
    }

    /// The first of them.
    PlainReading.Misfit misfit() {
        return misfit;
    }

    /// Line of the quotation mark that was opened last.
    long openedAt() {
        return openedAt;
    }
}
