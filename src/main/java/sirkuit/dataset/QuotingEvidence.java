package sirkuit.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Reads a separated file both ways at once, character by character: with standard quoting and with none. Keeps what
/// tells the two apart, in memory that does not grow with the file.
final class QuotingEvidence {
    private static final int MOST_LABELS = 1000;
    private static final int MOST_WAITING = 2000;
    private static final int MOST_COLUMNS = 20_000;
    private static final int LONGEST_LABEL = 100;
    private static final int FEW = 10;

    private enum At {
        FIELD_START,
        PLAIN,
        QUOTED,
        QUOTE_IN_QUOTED
    }

    /// Lines that standard quoting makes one row of.
    ///
    /// @param complete lines of the header's width with a label that other lines have too
    /// @param whole    lines of the header's width
    record Region(long from, long to, int lines, int whole, int complete) {
        /// Every line is a row by itself.
        boolean looksPlain() {
            return complete == lines;
        }

        /// The lines are no rows, but perhaps the one that the text's own label stands in.
        boolean looksQuoted() {
            return lines > 1 && complete <= 1;
        }
    }

    /// A line that is not as wide as the header.
    record Misfit(long line, int fields) {}

    private static final class Open {
        final long from;
        final Map<String, Integer> labels = new HashMap<>();
        int lines;
        int whole;
        long to;
        boolean several;
        boolean broken;
        boolean quoted;

        Open(long from) {
            this.from = from;
        }
    }

    private final char separator;
    private final boolean header;
    private final ToIntFunction<List<String>> labelColumn;

    // Both readings
    private long line = 1;
    private int last = -1;
    private int column = -1;

    // Without quoting
    private int width;
    private int fields;
    private boolean anything;
    private char fieldFirst;
    private char fieldLast;
    private int fieldLength;
    private boolean fieldComma;
    private boolean wrapped;
    private final StringBuilder value = new StringBuilder();
    private String label = "";
    private final List<String> first = new ArrayList<>();
    private final Map<String, Integer> labels = new HashMap<>();

    // With quoting
    private At at = At.FIELD_START;
    private int quotedWidth;
    private int quotedFields;
    private long openedAt;
    private Open record = new Open(1);
    private final Set<String> sure = new HashSet<>();
    private final List<Open> waiting = new ArrayList<>();

    private final BackslashReading escaped = new BackslashReading();

    // What was seen
    private long quotedRows;
    private long rowsWithQuotes;
    private long sureRows;
    private long rows;
    private long wrappedRows;
    private long wrappedCommas;
    private long plainCommas;
    private long doubled;
    private long doubledHere;
    private boolean quotes;
    private boolean quotedHeader;
    private long misfits;
    private Misfit misfit = new Misfit(0, 0);
    private long quotedMisfits;
    private Misfit quotedMisfit = new Misfit(0, 0);
    private long malformed;
    private long malformedAt;
    private long backslash;
    private long backslashAt;
    private long plainBackslashAt;
    private long bareMarks;
    private @Nullable Region unclosed;
    private @Nullable Region plainRegion;
    private @Nullable Region doubtfulRegion;
    private @Nullable Region wholeRegion;
    private long quotedRegions;

    /// @param labelColumn index of the label's column by the names of the columns; -1 when there is none
    QuotingEvidence(char separator, boolean header, ToIntFunction<List<String>> labelColumn) {
        this.separator = separator;
        this.header = header;
        this.labelColumn = labelColumn;
    }

    void add(char c) {
        if (c == '\n' && last == '\r') {
            last = c; // the second half of one line end
            return;
        }
        boolean ends = c == '\n' || c == '\r';
        boolean separates = c == separator;
        quoted(c, ends || separates);
        if (separates && at == At.FIELD_START) {
            quotedFields++;
        }
        plain(c, ends, separates);
        escaped.add(c, ends, separates);
        if (ends) {
            endOfLine();
        }
        last = c;
    }

    private void quoted(char c, boolean ends) {
        switch (at) {
            case FIELD_START -> {
                if (c == '"') {
                    quotes = true;
                    openedAt = line;
                    doubledHere = 0;
                    record.quoted = true;
                    at = At.QUOTED;
                } else {
                    at = ends ? At.FIELD_START : At.PLAIN;
                }
            }
            case PLAIN -> {
                at = ends ? At.FIELD_START : At.PLAIN;
                if (c == '"' && last == '\\') {
                    plainBackslashAt = plainBackslashAt == 0 ? line : plainBackslashAt;
                } else if (c == '"') {
                    bareMarks++;
                }
            }
            case QUOTED -> {
                if (c == '"') {
                    at = At.QUOTE_IN_QUOTED;
                    backslash = last == '\\' ? line : 0; // one that closes the field may follow a backslash
                }
            }
            case QUOTE_IN_QUOTED -> {
                if (ends) {
                    at = At.FIELD_START;
                    doubled += openedAt == line ? doubledHere : 0;
                    return;
                }
                backslashAt = backslashAt == 0 ? backslash : backslashAt;
                if (c == '"') {
                    doubledHere++;
                    at = At.QUOTED;
                } else {
                    malformed++;
                    malformedAt = malformedAt == 0 ? line : malformedAt;
                    record.broken = true;
                    at = At.PLAIN;
                }
            }
        }
    }

    private void plain(char c, boolean ends, boolean separates) {
        if (ends || separates) {
            endField();
            if (separates) {
                anything = true;
                fields++;
            }
            return;
        }
        anything = true;
        fieldFirst = fieldLength == 0 ? c : fieldFirst;
        fieldLast = c;
        fieldComma |= c == ',';
        fieldLength++;
        if (value.length() <= LONGEST_LABEL && (width == 0 || fields == column)) {
            value.append(c);
        }
    }

    private void endField() {
        if (fieldLength > 1 && fieldFirst == '"' && fieldLast == '"') {
            wrapped = true;
            wrappedCommas += fieldComma ? 1 : 0;
        } else {
            plainCommas += fieldComma ? 1 : 0;
        }
        if (width == 0) {
            if (first.size() < MOST_COLUMNS) {
                first.add(value.toString());
            }
            value.setLength(0);
        } else if (fields == column) {
            label = value.toString();
            value.setLength(0);
        }
        fieldLength = 0;
        fieldComma = false;
    }

    private void endOfLine() {
        boolean open = at == At.QUOTED;
        if (anything) {
            line(fields + 1, open);
        }
        record.several |= open;
        record.to = line;
        line++;
        fields = 0;
        anything = false;
        wrapped = false;
        label = "";
        if (!open) {
            endRecord();
        }
    }

    private void line(int found, boolean open) {
        boolean top = width == 0;
        if (top) {
            width = found;
            column = labelColumn.applyAsInt(
                    first.stream().map(QuotingEvidence::unwrapped).toList());
            label = column >= 0 && column < first.size() ? first.get(column) : "";
            quotedHeader = header && wrapped && !open;
        }
        boolean fits = found == width;
        if (!fits) {
            misfit = misfits++ == 0 ? new Misfit(line, found) : misfit;
        }
        record.lines++;
        if (top && header) {
            return;
        }
        rows++;
        wrappedRows += wrapped ? 1 : 0;
        if (fits) {
            record.whole++;
            String said = key(label);
            count(labels, said);
            count(record.labels, said);
        }
    }

    private static void count(Map<String, Integer> labels, String said) {
        if (!said.isEmpty() && (labels.size() < MOST_LABELS || labels.containsKey(said))) {
            labels.merge(said, 1, Integer::sum);
        }
    }

    private void endRecord() {
        if (record.lines > 0) {
            quotedRows++;
            rowsWithQuotes += record.quoted ? 1 : 0;
            int found = quotedFields + 1;
            quotedWidth = quotedWidth == 0 ? found : quotedWidth;
            if (found != quotedWidth) {
                quotedMisfit = quotedMisfits++ == 0 ? new Misfit(record.from, found) : quotedMisfit;
            }
            if (record.several) {
                waiting.add(record);
                if (waiting.size() == MOST_WAITING) {
                    settle();
                }
            } else if (!record.broken) {
                sureRows++;
                if (sure.size() < MOST_LABELS) {
                    sure.addAll(record.labels.keySet());
                }
            }
        }
        quotedFields = 0;
        record = new Open(line);
    }

    /// Must be called once after the last character.
    void end() {
        boolean open = at == At.QUOTED;
        if (anything) {
            endField();
            line(fields + 1, open);
        }
        record.to = line;
        if (open) {
            settle();
            unclosed = region(record);
        } else {
            endRecord();
            settle();
        }
        escaped.end();
    }

    private void settle() {
        for (Open several : waiting) {
            Region region = region(several);
            if (region.looksPlain()) {
                plainRegion = plainRegion == null ? region : plainRegion;
            } else if (region.looksQuoted()) {
                quotedRegions++;
                wholeRegion = wholeRegion == null && region.whole() == region.lines() ? region : wholeRegion;
            } else {
                doubtfulRegion = doubtfulRegion == null ? region : doubtfulRegion;
            }
        }
        waiting.clear();
    }

    private Region region(Open several) {
        int complete = several.labels.entrySet().stream()
                .filter(e -> sure.contains(e.getKey()) || labels.getOrDefault(e.getKey(), 0) > 1)
                .mapToInt(Map.Entry::getValue)
                .sum();
        return new Region(several.from, several.to, several.lines, several.whole, complete);
    }

    private static String key(String label) {
        return label.length() > LONGEST_LABEL ? "" : Values.plain(label).toLowerCase(Locale.ROOT);
    }

    static String unwrapped(String name) {
        return name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name;
    }

    /// Whether any field begins with a quotation mark: without, both readings are one.
    boolean quotes() {
        return quotes;
    }

    boolean knowsLabels() {
        return column >= 0;
    }

    boolean header() {
        return header;
    }

    /// Columns of the first line.
    int width() {
        return width;
    }

    /// Half of the rows are quoted, or the header is: whoever wrote the file quoted texts.
    boolean quotedThroughout() {
        return quotedHeader || (rows > 0 && 2 * wrappedRows >= rows);
    }

    /// Lines with a field that stands wholly in quotation marks.
    long wrappedRows() {
        return wrappedRows;
    }

    /// Whether all fields with a comma stand in quotation marks: spreadsheets write TSV so.
    boolean commasQuoted() {
        return wrappedCommas > 0 && plainCommas == 0;
    }

    /// Quotation marks written twice inside a quoted field of one line.
    long doubled() {
        return doubled;
    }

    /// Lines that are not as wide as the header where quotation marks mean nothing.
    long misfits() {
        return misfits;
    }

    /// The first of them.
    Misfit misfit() {
        return misfit;
    }

    /// Rows that are not as wide as the header where quotation marks quote.
    long quotedMisfits() {
        return quotedMisfits;
    }

    /// The first of them.
    Misfit quotedMisfit() {
        return quotedMisfit;
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

    /// What the last quotation mark swallows, when it opens a field and is never closed.
    @Nullable
    Region unclosed() {
        return unclosed;
    }

    /// Line of the quotation mark that was opened last.
    long openedAt() {
        return openedAt;
    }

    /// The first closed row of several lines of which each looks like a row.
    @Nullable
    Region plainRegion() {
        return plainRegion;
    }

    /// The first of which some lines do.
    @Nullable
    Region doubtfulRegion() {
        return doubtfulRegion;
    }

    /// Number of closed rows of several lines that look like texts of several lines.
    long quotedRegions() {
        return quotedRegions;
    }

    /// The first of these whose lines are all as wide as the header, where so few other rows are known that
    /// their labels say little.
    @Nullable
    Region thinRegion() {
        return sureRows < FEW ? wholeRegion : null;
    }

    /// Whether every row has a quoted field, or the header has.
    boolean allQuoted() {
        return quotedHeader || rowsWithQuotes == quotedRows - (header ? 1 : 0);
    }

    /// Whether most rows have a quoted field where quotation marks quote.
    boolean mostlyQuoted() {
        return 2 * rowsWithQuotes > quotedRows - (header ? 1 : 0);
    }

    /// Whether there are so few rows that their labels say little.
    boolean small() {
        return rows < FEW;
    }

    /// Whether no row is wrong when a backslash protects a quotation mark in a quoted field.
    boolean escapesFit() {
        return escaped.fits();
    }

    /// Whether that makes other rows.
    boolean escapesMatter() {
        return escaped.rows() != quotedRows;
    }

    /// Line of the first quotation mark in a field without quoting that has a backslash before it; 0 for none, and
    /// where others have none.
    long plainBackslashAt() {
        return bareMarks == 0 ? plainBackslashAt : 0;
    }
}
