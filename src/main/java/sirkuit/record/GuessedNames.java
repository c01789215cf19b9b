package sirkuit.record;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.dataset.LabelledTexts;
import sirkuit.dataset.table.RowFilter;

/// The name of a run's target or source if the user has not given one: the one value of the file's column `language`,
/// or else a name made from the names of file and folder. Later choices in the project are never used. Each file is
/// read once.
public final class GuessedNames {
    private static final String SPLIT = "train(ing)?|test(ing)?|dev|val(id(ation)?)?|eval(uation)?|held[-_ ]?out";

    /// Folder names that say what the files are for, and not what is in them.
    private static final Set<String> GENERAL =
            Set.of("data", "dataset", "datasets", "text", "texts", "corpus", "corpora", "files", "raw", "tmp", "csv");

    /// General file names, with or without a number, and words for kinds of texts.
    private static final String PLAIN =
            "all|full|file|input|output|sample|examples?|labell?ed|sentences?|reviews?|tweets?"
                    + "|comments?|news|sentiment|nli|pairs?|part|new|old";

    private final Map<DataFile, String> known = new HashMap<>();
    private final boolean reading;

    private GuessedNames(boolean reading) {
        this.reading = reading;
    }

    /// Reads the files.
    public static GuessedNames reading() {
        return new GuessedNames(true);
    }

    /// Uses only names of files, for code that must not wait.
    public static GuessedNames byName() {
        return new GuessedNames(false);
    }

    /// @return never blank
    public String of(DataFile texts) {
        return known.computeIfAbsent(texts, this::guess);
    }

    private String guess(DataFile texts) {
        String filtered = language(texts.filter());
        if (filtered != null) {
            return filtered;
        }
        String column = reading ? column(texts) : null;
        return column != null ? column : byPath(Path.of(texts.file()));
    }

    /// The language that rows are filtered by; null if they are filtered by something else.
    private static @Nullable String language(@Nullable String filter) {
        try {
            RowFilter by = filter == null ? null : RowFilter.parse(filter);
            return by != null && isLanguage(by.column()) && !by.value().isBlank() ? by.value() : null;
        } catch (Problem bad) {
            return null; // reading the texts reports that
        }
    }

    private static boolean isLanguage(String column) {
        return column.toLowerCase(Locale.ROOT).startsWith("lang");
    }

    /// The language that all rows have; null if they differ or have none.
    private static @Nullable String column(DataFile texts) {
        String[] only = new String[1];
        try {
            RowFilter by = texts.filter() == null ? null : RowFilter.parse(texts.filter());
            LabelledTexts.read(texts.source(), row -> {
                String language = row.language();
                boolean filters = by != null && by.value().equals(language); // a row tells that in the same place
                if (language == null || language.isBlank() || filters) {
                    throw new Enough();
                }
                if (only[0] != null && !only[0].equals(language)) {
                    throw new Enough();
                }
                only[0] = language;
            });
            return only[0];
        } catch (Enough | Problem noOneLanguage) {
            return null;
        }
    }

    /// The answer is known, so reading stops.
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1;

        Enough() {
            super(null, null, false, false);
        }
    }

    /// The name from a path: `minangkabau/train.csv`, `reviews/minangkabau-train.csv` and `p/minangkabau.csv` all
    /// give `minangkabau`. `data/train.csv` gives no name, so its own name is used.
    public static String byPath(Path file) {
        String name = String.valueOf(file.getFileName());
        String stem = name.replaceFirst("(?i)(\\.(csv|tsv|txt|jsonl?|ndjson|parquet))?(\\.gz)?$", "");
        String rest = stem.replaceAll("\\d+-of-\\d+", "")
                .replaceAll("(?i)(^|[-_. ])(" + SPLIT + ")(?=$|[-_. ])", "")
                .replaceAll("^[-_. ]+|[-_. ]+$", "");
        if (!rest.equals(stem) && rest.matches(".*\\p{L}.*")) {
            return rest;
        }
        String own = stem.replaceAll("[-_. ]?\\d+$", "");
        if (rest.equals(stem) && tells(own) && !own.toLowerCase(Locale.ROOT).matches(PLAIN)) {
            return stem;
        }
        Path parent = file.getParent();
        Path folder = parent == null ? null : parent.getFileName();
        return folder != null && tells(folder.toString()) ? folder.toString() : name;
    }

    private static boolean tells(String folder) {
        String small = folder.toLowerCase(Locale.ROOT);
        return small.matches(".*\\p{L}.*")
                && !GENERAL.contains(small)
                && !small.matches(SPLIT)
                && !small.matches("\\.*|[0-9a-f]{16,}");
    }
}
