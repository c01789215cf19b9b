package sirkuit.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import sirkuit.checkpoint.tokenizer.TextTokenizer.Tokens;

/// Words of some texts that a model must predict: masked ones (Devlin et al. 2019), or each next one.
///
/// @param seen     the texts as the model reads them
/// @param places   b T + t of each word
/// @param expected token of each
public record Guesses(List<Tokens> seen, List<Integer> places, List<Integer> expected) {
    private static final double MASKED = 0.8;
    private static final double REPLACED = 0.9;

    /// How words are masked.
    ///
    /// @param share     of the words that must be predicted
    /// @param token     id of the token that replaces them
    /// @param firstWord lowest id that is a word, not a special token
    public record Masking(double share, int token, int firstWord) {}

    /// Every next word.
    public static Guesses ofNext(LabelledTokens texts) {
        return drawn(texts, (ids, t) -> t + 1 < ids.length ? (Integer) ids[t + 1] : null);
    }

    /// Random words. Most are replaced by the mask token, some by another word or themselves, so that a word must
    /// be predicted from its context even if it is not masked.
    ///
    /// @param vocabulary number of ids
    public static Guesses masked(LabelledTokens texts, Masking masking, int vocabulary, Random random) {
        return drawn(texts, (ids, t) -> {
            int word = ids[t];
            if (word < masking.firstWord || random.nextDouble() >= masking.share) {
                return null;
            }
            double draw = random.nextDouble();
            if (draw < MASKED) {
                ids[t] = masking.token;
            } else if (draw < REPLACED) {
                ids[t] = masking.firstWord + random.nextInt(vocabulary - masking.firstWord);
            }
            return word;
        });
    }

    private interface Choice {
        /// @param ids may be changed at t
        @Nullable
        Integer guess(int[] ids, int t);
    }

    private static Guesses drawn(LabelledTokens texts, Choice choice) {
        List<Tokens> seen = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        List<Integer> expected = new ArrayList<>();
        int longest = texts.longest();
        for (int b = 0; b < texts.size(); b++) {
            Tokens text = texts.tokens().get(b);
            int[] ids = text.ids().clone();
            for (int t = 0; t < ids.length; t++) {
                Integer guess = choice.guess(ids, t);
                if (guess != null) {
                    places.add(b * longest + t);
                    expected.add(guess);
                }
            }
            seen.add(new Tokens(ids, text.types(), false));
        }
        if (places.isEmpty()) { // few words, and none of them drawn
            places.add(0);
            expected.add(texts.tokens().getFirst().ids()[0]);
        }
        return new Guesses(seen, places, expected);
    }

    /// The texts as arrays.
    public TokenBatch batch(NDManager manager, TransformerSpec spec) {
        return TokenBatch.of(manager, seen, spec);
    }

    /// @return (N) int64: the places
    public NDArray places(NDManager manager) {
        return manager.create(places.stream().mapToLong(Integer::longValue).toArray());
    }

    /// @param vocabulary number of ids, V
    /// @return (N, V): -1/N at each expected token, 0 elsewhere, so that its product with log probabilities sums
    ///         to the mean cross-entropy
    public NDArray gold(NDManager manager, int vocabulary) {
        float[] gold = new float[expected.size() * vocabulary];
        for (int i = 0; i < expected.size(); i++) {
            gold[i * vocabulary + expected.get(i)] = -1f / expected.size();
        }
        return manager.create(gold, new Shape(expected.size(), vocabulary));
    }
}
