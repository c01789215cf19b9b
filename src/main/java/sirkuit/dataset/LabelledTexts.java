package sirkuit.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.RegularFile;

/// Reads labelled texts from a data file, row by row.
public final class LabelledTexts {
    /// Where well-known corpora keep their texts, for files without the default columns: XNLI, its machine-translated
    /// training files, and the usual names of sentence pairs.
    private static final List<Columns> KNOWN = List.of(
            new Columns("sentence1", "sentence2", "gold_label"),
            new Columns("premise", "hypo", "label"),
            new Columns("premise", "hypothesis", "label"),
            new Columns("sentence1", "sentence2", "label"),
            new Columns("sentence", "label"),
            new Columns("text", "sentiment"));

    private static final String LANGUAGE = "language";

    private LabelledTexts() {}

    /// @param each gets every row that the filter keeps, in the order of the file
    /// @throws Problem naming the file, and the line where there is one
    public static void read(TextSource source, Consumer<LabelledText> each) {
        Path file = source.file();
        if (Files.isDirectory(file)) {
            throw new Problem(file + " is a folder.", "Name a file in it, such as " + file.resolve("train.csv") + ".");
        }
        RegularFile.require(file);
        if (!Files.isRegularFile(file)) {
            throw new Problem("There is no data file " + file + ".", "Check the path.");
        }
        TextFormat format = source.format() == null ? TextFormat.of(file) : source.format();
        boolean any = false;
        boolean kept = false;
        try (Table table = Table.open(file, format)) {
            Columns columns = columns(source, table.columns(), format);
            String language = language(source, table.columns());
            for (Table.Row row = table.next(); row != null; row = table.next()) {
                any = true;
                if (passes(source.filter(), row)) {
                    kept = true;
                    each.accept(text(file, format, columns, language, row));
                }
            }
        }
        if (!any) {
            throw new Problem(file + " has a header but no rows.", "Choose a file with labelled texts.");
        }
        if (!kept && source.filter() != null) {
            throw new Problem(
                    file + " has no row where " + source.filter().column() + " is \""
                            + source.filter().value() + "\".",
                    "Check the filter (--filter COLUMN=VALUE).");
        }
    }

    private static boolean passes(@Nullable RowFilter filter, Table.Row row) {
        if (filter == null) {
            return true;
        }
        String value = row.get(filter.column());
        return value != null && value.strip().equals(filter.value());
    }

    private static Columns columns(TextSource source, List<String> header, TextFormat format) {
        Columns asked = source.columns();
        Columns columns = asked;
        if (asked.equals(Columns.DEFAULT) && !holds(header, asked)) {
            columns = KNOWN.stream()
                    .filter(known -> holds(header, known))
                    .findFirst()
                    .orElse(asked);
        }
        require(source.file(), header, columns.text(), "text", format);
        require(source.file(), header, columns.label(), "label", format);
        if (columns.pair() != null) {
            require(source.file(), header, columns.pair(), "pair", format);
        }
        if (source.filter() != null) {
            require(source.file(), header, source.filter().column(), "filter", format);
        }
        return columns;
    }

    private static boolean holds(List<String> header, Columns columns) {
        return header.contains(columns.text())
                && header.contains(columns.label())
                && (columns.pair() == null || header.contains(columns.pair()));
    }

    private static void require(Path file, List<String> header, String name, String kind, TextFormat format) {
        if (java.util.Collections.frequency(header, name) > 1) {
            throw new Problem(file + " has two columns \"" + name + "\".", "Rename one of them in its header.");
        }
        if (header.contains(name)) {
            return;
        }
        String remedy = kind.equals("filter")
                ? "Filter by a column that is there (--filter COLUMN=VALUE)."
                : "Name the column that holds the " + (kind.equals("pair") ? "second text" : kind) + " (--" + kind
                        + "-column on the command line).";
        boolean other = header.size() == 1 && header.getFirst().matches(".*[;\t|].*");
        throw new Problem(
                file + " has no column \"" + name + "\"; its columns are " + shortened(String.join(", ", header)) + ".",
                other && format == TextFormat.CSV
                        ? "It seems to be separated by something else than commas: save it with commas, or name the"
                                + " format (--format tsv)."
                        : remedy);
    }

    private static String shortened(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300) + "...";
    }

    private static @Nullable String language(TextSource source, List<String> header) {
        if (header.contains(LANGUAGE)) {
            return LANGUAGE;
        }
        return source.filter() == null ? null : source.filter().column();
    }

    /// Nobody asked for that column by name, so what it holds is never an error.
    private static @Nullable String said(Table.Row row, @Nullable String column) {
        try {
            String value = column == null ? null : row.get(column);
            return value == null ? null : value.strip();
        } catch (Problem notOneValue) {
            return null;
        }
    }

    private static LabelledText text(
            Path file, TextFormat format, Columns columns, @Nullable String language, Table.Row row) {
        String place = file + (format == TextFormat.PARQUET ? ", row " : ", line ") + row.line();
        String text = filled(place, row.get(columns.text()), "text");
        String pair = columns.pair() == null ? null : filled(place, row.get(columns.pair()), "second text");
        return new LabelledText(
                row.line(),
                text,
                pair,
                filled(place, row.get(columns.label()), "label").strip(),
                said(row, language));
    }

    private static String filled(String place, @Nullable String value, String kind) {
        if (value == null || value.isBlank()) {
            throw new Problem(place + ": the " + kind + " is empty.", "Fill it in or remove the row.");
        }
        return value;
    }
}
