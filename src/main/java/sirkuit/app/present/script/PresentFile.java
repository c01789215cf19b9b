package sirkuit.app.present.script;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sirkuit.Json;
import sirkuit.JsonKind;
import sirkuit.Problem;
import sirkuit.app.look.Words;

/// `present.json` in the project folder: texts that replace the built-in ones. Every field may be missing. In texts,
/// `{parts}`, `{chosen}`, `{source}` and `{target}` are filled in from the project.
///
/// @param schemaVersion 1
/// @param examples      sentences to pick from; absent for some of the held-out texts
/// @param pages         by the page's id: `read`, `parts`, `off`, `teach`, `kept`
/// @param labels        what the audience reads for a label of the model
/// @param languages     what the audience reads for the name of source or target
/// @param gloss         column of the data with meanings for this audience
public record PresentFile(
        @JsonProperty(required = true) int schemaVersion,
        List<String> examples,
        Map<String, Page> pages,
        Map<String, String> labels,
        Map<String, String> languages,
        @Nullable String gloss) {
    static final int VERSION = 1;
    public static final String NAME = "present.json";

    /// The keys 1 to 5 pick the examples.
    static final int MOST_EXAMPLES = 5;

    private static final int LONGEST_EXAMPLE = 200;
    private static final int LONGEST_NAME = 40;

    public static final PresentFile NONE = new PresentFile(VERSION, List.of(), Map.of(), Map.of(), Map.of(), null);

    /// @throws Problem when a page is none of the five, or a sentence cannot be shown
    public PresentFile {
        examples = examples == null ? List.of() : List.copyOf(examples);
        pages = pages == null ? Map.of() : new LinkedHashMap<>(pages);
        for (String id : pages.keySet()) {
            if (PageKind.of(id).isEmpty()) {
                String known =
                        Arrays.stream(PageKind.values()).map(PageKind::id).collect(Collectors.joining(", "));
                throw Problem.plain(Words.of("present.file.page", id), Words.of("present.file.page.remedy", known));
            }
        }
        if (examples.size() > MOST_EXAMPLES) {
            throw Problem.plain(
                    Words.of("present.file.examples", examples.size() + ""),
                    Words.of("present.file.examples.remedy", MOST_EXAMPLES + ""));
        }
        examples.forEach(e -> requireShort("examples", e, LONGEST_EXAMPLE));
        labels = labels == null ? Map.of() : new LinkedHashMap<>(labels);
        labels.values().forEach(name -> requireShort("labels", name, LONGEST_NAME));
        languages = languages == null ? Map.of() : new LinkedHashMap<>(languages);
        languages.values().forEach(name -> requireShort("languages", name, LONGEST_NAME));
    }

    /// The texts of one page.
    ///
    /// @param title   large, at the top
    /// @param text    a sentence below it
    /// @param notes   for the presenter alone
    /// @param minutes planned for it
    public record Page(
            @Nullable String title,
            @Nullable String text,
            @Nullable String notes,
            @Nullable Double minutes) {
        private static final int LONGEST_TITLE = 80;
        private static final int LONGEST_TEXT = 200;
        private static final int LONGEST_NOTES = 1000;
        private static final double MOST_MINUTES = 120;

        /// @throws Problem when something is too long for a page, or the minutes are none
        public Page {
            requireShort("title", title, LONGEST_TITLE);
            requireShort("text", text, LONGEST_TEXT);
            requireShort("notes", notes, LONGEST_NOTES);
            if (minutes != null && !(minutes > 0 && minutes <= MOST_MINUTES)) {
                throw Problem.plain(
                        Words.of("present.file.minutes", minutes + ""),
                        Words.of("present.file.minutes.remedy", MOST_MINUTES + ""));
            }
        }
    }

    private static void requireShort(String field, @Nullable String text, int longest) {
        if (text != null && (text.length() > longest || text.isBlank())) {
            throw Problem.plain(
                    Words.of("present.file.length", field, text.length() + ""),
                    Words.of("present.file.length.remedy", longest + ""));
        }
    }

    /// The file in the folder; [#NONE] if there is none.
    ///
    /// @throws Problem naming the file when it cannot be used
    public static PresentFile read(Path project) {
        Path file = project.resolve(NAME);
        return Files.exists(file) ? Json.read(file, PresentFile.class, VERSION, JsonKind.PRESENTATION) : NONE;
    }
}
