package sirkuit.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the generated texts promise, for every sample.
class SampleTextsTest {
    private static final int SIZE = 120;

    static Stream<Recipe> recipes() {
        return Recipes.all().stream();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void everySentenceHasAGlossAndNoPlaceIsLeftOpen(Recipe recipe) {
        for (Language language : recipe.spoken()) {
            for (Sentence s : both(recipe, language)) {
                assertFalse(s.gloss().isBlank(), s.text());
                for (String text : List.of(s.text(), s.pair(), s.gloss())) {
                    assertFalse(text.matches(".*[{}|].*"), text);
                    assertEquals(text.strip().replaceAll(" +", " "), text);
                }
                assertEquals(recipe.pairs(), !s.pair().isEmpty(), s.text());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void aSentenceAndItsGlossAreOfDifferentWords(Recipe recipe) {
        for (Sentence s : both(recipe, recipe.target())) {
            Set<String> own = words(s.text());
            own.retainAll(words(s.gloss()));
            assertTrue(own.size() <= 2, s.text() + " / " + s.gloss()); // film, hotel, kiosk names
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void labelsAreBalanced(Recipe recipe) {
        SampleTexts texts = new SampleTexts(recipe.grammar(), 3);
        for (List<Sentence> split : List.of(texts.test(recipe.source(), SIZE), texts.train(recipe.target(), SIZE))) {
            split.stream()
                    .collect(Collectors.groupingBy(Sentence::label, Collectors.counting()))
                    .forEach((label, count) ->
                            assertEquals(SIZE / recipe.grammar().labels().size(), count, label));
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void halfOfTheTestHasWordsOrConstructionsThatNoTrainingTextHas(Recipe recipe) {
        SampleTexts texts = new SampleTexts(recipe.grammar(), 3);
        List<Sentence> test = texts.test(recipe.source(), SIZE);
        List<Sentence> train = texts.train(recipe.source(), recipe.sizes().sourceTrain());
        Set<String> known = new TreeSet<>();
        Set<String> constructions = new HashSet<>();
        train.forEach(s -> {
            known.addAll(words(s.text() + " " + s.pair()));
            constructions.add(s.construction());
        });
        long unseen = test.stream()
                .filter(s -> !known.containsAll(words(s.text() + " " + s.pair()))
                        || !constructions.contains(s.construction()))
                .count();
        assertTrue(unseen >= 0.4 * SIZE, unseen + " of " + SIZE);
        assertTrue(train.stream().noneMatch(Sentence::heldOut));
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void noTestSentenceIsAmongTheOthers(Recipe recipe) {
        SampleTexts texts = new SampleTexts(recipe.grammar(), 5);
        Set<String> test = new HashSet<>();
        texts.test(recipe.target(), SIZE).forEach(s -> test.add(s.identity()));
        assertEquals(SIZE, test.size());
        Stream.concat(
                        texts.train(recipe.target(), SIZE).stream(),
                        texts.unlabelled(recipe.target(), 2000, 0.1).stream())
                .forEach(s -> assertFalse(test.contains(s.identity()), s.text()));
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void everyWordHasAToken(Recipe recipe) {
        Set<String> known = new TreeSet<>(recipe.grammar().words());
        for (Language language : recipe.spoken()) {
            for (Sentence s : both(recipe, language)) {
                for (String word : words(s.text() + " " + s.pair())) {
                    assertTrue(
                            known.contains(word)
                                    || Stream.of("nya", "nyo", "ne", "e")
                                            .anyMatch(end -> word.endsWith(end)
                                                    && known.contains(word.substring(0, word.length() - end.length()))),
                            word);
                }
            }
        }
    }

    private static List<Sentence> both(Recipe recipe, Language language) {
        SampleTexts texts = new SampleTexts(recipe.grammar(), 7);
        return Stream.concat(texts.test(language, SIZE).stream(), texts.train(language, SIZE).stream())
                .toList();
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.split("[ ,.?]+"))
                .filter(w -> !w.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
