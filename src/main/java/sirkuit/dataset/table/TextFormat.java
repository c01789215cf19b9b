package sirkuit.dataset.table;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import sirkuit.Problem;

/// The formats that labelled texts are read from. All but Parquet may be gzipped.
public enum TextFormat {
    CSV("csv"),
    TSV("tsv", "tab"),
    /// One JSON object per line.
    JSONL("jsonl", "ndjson", "json"),
    PARQUET("parquet");

    private final List<String> extensions;

    TextFormat(String... extensions) {
        this.extensions = List.of(extensions);
    }

    /// The format according to the file's name.
    ///
    /// @throws Problem when the name does not show one
    public static TextFormat of(Path file) {
        String extension = extension(file);
        return Arrays.stream(values())
                .filter(f -> f.extensions.contains(extension))
                .findFirst()
                .orElseThrow(() -> Problem.of("dataset.unknown-file-ending", file, names()));
    }

    /// Whether the name is usual for a data file. `.json` is not: most such files hold something else.
    public static boolean isUsual(Path file) {
        String extension = extension(file);
        return !extension.equals("json") && Arrays.stream(values()).anyMatch(f -> f.extensions.contains(extension));
    }

    private static String extension(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        return plain.substring(plain.lastIndexOf('.') + 1);
    }

    /// @throws Problem when there is no such format
    public static TextFormat named(String name) {
        return Arrays.stream(values())
                .filter(f -> f.id().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> Problem.of("dataset.unknown-format", name, names()));
    }

    /// As in a sentence.
    String words() {
        return switch (this) {
            case CSV, TSV -> name();
            case JSONL -> "JSON lines";
            case PARQUET -> "Parquet";
        };
    }

    /// Its name on the command line and in files.
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static String names() {
        return Arrays.stream(values()).map(TextFormat::id).collect(Collectors.joining("|"));
    }
}
