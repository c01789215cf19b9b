package sirkuit.app.present.script;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Words;

/// Labels and languages as the audience calls them: as the presenter says in `present.json`, or else translated if they
/// are known, or else as the project has them.
///
/// @param labels    the presenter's names of labels
/// @param languages the presenter's names of source and target
public record AudienceNames(Map<String, String> labels, Map<String, String> languages) {
    /// As the project has them, or translated.
    public static final AudienceNames NONE = new AudienceNames(Map.of(), Map.of());

    /// Labels that are translated, in English as in the bundles.
    private static final List<String> KNOWN = List.of(
            "negative",
            "neutral",
            "positive",
            "mixed",
            "entailment",
            "contradiction",
            "anger",
            "fear",
            "happy",
            "joy",
            "love",
            "sadness");

    /// Other spellings of the same labels.
    private static final Map<String, String> ALIKE = Map.ofEntries(
            Map.entry("negatif", "negative"),
            Map.entry("neg", "negative"),
            Map.entry("netral", "neutral"),
            Map.entry("neu", "neutral"),
            Map.entry("positif", "positive"),
            Map.entry("pos", "positive"),
            Map.entry("kontradiksi", "contradiction"),
            Map.entry("marah", "anger"),
            Map.entry("takut", "fear"),
            Map.entry("senang", "happy"),
            Map.entry("cinta", "love"),
            Map.entry("sedih", "sadness"));

    /// Languages of Indonesia that have no code of two letters.
    private static final List<String> LONGER_CODES =
            List.of("ace", "ban", "bbc", "bjn", "btk", "bug", "mad", "mak", "mdr", "min", "sas");

    private static final Locale INDONESIAN = Locale.of("id");
    private static final Map<String, String> CODES = codes();

    public AudienceNames {
        labels = Map.copyOf(labels);
        languages = Map.copyOf(languages);
    }

    /// A label of the model.
    public String label(String label) {
        String own = labels.get(label);
        if (own != null) {
            return own;
        }
        String plain = label.strip().toLowerCase(Locale.ROOT);
        String known = ALIKE.getOrDefault(plain, plain);
        return KNOWN.contains(known) ? Words.of("present.label." + known) : label;
    }

    /// The source or a target, as part of a sentence.
    public String language(String name) {
        String own = languages.get(name);
        if (own != null) {
            return own;
        }
        String translated = translated(name);
        return translated == null ? name : Words.of("present.language", translated);
    }

    private static @Nullable String translated(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT).replaceFirst("^bahasa\\s+", "");
        String code = CODES.get(plain);
        return code == null ? null : Locale.of(code).getDisplayLanguage(Words.locale());
    }

    /// Codes of languages by their names in English and Indonesian, and by themselves.
    private static Map<String, String> codes() {
        Map<String, String> codes = new HashMap<>();
        Stream.concat(Stream.of(Locale.getISOLanguages()), LONGER_CODES.stream())
                .forEach(code -> {
                    codes.put(code, code);
                    for (Locale in : List.of(Locale.ENGLISH, INDONESIAN)) {
                        codes.put(Locale.of(code).getDisplayLanguage(in).toLowerCase(Locale.ROOT), code);
                    }
                });
        return codes;
    }
}
