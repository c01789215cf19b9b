package sirkuit.dataset.table;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import sirkuit.Message;
import sirkuit.Problem;

/// CSV (separated by commas, or by semicolons or tabs if its first row has no comma) or TSV, in UTF-8, with or without
/// a header. [QuotingChoice] decides whether it is quoted (RFC 4180: newlines inside quotes, CRLF). A byte-order mark
/// is skipped.
final class DelimitedTable implements Table {
    private static final String END = "\uFFFFend of file\uFFFF";

    /// The quote character for plain files: one that occurs in no text.
    private static final char NOTHING = '\uFFFE';

    private final Path file;
    private final TextFormat format;
    private final Separator separator;
    private final Layout layout;
    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> rows;
    private final List<String> columns;
    private final List<Message> notes = new ArrayList<>();
    private @Nullable CsvRecord first;
    private long line;
    private long read;
    private long several;
    private long lines;

    /// @param labelColumn index of the label's column by the names of the columns; -1 when there is none
    DelimitedTable(Path file, TextFormat format, Layout wanted, ToIntFunction<List<String>> labelColumn) {
        this.file = file;
        this.format = format;
        separator = format == TextFormat.TSV ? Separator.TAB : separated(wanted.quoting());
        if (format == TextFormat.CSV && separator != Separator.COMMA) {
            notes.add(Message.of(separator == Separator.TAB ? "dataset.table.tabs" : "dataset.table.semicolons", file));
        }
        layout = wanted.quoting() == Quoting.AUTO ? decided(wanted, labelColumn) : wanted;
        try {
            reader = CsvReader.builder()
                    .fieldSeparator(separator.sign())
                    .quoteCharacter(layout.quoting() == Quoting.NONE ? NOTHING : '"')
                    .skipEmptyLines(true)
                    .allowMissingFields(true)
                    .allowExtraFields(true)
                    .ofCsvRecord(text(file, END));
            rows = reader.iterator();
            CsvRecord top = record();
            if (top == null) {
                throw Problem.of("dataset.empty-table", file, format);
            }
            columns = columns(layout, top.getFields());
            first = layout.header() ? null : top;
        } catch (CsvParseException | IOException | UncheckedIOException e) {
            throw unreadable(e);
        }
    }

    private Layout decided(Layout wanted, ToIntFunction<List<String>> labelColumn) {
        QuotingChoice choice = QuotingChoice.of(file, separator, evidence(wanted, labelColumn));
        if (choice.note() != null) {
            notes.add(choice.note());
        }
        return wanted.with(choice.quoting());
    }

    private QuotingEvidence evidence(Layout wanted, ToIntFunction<List<String>> labelColumn) {
        QuotingEvidence seen = new QuotingEvidence(
                separator.sign(), wanted.header(), names -> labelColumn.applyAsInt(columns(wanted, names)));
        char[] some = new char[1 << 14];
        try (BufferedReader text = text(file, "")) {
            for (int n = text.read(some); n >= 0; n = text.read(some)) {
                for (int i = 0; i < n; i++) {
                    seen.add(some[i]);
                }
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        seen.end();
        return seen;
    }

    private Separator separated(Quoting quoting) {
        try (BufferedReader text = text(file, "")) {
            return Separator.of(text, quoting);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static List<String> columns(Layout layout, List<String> top) {
        return layout.header()
                ? top.stream().map(Values::strip).toList()
                : IntStream.rangeClosed(1, top.size())
                        .mapToObj(Integer::toString)
                        .toList();
    }

    /// Adds a final record. A quote that is never closed includes every row after it, and the parser reports
    /// nothing. Then it includes this record too, which is noticed.
    ///
    /// Bytes that are not UTF-8 are reported, not replaced.
    private static BufferedReader text(Path file, String end) throws IOException {
        InputStream in = Table.bytes(file);
        if (!end.isEmpty()) {
            in = new SequenceInputStream(in, new ByteArrayInputStream(("\n" + end).getBytes(StandardCharsets.UTF_8)));
        }
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        return reader;
    }

    /// @return null after the last
    private @Nullable CsvRecord record() {
        CsvRecord record = rows.next();
        line = record.getStartingLineNumber();
        if (!rows.hasNext()) {
            if (record.getFieldCount() != 1 || !record.getField(0).equals(END)) {
                throw QuotingChoice.wrong(file, separator, evidence(layout, names -> -1));
            }
            return null;
        }
        return record;
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public Quoting quoting() {
        return layout.quoting();
    }

    @Override
    public List<Message> notes() {
        if (several == 0) {
            return List.copyOf(notes);
        }
        List<Message> all = new ArrayList<>(notes);
        all.add(Message.of(
                several == 1 ? "dataset.table.row-of-several-lines" : "dataset.table.rows-of-several-lines",
                file,
                Message.of(read == 1 ? "ground.row" : "ground.rows", read),
                lines,
                several));
        return all;
    }

    @Override
    public @Nullable Row next() {
        try {
            CsvRecord row = first == null ? record() : first;
            first = null;
            if (row == null) {
                return null;
            }
            if (row.getFieldCount() != columns.size()) {
                throw misfit(file, separator, layout, row.getStartingLineNumber(), row.getFieldCount(), columns.size());
            }
            count(row);
            return new Row() {
                @Override
                public long line() {
                    return row.getStartingLineNumber();
                }

                @Override
                public @Nullable String get(String column) {
                    int index = columns.indexOf(column);
                    return index < 0 ? null : row.getField(index);
                }
            };
        } catch (CsvParseException | UncheckedIOException e) {
            throw unreadable(e);
        }
    }

    /// Counts the lines of a row. Empty lines count only inside a text.
    private void count(CsvRecord row) {
        long inside = layout.quoting() == Quoting.NONE
                ? 0
                : row.getFields().stream().mapToLong(DelimitedTable::lineEnds).sum();
        read++;
        lines += 1 + inside;
        several += inside > 0 ? 1 : 0;
    }

    private static long lineEnds(String text) {
        long ends = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            ends += !pair && (c == '\n' || c == '\r') ? 1 : 0;
        }
        return ends;
    }

    static Problem misfit(Path file, Separator separator, Layout layout, long line, int found, int width) {
        Message sign = separator.words();
        Message remedy = layout.quoting() != Quoting.STANDARD
                ? Message.of("dataset.table.no-sign-in-texts", sign)
                : Message.of(
                        separator == Separator.TAB ? "dataset.table.quote-tabs" : "dataset.table.quote-signs", sign);
        return Problem.of(
                "dataset.wrong-column-count",
                file,
                line,
                Message.of(found < width ? "dataset.table.few" : "dataset.table.many"),
                found,
                Message.of(layout.header() ? "dataset.table.header" : "dataset.table.first-line"),
                width,
                remedy);
    }

    private Problem unreadable(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).startsWith("Unexpected character after closing quote")) {
                return QuotingChoice.wrong(file, separator, evidence(layout, names -> -1));
            }
        }
        Message place = line == 0 ? null : Message.of("dataset.after-line", file, line);
        return Table.unreadable(file, place, format.name(), e);
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }
}
