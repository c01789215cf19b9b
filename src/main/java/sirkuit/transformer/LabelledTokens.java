package sirkuit.transformer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sirkuit.Problem;
import sirkuit.checkpoint.tokenizer.TextTokenizer.Tokens;

/// Texts as the model reads them, with their gold labels.
///
/// @param tokens unpadded
/// @param labels class index of each
public record LabelledTokens(List<Tokens> tokens, int[] labels) {
    public LabelledTokens {
        tokens = List.copyOf(tokens);
        if (tokens.size() != labels.length) {
            throw new IllegalArgumentException(tokens.size() + " texts, " + labels.length + " labels");
        }
    }

    /// @throws Problem when the tokenizer gives ids that the model has no embedding for
    public static LabelledTokens of(List<Tokens> tokens, int[] labels, TransformerSpec spec) {
        for (Tokens text : tokens) {
            if (text.length() == 0) {
                throw Problem.of("transformer.text-without-tokens");
            }
            for (int id : text.ids()) {
                if (id < 0 || id >= spec.vocabulary()) {
                    throw Problem.of("transformer.token-outside-vocabulary", id, spec.vocabulary());
                }
            }
        }
        return new LabelledTokens(tokens, labels);
    }

    public int size() {
        return labels.length;
    }

    /// Tokens of one text.
    public int length(int index) {
        return tokens.get(index).length();
    }

    /// Tokens of the longest text; 0 without texts.
    public int longest() {
        return tokens.stream().mapToInt(Tokens::length).max().orElse(0);
    }

    /// Number of texts that were cut.
    public int truncated() {
        return (int) tokens.stream().filter(Tokens::truncated).count();
    }

    public LabelledTokens select(List<Integer> indices) {
        return new LabelledTokens(
                indices.stream().map(tokens::get).toList(),
                indices.stream().mapToInt(i -> labels[i]).toArray());
    }

    /// These texts, then others.
    public LabelledTokens and(LabelledTokens others) {
        return new LabelledTokens(
                Stream.concat(tokens.stream(), others.tokens.stream()).toList(),
                IntStream.concat(IntStream.of(labels), IntStream.of(others.labels))
                        .toArray());
    }

    /// The texts from `from` (inclusive) to `to` (exclusive).
    public LabelledTokens part(int from, int to) {
        return select(IntStream.range(from, to).boxed().toList());
    }

    /// All texts, repeated `times` times.
    public LabelledTokens repeated(int times) {
        return select(
                IntStream.range(0, times * size()).mapToObj(i -> i % size()).toList());
    }

    /// Indices in blocks of at most `size`, with texts of similar length together, so that there is little padding.
    public List<List<Integer>> byLength(int size) {
        List<Integer> order = IntStream.range(0, size())
                .boxed()
                .sorted(Comparator.comparingInt((Integer i) -> tokens.get(i).length())
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        List<List<Integer>> blocks = new ArrayList<>();
        for (int from = 0; from < order.size(); from += size) {
            blocks.add(order.subList(from, Math.min(from + size, order.size())));
        }
        return blocks;
    }
}
