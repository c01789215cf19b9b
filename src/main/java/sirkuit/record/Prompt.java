package sirkuit.record;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sirkuit.CommaList;
import sirkuit.Json;
import sirkuit.Problem;

/// The template that turns a text into a prompt for a causal language model, and the word for each class.
///
/// @param template   with `{text}` and, for pairs, `{pair}`
/// @param verbalizer class name to word, in the order of the classes; null for a classifier, whose texts alone the
///                   template changes
public record Prompt(String template, @Nullable Map<String, String> verbalizer) {
    /// @throws Problem when the template has no place for the text or a class has no word
    public Prompt {
        if (!Json.given(template, "template").contains("{text}")) {
            throw Problem.of("record.template-without-text", template);
        }
        if (verbalizer != null) {
            verbalizer = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(verbalizer));
            verbalizer.forEach((label, word) -> {
                if (label.isBlank() || word == null || word.isEmpty()) {
                    throw Problem.of("record.verbalizer-empty-word", label);
                }
            });
        }
    }

    /// @param text such as `negative=bad,positive=good`
    /// @throws Problem when it is not of that form
    public static Map<String, String> verbalizer(String text) {
        Map<String, String> words = new LinkedHashMap<>();
        for (CommaList.Pair pair : CommaList.pairs(text)) {
            if (pair.left().isEmpty()
                    || pair.right() == null
                    || words.put(pair.left().strip(), pair.right()) != null) {
                throw Problem.of("record.verbalizer-syntax", text);
            }
        }
        return words;
    }

    /// A place of the filled template where one of the texts stands.
    ///
    /// @param part  0 for the first text, 1 for the second
    /// @param start first character in the filled template
    public record Place(int part, int start) {}

    /// Fills the template.
    public String fill(String text, @Nullable String pair) {
        return fill(text, pair, place -> {});
    }

    /// Fills the template.
    ///
    /// @param places receives where the texts stand, in order
    public String fill(String text, @Nullable String pair, Consumer<Place> places) {
        // Placeholders inside a text are not replaced.
        StringBuilder filled = new StringBuilder();
        int from = 0;
        for (int at = template.indexOf('{'); at >= 0; at = template.indexOf('{', at + 1)) {
            String value = template.startsWith("{text}", at) ? text : template.startsWith("{pair}", at) ? pair : null;
            if (value != null) {
                filled.append(template, from, at);
                places.accept(new Place(template.startsWith("{text}", at) ? 0 : 1, filled.length()));
                filled.append(value);
                from = at + "{text}".length();
            }
        }
        return filled.append(template, from, template.length()).toString();
    }

    /// Whether the template has a place for a second text.
    public boolean takesPairs() {
        return template.contains("{pair}");
    }
}
