package sirkuit.dataset;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import sirkuit.Problem;

/// Reads labelled texts from CSV with a header (RFC 4180: quoted fields, newlines inside quotes, CRLF; a byte-order
/// mark is skipped), in UTF-8.
public final class CsvTexts {
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
                .ofCsvRecord(withoutMark(Files.newBufferedReader(file)))) {
            var rows = csv.iterator();
            if (!rows.hasNext()) {
                throw new Problem(file + " is empty.", "Choose a CSV file with a header and labelled texts.");
            }
            List<String> header = rows.next().getFields();
            int text = column(file, header, columns.text(), "text");
            int label = column(file, header, columns.label(), "label");
            while (rows.hasNext()) {
                texts.add(row(file, rows.next(), header.size(), text, label));
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

    /// Files.newBufferedReader reports bytes that are not UTF-8 instead of replacing them, but keeps the mark.
    private static BufferedReader withoutMark(BufferedReader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        return reader;
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
