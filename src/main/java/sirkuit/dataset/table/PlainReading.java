package sirkuit.dataset.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/// Reads a separated file without quoting: every line is a row.
final class PlainReading {
    private static final int MOST_LABELS = 1000;
    private static final int MOST_COLUMNS = 20_000;
    private static final int LONGEST_LABEL = 100;

    /// A line with another number of fields than the first.
    record Misfit(long line, int fields) {}

    private final boolean header;
    private final ToIntFunction<List<String>> labelColumn;
    private final List<String> top = new ArrayList<>();
    private final Map<String, Integer> labels = new HashMap<>();
    private final StringBuilder value = new StringBuilder();

    // the current line
    private int fields;
    private boolean anything;
    private boolean wrapped;
    private String label = "";
    private char first;
    private char last;
    private int length;
    private boolean comma;

    // the file so far
    private int column = -1;
    private int width;
    private long rows;
    private long wrappedRows;
    private boolean wrappedHeader;
    private long wrappedCommas;
    private long otherCommas;
    private long misfits;
    private Misfit misfit = new Misfit(0, 0);

    /// @param labelColumn index of the label's column by the names of the columns; -1 when there is none
    PlainReading(boolean header, ToIntFunction<List<String>> labelColumn) {
        this.header = header;
        this.labelColumn = labelColumn;
    }

    /// @param ends whether the character ends a line, which [#endOfLine] follows
    void add(char c, boolean ends, boolean separates) {
        anything |= !ends;
        if (ends || separates) {
            endField();
            fields += separates ? 1 : 0;
            return;
        }
        first = length == 0 ? c : first;
        last = c;
        comma |= c == ',';
        length++;
        if (value.length() <= LONGEST_LABEL && (width == 0 || fields == column)) {
            value.append(c);
        }
    }

    /// Of a field, or of the file.
    void endField() {
        boolean inMarks = length > 1 && first == '"' && last == '"';
        wrapped |= inMarks;
        wrappedCommas += inMarks && comma ? 1 : 0;
        otherCommas += !inMarks && comma ? 1 : 0;
        if (width == 0 && top.size() < MOST_COLUMNS) {
            top.add(value.toString());
        }
        if (width > 0 && fields == column) {
            label = value.toString();
        }
        if (width == 0 || fields == column) {
            value.setLength(0);
        }
        length = 0;
        comma = false;
    }

    /// What is known about a line.
    ///
    /// @param row   whether it is a row: not empty and not the header
    /// @param fits  whether it has as many fields as the first
    /// @param label in lower case; empty if no field could be one
    record Line(boolean empty, boolean row, boolean fits, String label) {}

    Line endOfLine(long number) {
        if (!anything) {
            return new Line(true, false, false, "");
        }
        boolean heads = width == 0;
        if (heads) {
            width = fields + 1;
            column = labelColumn.applyAsInt(
                    top.stream().map(PlainReading::unwrapped).toList());
            label = column >= 0 && column < top.size() ? top.get(column) : "";
            wrappedHeader = header && wrapped;
        }
        boolean fits = fields + 1 == width;
        if (!fits) {
            misfit = misfits++ == 0 ? new Misfit(number, fields + 1) : misfit;
        }
        boolean row = !heads || !header;
        String said = fits && row ? key(label) : "";
        if (row) {
            rows++;
            wrappedRows += wrapped ? 1 : 0;
            count(labels, said);
        }
        fields = 0;
        anything = false;
        wrapped = false;
        label = "";
        return new Line(false, row, fits && row, said);
    }

    static void count(Map<String, Integer> labels, String said) {
        if (!said.isEmpty() && (labels.size() < MOST_LABELS || labels.containsKey(said))) {
            labels.merge(said, 1, Integer::sum);
        }
    }

    private static String key(String label) {
        return label.length() > LONGEST_LABEL ? "" : Values.key(label);
    }

    private static String unwrapped(String name) {
        return name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name;
    }

    boolean inLine() {
        return anything;
    }

    boolean knowsLabels() {
        return column >= 0;
    }

    /// Whether more than one row has that label.
    boolean repeats(String label) {
        return labels.getOrDefault(label, 0) > 1;
    }

    /// Columns of the first line.
    int width() {
        return width;
    }

    long rows() {
        return rows;
    }

    /// Rows with a field that is wholly in quotation marks.
    long wrappedRows() {
        return wrappedRows;
    }

    boolean wrappedHeader() {
        return wrappedHeader;
    }

    /// Whether all fields with a comma are in quotation marks, as spreadsheets write TSV.
    boolean commasWrapped() {
        return wrappedCommas > 0 && otherCommas == 0;
    }

    /// Lines with another number of fields than the first.
    long misfits() {
        return misfits;
    }

    /// The first of them.
    Misfit misfit() {
        return misfit;
    }
}
