package sirkuit.sample;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sirkuit.record.Prompt;

/// The samples that the program comes with.
final class Recipes {
    private Recipes() {}

    static List<Recipe> all() {
        return List.of(reviews(), inference(), decoder());
    }

    private static Recipe reviews() {
        List<Language> spoken = List.of(Language.INDONESIAN, Language.MINANGKABAU, Language.JAVANESE);
        return new Recipe(
                "reviews",
                "Reviews: Indonesian to Minangkabau",
                "A small BERT that classifies reviews. It was fine-tuned for the task in Indonesian. The target is Minangkabau, a"
                        + " related language that it has seen only in unlabelled texts.",
                new ReviewGrammar(spoken, Map.of(Language.MINANGKABAU, List.of("food", "place"))),
                new Recipe.Languages(Language.INDONESIAN, Language.MINANGKABAU, Language.JAVANESE),
                new Architecture(false, 4, 8, 64, 128, 40),
                null,
                new Recipe.Sizes(3000, 60, 300),
                new Recipe.Pretraining(List.of(12000, 12000, 12000), 0.05, 4000, 48, 2e-3),
                new Recipe.Training(6, 32, 1e-3),
                new Recipe.Runs(16, new Recipe.Training(15, 16, 3e-3)));
    }

    private static Recipe inference() {
        return new Recipe(
                "inference",
                "Inference: Indonesian to Javanese",
                "A small BERT that says whether a sentence follows from another one, contradicts it or neither. It was fine-tuned"
                        + " for the task in Indonesian. The target is Javanese, which it has seen only in unlabelled texts.",
                new InferenceGrammar(),
                new Recipe.Languages(Language.INDONESIAN, Language.JAVANESE, null),
                new Architecture(false, 4, 8, 64, 128, 48),
                null,
                new Recipe.Sizes(4500, 300, 300),
                new Recipe.Pretraining(List.of(12000, 12000), 0.05, 3000, 32, 2e-3),
                new Recipe.Training(8, 32, 1e-3),
                new Recipe.Runs(12, new Recipe.Training(15, 16, 3e-3)));
    }

    private static Recipe decoder() {
        List<Language> spoken = List.of(Language.INDONESIAN, Language.JAVANESE);
        Map<String, String> words = new LinkedHashMap<>();
        words.put("negative", " negatif");
        words.put("neutral", " netral");
        words.put("positive", " positif");
        return new Recipe(
                "decoder",
                "Prompted decoder: Indonesian to Javanese",
                "A small Llama that classifies reviews: its next word is the answer. It was fine-tuned for the task in Indonesian."
                        + " The target is Javanese, which it has seen only in unlabelled texts.",
                new ReviewGrammar(spoken, Map.of(Language.JAVANESE, List.of("food", "place"))),
                new Recipe.Languages(Language.INDONESIAN, Language.JAVANESE, null),
                new Architecture(true, 4, 8, 64, 96, 48),
                new Prompt("ulasan: {text} nilai:", words),
                new Recipe.Sizes(1500, 240, 300),
                new Recipe.Pretraining(List.of(12000, 12000), 0.05, 2000, 32, 2e-3),
                new Recipe.Training(6, 32, 1e-3),
                new Recipe.Runs(12, new Recipe.Training(15, 16, 3e-3)));
    }
}
