package sirkuit.sample;

import java.util.List;

/// The samples that the program comes with.
final class Recipes {
    private Recipes() {}

    static List<Recipe> all() {
        return List.of(reviews());
    }

    private static Recipe reviews() {
        List<Language> spoken = List.of(Language.INDONESIAN, Language.MINANGKABAU, Language.JAVANESE);
        return new Recipe(
                "reviews",
                "Reviews: Indonesian to Minangkabau",
                "A small BERT judges reviews. It has learnt to in Indonesian and meets Minangkabau, a related language"
                        + " that it has only read.",
                new ReviewGrammar(spoken),
                Language.INDONESIAN,
                Language.MINANGKABAU,
                Language.JAVANESE,
                new Architecture(false, 4, 8, 64, 128, 40),
                null,
                new Recipe.Sizes(1500, 240, 300),
                new Recipe.Pretraining(List.of(12000, 12000, 12000), 0.05, 2000, 48, 2e-3),
                new Recipe.Training(6, 32, 1e-3),
                new Recipe.Runs(8, new Recipe.Training(10, 16, 1e-3), new Recipe.Training(10, 16, 3e-3)));
    }
}
