package sirkuit.dataset.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Reads a separated file in all ways at once, character by character: with standard quoting, without quoting, and with
/// backslashes. It keeps the differences, in memory that does not grow with the file.
final class QuotingEvidence {
    private static final int MOST_LABELS = 1000;
    private static final int MOST_WAITING = 2000;
    private static final int FEW = 10;

    /// Lines that standard quoting combines into one row.
    ///
    /// @param whole    lines with as many fields as the header
    /// @param complete those whose label other lines have too
    record Region(long from, long to, int lines, int whole, int complete) {
        /// Whether every line looks like a row.
        boolean looksPlain() {
            return complete == lines;
        }

        /// Whether the lines do not look like rows, except perhaps the one with the text's own label.
        boolean looksQuoted() {
            return lines > 1 && complete <= 1;
        }
    }

    /// The current row, with standard quoting.
    private static final class Open {
        final long from;
        final Map<String, Integer> labels = new HashMap<>();
        int lines;
        int whole;
        long to;
        boolean several;

        Open(long from) {
            this.from = from;
        }
    }

    private final char separator;
    private final boolean header;
    private final PlainReading plain;
    private final StandardReading standard = new StandardReading();
    private final BackslashReading escaped = new BackslashReading();
    private final Set<String> sure = new HashSet<>();
    private final List<Open> waiting = new ArrayList<>();
    private long line = 1;
    private int last = -1;
    private Open row = new Open(1);
    private long sureRows;
    private @Nullable Region unclosed;
    private @Nullable Region plainRegion;
    private @Nullable Region doubtfulRegion;
    private @Nullable Region wholeRegion;
    private long quotedRegions;

    /// @param labelColumn index of the label's column by the names of the columns; -1 when there is none
    QuotingEvidence(char separator, boolean header, ToIntFunction<List<String>> labelColumn) {
        this.separator = separator;
        this.header = header;
        plain = new PlainReading(header, labelColumn);
    }

    void add(char c) {
        if (c == '\n' && last == '\r') {
            last = c; // the second half of one line end
            return;
        }
        boolean ends = c == '\n' || c == '\r';
        boolean separates = c == separator;
        standard.add(c, ends, separates, line);
        plain.add(c, ends, separates);
        escaped.add(c, ends, separates, line);
        if (ends) {
            endOfLine();
        }
        last = c;
    }

    private void endOfLine() {
        take(plain.endOfLine(line));
        row.to = line;
        line++;
        if (standard.open()) {
            row.several = true;
        } else {
            endOfRow();
        }
    }

    private void take(PlainReading.Line found) {
        row.lines += found.empty() ? 0 : 1;
        row.whole += found.fits() ? 1 : 0;
        PlainReading.count(row.labels, found.label());
    }

    private void endOfRow() {
        if (row.lines == 0) {
            standard.nextRow();
        } else if (row.several) {
            standard.endOfRow(row.from);
            waiting.add(row);
            if (waiting.size() == MOST_WAITING) {
                settle();
            }
        } else if (standard.endOfRow(row.from)) {
            sureRows++;
            if (sure.size() < MOST_LABELS) {
                sure.addAll(row.labels.keySet());
            }
        }
        row = new Open(line);
    }

    /// Must be called once after the last character.
    void end() {
        if (plain.inLine()) {
            plain.endField();
            take(plain.endOfLine(line));
        }
        row.to = line;
        if (standard.open()) {
            settle();
            unclosed = region(row);
        } else {
            endOfRow();
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
                .filter(e -> sure.contains(e.getKey()) || plain.repeats(e.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
        return new Region(several.from, several.to, several.lines, several.whole, complete);
    }

    boolean header() {
        return header;
    }

    /// The file without quoting.
    PlainReading plain() {
        return plain;
    }

    /// The file with standard quoting.
    StandardReading standard() {
        return standard;
    }

    /// Whether half of the rows or the header are quoted, so that the writer quoted texts.
    boolean quotedThroughout() {
        return plain.wrappedHeader() || (plain.rows() > 0 && 2 * plain.wrappedRows() >= plain.rows());
    }

    /// Whether every row has a quoted field, or the header has.
    boolean allQuoted() {
        return plain.wrappedHeader() || standard.quotedRows() == standard.rows() - (header ? 1 : 0);
    }

    /// Whether most rows have a quoted field, with standard quoting.
    boolean mostlyQuoted() {
        return 2 * standard.quotedRows() > standard.rows() - (header ? 1 : 0);
    }

    /// Whether there are so few rows that their labels say little.
    boolean small() {
        return plain.rows() < FEW;
    }

    /// The lines after the last quotation mark, if it begins a field and is never closed.
    @Nullable
    Region unclosed() {
        return unclosed;
    }

    /// The first closed row of several lines that all look like rows.
    @Nullable
    Region plainRegion() {
        return plainRegion;
    }

    /// The first one in which some lines look like rows.
    @Nullable
    Region doubtfulRegion() {
        return doubtfulRegion;
    }

    /// Number of closed rows of several lines that look like texts of several lines.
    long quotedRegions() {
        return quotedRegions;
    }

    /// The first of these whose lines all have as many fields as the header, if there are so few other rows that
    /// their labels say little.
    @Nullable
    Region thinRegion() {
        return sureRows < FEW ? wholeRegion : null;
    }

    /// Whether all rows are right if a backslash protects a quotation mark in a quoted field.
    boolean escapesFit() {
        return escaped.fits();
    }

    /// Line of the first quotation mark with a backslash before it in that reading; 0 for none.
    long escapedAt() {
        return escaped.escapedAt();
    }

    /// Whether that reading gives other rows.
    boolean escapesMatter() {
        return escaped.rows() != standard.rows();
    }
}
