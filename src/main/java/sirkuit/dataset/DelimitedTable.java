package sirkuit.dataset;

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
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;

/// CSV with a header (RFC 4180: quoted fields, newlines inside quotes, CRLF; a byte-order mark is skipped) and
/// tab-separated values, in UTF-8.
///
/// Tab-separated files come in two kinds: quoted as CSV is, and plain, where a quotation mark is a character like any
/// other. A file is taken as quoted only if every field that begins with a quotation mark is a well-formed quoted one.
final class DelimitedTable implements Table {
    private static final String END = "\uFFFFend of file\uFFFF";

    private final Path file;
    private final String format;
    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> rows;
    private final List<String> columns;

    static DelimitedTable csv(Path file) {
        return new DelimitedTable(file, "CSV", ',', '"');
    }

    static DelimitedTable tsv(Path file) {
        // Plain files have no quote character: one that is not allowed in text stands in for it.
        return new DelimitedTable(file, "TSV", '\t', TabSeparated.isQuoted(file) ? '"' : '\u0001');
    }

    private DelimitedTable(Path file, String format, char separator, char quote) {
        this.file = file;
        this.format = format;
        try {
            reader = CsvReader.builder()
                    .fieldSeparator(separator)
                    .quoteCharacter(quote)
                    .skipEmptyLines(true)
                    .allowMissingFields(true)
                    .allowExtraFields(true)
                    .ofCsvRecord(text(file));
            rows = reader.iterator();
            CsvRecord first = rows.next();
            columns = first.getFields();
            if (!rows.hasNext()) {
                requireEnd(first);
                throw new Problem(
                        file + " is empty.", "Choose a " + format + " file with a header and labelled texts.");
            }
        } catch (CsvParseException | IOException | UncheckedIOException e) {
            throw Table.unreadable(file, format, e);
        }
    }

    /// Adds a record of its own at the end. A quote that is never closed would swallow every row after it without a
    /// word from the parser; now it swallows this record, which is noticed.
    ///
    /// Bytes that are not UTF-8 are reported, not replaced.
    private static BufferedReader text(Path file) throws IOException {
        InputStream end = new ByteArrayInputStream(("\n" + END).getBytes(StandardCharsets.UTF_8));
        BufferedReader reader = new BufferedReader(new InputStreamReader(
                new SequenceInputStream(Table.bytes(file), end), StandardCharsets.UTF_8.newDecoder()));
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        return reader;
    }

    private void requireEnd(CsvRecord last) {
        if (last.getFieldCount() != 1 || !last.getField(0).equals(END)) {
            throw new Problem(
                    file + ", line " + last.getStartingLineNumber() + ": a quote is opened and never closed.",
                    "Close it; a quote inside a quoted text must be doubled.");
        }
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public @Nullable Row next() {
        try {
            CsvRecord row = rows.next();
            if (!rows.hasNext()) {
                requireEnd(row);
                return null;
            }
            requireWidth(row);
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
            throw Table.unreadable(file, format, e);
        }
    }

    private void requireWidth(CsvRecord row) {
        if (row.getFieldCount() != columns.size()) {
            String kind = row.getFieldCount() < columns.size() ? "few" : "many";
            throw new Problem(
                    file + ", line " + row.getStartingLineNumber() + ": too " + kind + " columns ("
                            + row.getFieldCount() + " where the header has " + columns.size() + ").",
                    format.equals("CSV")
                            ? "Mend that row; a text with a comma, a quote or a newline must stand in double quotes."
                            : "Mend that row; a text must not hold a tab or a newline.");
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw Table.unreadable(file, format, e);
        }
    }
}
