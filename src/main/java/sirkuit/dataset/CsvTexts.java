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
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import sirkuit.Problem;

/// Reads labelled texts from CSV with a header (RFC 4180: quoted fields, newlines inside quotes, CRLF; a byte-order
/// mark is skipped), in UTF-8.
public final class CsvTexts {
    private static final String END = "\uFFFFend of file\uFFFF";

    private CsvTexts() {}

    /// @throws Problem naming the file, and the line where there is one
    public static List<LabelledText> read(Path file, Columns columns) {
        if (!Files.isRegularFile(file)) {
            throw new Problem("There is no data file " + file + ".", "Check the path.");
        }
        List<LabelledText> texts = new ArrayList<>();
        try (CsvReader<CsvRecord> csv = CsvReader.builder()
                .skipEmptyLines(true)
                .allowMissingFields(true)
                .allowExtraFields(true)
                .ofCsvRecord(withoutMark(withEnd(file)))) {
            var rows = csv.iterator();
            CsvRecord first = rows.next();
            List<String> header = first.getFields();
            if (!rows.hasNext()) {
                requireEnd(file, first);
                throw new Problem(file + " is empty.", "Choose a CSV file with a header and labelled texts.");
            }
            int text = column(file, header, columns.text(), "text");
            int label = column(file, header, columns.label(), "label");
            while (rows.hasNext()) {
                CsvRecord row = rows.next();
                if (!rows.hasNext()) {
                    requireEnd(file, row);
                    break;
                }
                texts.add(row(file, row, header.size(), text, label));
            }
        } catch (CsvParseException e) {
            throw unreadable(file, e);
        } catch (UncheckedIOException e) {
            throw unreadable(file, e.getCause() == null ? e : e.getCause());
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        if (texts.isEmpty()) {
            throw new Problem(file + " has a header but no rows.", "Choose a file with labelled texts.");
        }
        return List.copyOf(texts);
    }

    /// Skips a byte-order mark.
    private static BufferedReader withoutMark(BufferedReader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        return reader;
    }

    /// Adds a record of its own at the end. A quote that is never closed would swallow every row after it without a
    /// word from the parser; now it swallows this record, which is noticed.
    ///
    /// Bytes that are not UTF-8 are reported, not replaced.
    private static BufferedReader withEnd(Path file) throws IOException {
        InputStream end = new ByteArrayInputStream(("\n" + END).getBytes(StandardCharsets.UTF_8));
        return new BufferedReader(new InputStreamReader(
                new SequenceInputStream(Files.newInputStream(file), end), StandardCharsets.UTF_8.newDecoder()));
    }

    private static void requireEnd(Path file, CsvRecord last) {
        if (last.getFieldCount() != 1 || !last.getField(0).equals(END)) {
            throw new Problem(
                    file + ", line " + last.getStartingLineNumber() + ": a quote is opened and never closed.",
                    "Close it; a quote inside a quoted text must be doubled.");
        }
    }

    private static int column(Path file, List<String> header, String name, String kind) {
        int index = header.indexOf(name);
        if (index < 0) {
            throw new Problem(
                    file + " has no column \"" + name + "\"; its columns are " + String.join(", ", header) + ".",
                    "Name the column that holds the " + kind + " (--" + kind + "-column on the command line).");
        }
        return index;
    }

    private static LabelledText row(Path file, CsvRecord row, int columns, int text, int label) {
        long line = row.getStartingLineNumber();
        if (row.getFieldCount() != columns) {
            String kind = row.getFieldCount() < columns ? "few" : "many";
            throw new Problem(
                    file + ", line " + line + ": too " + kind + " columns (" + row.getFieldCount() + " where the header"
                            + " has " + columns + ").",
                    "Mend that row; a text with a comma, a quote or a newline must stand in double quotes.");
        }
        if (row.getField(text).isBlank()) {
            throw new Problem(file + ", line " + line + ": the text is empty.", "Fill it in or remove the row.");
        }
        if (row.getField(label).isBlank()) {
            throw new Problem(file + ", line " + line + ": the label is empty.", "Fill it in or remove the row.");
        }
        return new LabelledText(line, row.getField(text), row.getField(label).strip());
    }

    private static Problem unreadable(Path file, Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CharacterCodingException) {
                return new Problem(file + " is not UTF-8 text.", "Save it as UTF-8 and open it again.");
            }
        }
        return new Problem(
                file + " cannot be read as CSV: "
                        + Objects.requireNonNullElse(e.getCause(), e).getMessage() + ".",
                "Check the quotes near that place, or save the file as CSV again.",
                e);
    }
}
