package sirkuit.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.RegularFile;
import sirkuit.dataset.table.Columns;
import sirkuit.dataset.table.Headerless;
import sirkuit.dataset.table.RowFilter;
import sirkuit.dataset.table.Table;
import sirkuit.dataset.table.TextFormat;
import sirkuit.dataset.table.TextSource;
import sirkuit.dataset.table.Values;

/// Reads labelled texts from a data file, row by row.
public final class LabelledTexts {
    /// The text columns of well-known corpora, for files without the default columns: XNLI, its machine-translated
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

    /// How a file was read.
    ///
    /// @param source for reading the file again, with what was decided about it
    /// @param notes  what to know before trusting the rows
    public record Account(TextSource source, List<Message> notes) {
        public Account {
            notes = List.copyOf(notes);
        }
    }

    /// @param each receives every row that the filter keeps and that has a label, in the order of the file
    /// @throws Problem naming the file, and the line where there is one
    public static Account read(TextSource source, Consumer<LabelledText> each) {
        Path file = source.file();
        if (Files.isDirectory(file)) {
            Path example = DataFiles.first(file);
            throw example == null
                    ? Problem.of("dataset.folder-without-data", file)
                    : Problem.of("dataset.is-folder", file, example);
        }
        RegularFile.require(file);
        if (!Files.isRegularFile(file)) {
            String others = DataFiles.beside(file);
            Problem missing = Problem.of("dataset.no-such-file", file);
            throw others.isEmpty() ? missing : missing.withRemedy(Message.of("dataset.others-beside.remedy", others));
        }
        TextFormat format = source.knownFormat();
        try (Table table =
                Table.open(source, names -> names.indexOf(chosen(source, names).label()))) {
            Columns columns = columns(source, table, format);
            RowFilter asked = source.filter();
            RowFilter filter =
                    asked == null ? null : new RowFilter(written(table.columns(), asked.column()), asked.value());
            Rows rows = new Rows(source, format, columns, filter, language(source, table.columns()));
            for (Table.Row row = table.next(); row != null; row = table.next()) {
                rows.take(row, each);
            }
            rows.requireSome();
            rows.gaps.requireNone();
            List<Message> notes = new ArrayList<>(table.notes());
            Message others = others(source, columns);
            if (others != null) {
                notes.add(others);
            }
            if (rows.skipped > 0) {
                notes.add(rows.skippedNote());
            }
            return new Account(source.with(table.quoting()), notes);
        }
    }

    private static final class Rows {
        private final TextSource source;
        private final Columns columns;
        private final @Nullable RowFilter filter;
        private final @Nullable String language;
        private final MissingValues gaps;
        private long read;
        private long passed;
        private long skipped;

        Rows(
                TextSource source,
                TextFormat format,
                Columns columns,
                @Nullable RowFilter filter,
                @Nullable String language) {
            this.source = source;
            this.columns = columns;
            this.filter = filter;
            gaps = new MissingValues(source.file(), format == TextFormat.PARQUET);
            this.language = language;
        }

        void take(Table.Row row, Consumer<LabelledText> each) {
            read++;
            if (!passes(filter, row)) {
                return;
            }
            passed++;
            String label = row.get(columns.label());
            if (source.layout().skips(label == null ? "" : Values.plain(label))) {
                skipped++;
                return;
            }
            String text = row.get(columns.text());
            String pair = columns.pair() == null ? null : row.get(columns.pair());
            if (gaps.whole(row.line(), text, columns.pair() == null ? text : pair, label)) {
                each.accept(new LabelledText(
                        row.line(),
                        String.valueOf(text),
                        pair,
                        Values.plain(String.valueOf(label)),
                        said(row, language)));
            }
        }

        void requireSome() {
            Path file = source.file();
            RowFilter filter = source.filter();
            if (read == 0) {
                throw Problem.of("dataset.no-rows", file);
            }
            if (passed == 0 && filter != null) {
                throw Problem.of("dataset.filter-keeps-nothing", file, filter.column(), filter.value());
            }
            if (skipped == passed) {
                throw Problem.of("dataset.all-labels-skipped", file, skippedLabels());
            }
        }

        Message skippedNote() {
            return Message.of(
                    "dataset.rows-skipped", source.file(), skipped, passed, skippedLabels(), passed - skipped);
        }

        private Message skippedLabels() {
            return Message.joined(
                    "ground.comma",
                    source.layout().skipLabels().stream()
                            .map(l -> l.isEmpty()
                                    ? Message.of("dataset.no-label-at-all")
                                    : Message.plain("\"" + l + "\""))
                            .toList());
        }
    }

    private static boolean passes(@Nullable RowFilter filter, Table.Row row) {
        if (filter == null) {
            return true;
        }
        String value = row.get(filter.column());
        return value != null && Values.plain(value).equals(Values.plain(filter.value()));
    }

    /// The requested columns, or else the usual ones that exist; spelled as in the header.
    private static Columns chosen(TextSource source, List<String> header) {
        Columns asked = written(header, source.columns());
        return source.columns().equals(Columns.DEFAULT) && !holds(header, asked)
                ? KNOWN.stream()
                        .map(known -> written(header, known))
                        .filter(known -> holds(header, known))
                        .findFirst()
                        .orElse(asked)
                : asked;
    }

    private static Columns written(List<String> header, Columns columns) {
        return new Columns(
                written(header, columns.text()),
                columns.pair() == null ? null : written(header, columns.pair()),
                written(header, columns.label()));
    }

    /// A column with that name, or the only one whose name differs just in upper and lower case; otherwise the name
    /// itself.
    private static String written(List<String> header, String name) {
        List<String> alike = header.stream().filter(name::equalsIgnoreCase).toList();
        return header.contains(name) || alike.size() != 1 ? name : alike.getFirst();
    }

    /// A note that names the columns, because the user did not choose them.
    private static @Nullable Message others(TextSource source, Columns columns) {
        boolean asked = !source.columns().equals(Columns.DEFAULT);
        if (asked || (columns.pair() == null && alike(columns, Columns.DEFAULT))) {
            return null;
        }
        return columns.pair() == null
                ? Message.of("dataset.usual-columns", source.file(), columns.text(), columns.label())
                : Message.of(
                        "dataset.usual-columns-of-pairs",
                        source.file(),
                        columns.text(),
                        columns.pair(),
                        columns.label());
    }

    private static boolean alike(Columns one, Columns other) {
        return one.text().equalsIgnoreCase(other.text()) && one.label().equalsIgnoreCase(other.label());
    }

    private static Columns columns(TextSource source, Table table, TextFormat format) {
        Columns columns = chosen(source, table.columns());
        require(source, table, columns.text(), "text", format);
        require(source, table, columns.label(), "label", format);
        if (columns.pair() != null) {
            require(source, table, columns.pair(), "pair", format);
        }
        if (source.filter() != null) {
            require(source, table, written(table.columns(), source.filter().column()), "filter", format);
        }
        return columns;
    }

    private static boolean holds(List<String> header, Columns columns) {
        return header.contains(columns.text())
                && header.contains(columns.label())
                && (columns.pair() == null || header.contains(columns.pair()));
    }

    private static void require(TextSource source, Table table, String name, String kind, TextFormat format) {
        Path file = source.file();
        List<String> header = table.columns();
        if (Collections.frequency(header, name) > 1) {
            throw Problem.of("dataset.duplicate-column", file, name);
        }
        if (header.contains(name)) {
            return;
        }
        if (!source.layout().header()) {
            throw Problem.of(
                    "dataset.no-numbered-column",
                    file,
                    name,
                    header.size() == 1 ? "" : Message.of("dataset.columns-up-to", header.size()),
                    kind.equals("filter")
                            ? Message.of("dataset.filter-by-number.remedy")
                            : Message.of(
                                    kind.equals("pair")
                                            ? "dataset.columns-of-pairs-by-number.remedy"
                                            : "dataset.columns-by-number.remedy"));
        }
        boolean other = header.size() == 1 && header.getFirst().matches(".*[,;|].*");
        throw Problem.of(
                "dataset.no-column",
                file,
                name,
                shortened(String.join(", ", header)),
                other && format == TextFormat.CSV
                        ? Message.of("dataset.other-separator.remedy")
                        : other
                                        && format == TextFormat.TSV
                                        && !header.getFirst().contains("|")
                                ? Message.of("dataset.not-tabs.remedy")
                                : missing(source, table, name, kind, format));
    }

    private static Message missing(TextSource source, Table table, String name, String kind, TextFormat format) {
        Message remedy =
                switch (kind) {
                    case "filter" -> Message.of("dataset.filter-by-column.remedy");
                    case "pair" -> Message.of("dataset.name-pair-column.remedy");
                    case "label" -> Message.of("dataset.name-label-column.remedy");
                    default -> Message.of("dataset.name-text-column.remedy");
                };
        if (format != TextFormat.CSV && format != TextFormat.TSV) {
            return remedy;
        }
        Message guess = Headerless.remedy(source, table, name);
        return guess == null ? remedy : guess;
    }

    private static String shortened(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300) + "...";
    }

    private static @Nullable String language(TextSource source, List<String> header) {
        String column = written(header, LANGUAGE);
        if (header.contains(column)) {
            return column;
        }
        return source.filter() == null ? null : written(header, source.filter().column());
    }

    /// The value of a column that nobody requested by name, so that a bad value is not an error.
    private static @Nullable String said(Table.Row row, @Nullable String column) {
        try {
            String value = column == null ? null : row.get(column);
            return value == null ? null : Values.strip(value);
        } catch (Problem notOneValue) {
            return null;
        }
    }
}
