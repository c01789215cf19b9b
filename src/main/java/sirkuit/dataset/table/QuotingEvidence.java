package sirkuit.dataset.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Reads a separated file every way at once, character by character: with standard quoting, with none, and with
/// backslashes. Keeps what tells them apart, in memory that does not grow with the file.
final class QuotingEvidence {
    private static final int MOST_LABELS = 1000;
    private static final int MOST_WAITING = 2000;
    private static final int FEW = 10;

    /// Lines that standard quoting makes one row of.
    ///
    /// @param whole    lines of the header's width
    /// @param complete those with a label that other lines have too
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

    /// The row at hand, as standard quoting has it.
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

    /// Half of the rows are quoted, or the header is: whoever wrote the file quoted texts.
    boolean quotedThroughout() {
        return plain.wrappedHeader() || (plain.rows() > 0 && 2 * plain.wrappedRows() >= plain.rows());
    }

    /// Whether every row has a quoted field, or the header has.
    boolean allQuoted() {
        return plain.wrappedHeader() || standard.quotedRows() == standard.rows() - (header ? 1 : 0);
    }

    /// Whether most rows have a quoted field where quotation marks quote.
    boolean mostlyQuoted() {
        return 2 * standard.quotedRows() > standard.rows() - (header ? 1 : 0);
    }

    /// Whether there are so few rows that their labels say little.
    boolean small() {
        return plain.rows() < FEW;
    }

    /// What the last quotation mark swallows, when it opens a field and is never closed.
    @Nullable
    Region unclosed() {
        return unclosed;
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

    /// The first of these whose lines are all as wide as the header, where so few other rows are known that their
    /// labels say little.
    @Nullable
    Region thinRegion() {
        return sureRows < FEW ? wholeRegion : null;
    }

    /// Whether no row is wrong when a backslash protects a quotation mark in a quoted field.
    boolean escapesFit() {
        return escaped.fits();
    }

    /// Line of the first quotation mark with a backslash before it, read so; 0 for none.
    long escapedAt() {
        return escaped.escapedAt();
    }

    /// Whether that makes other rows.
    boolean escapesMatter() {
        return escaped.rows() != standard.rows();
    }
}
