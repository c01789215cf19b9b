package sirkuit.engine.work;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.checkpoint.tokenizer.TextTokenizer;
import sirkuit.checkpoint.tokenizer.TextTokenizer.Piece;
import sirkuit.checkpoint.tokenizer.TextTokenizer.Tokens;
import sirkuit.dataset.Dataset.Example;
import sirkuit.record.Prompt;

/// How a checkpoint reads texts: singly, in pairs, or through a template.
///
/// @param prompt null to read the texts as they are
public record TextPreparation(
        TextTokenizer tokenizer, @Nullable Prompt prompt) {
    /// Tokens of each example, in the order given.
    List<Tokens> tokens(List<Example> examples) {
        List<String> texts = examples.stream().map(Example::text).toList();
        boolean pairs = !examples.isEmpty() && examples.getFirst().pair() != null;
        if (prompt != null) {
            requirePlace(prompt, pairs);
            return prompted(examples, prompt);
        }
        return pairs
                ? tokenizer.encode(texts, examples.stream().map(Example::pair).toList())
                : tokenizer.encode(texts);
    }

    private static void requirePlace(Prompt prompt, boolean pairs) {
        if (pairs != prompt.takesPairs()) {
            throw Problem.of(pairs ? "engine.work.template-without-pair" : "engine.work.template-with-pair");
        }
    }

    private List<Tokens> prompted(List<Example> examples, Prompt prompt) {
        List<Tokens> tokens = new ArrayList<>(tokenizer.encode(
                examples.stream().map(e -> prompt.fill(e.text(), e.pair())).toList()));
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).truncated()) {
                Tokens cut =
                        tokenizer.encode(List.of(cut(examples.get(i), prompt))).getFirst();
                tokens.set(i, new Tokens(cut.ids(), cut.types(), true));
            }
        }
        return tokens;
    }

    /// The position of each token of an example, in the text or in the filled template.
    public List<Piece> pieces(Example example) {
        return prompt == null
                ? tokenizer.pieces(example.text(), example.pair())
                : tokenizer.pieces(cut(example, prompt), null);
    }

    /// Fills the template. The text, or the longer of two, is cut until the prompt fits, because the model answers
    /// to its end.
    private String cut(Example example, Prompt prompt) {
        String text = example.text();
        String pair = example.pair();
        int special = tokenizer.encode(List.of("a")).getFirst().length() - tokenizer.plainIds("a").length;
        // Cutting a text may change the tokens beside the cut, so this repeats. Each time a text becomes shorter.
        while (!text.isEmpty()) {
            String filled = prompt.fill(text, pair);
            int over = tokenizer.plainIds(filled).length + Math.max(0, special) - tokenizer.maxLength();
            if (over <= 0) {
                return filled;
            }
            if (pair != null && tokenizer.plainIds(pair).length > tokenizer.plainIds(text).length) {
                pair = tokenizer.shortened(pair, over);
            } else {
                text = tokenizer.shortened(text, over);
            }
        }
        throw Problem.of("engine.worker.template-too-long", tokenizer.maxLength());
    }

    /// The tokens that represent the classes.
    ///
    /// @param labels class names in the order of the logits
    /// @throws Problem when a word is not one token, or two classes share one
    static List<Integer> words(TextTokenizer tokenizer, Map<String, String> verbalizer, List<String> labels) {
        List<Integer> words = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (String label : labels) {
            String word = verbalizer.get(label);
            if (word == null) {
                throw Problem.of("engine.worker.verbalizer-lacks-class", label);
            }
            int id = word(tokenizer, word);
            if (tokenizer.isUnknown(id)) {
                throw Problem.of("engine.worker.verbalizer-unknown-word", word);
            }
            if (!seen.add(id)) {
                throw Problem.of("engine.worker.verbalizer-shared-token", word);
            }
            words.add(id);
        }
        return words;
    }

    /// The token of a word, written alone or after another word.
    private static int word(TextTokenizer tokenizer, String word) {
        int[] ids = tokenizer.plainIds(word);
        int[] spaced = ids.length == 1 ? ids : tokenizer.plainIds(" " + word);
        if (spaced.length != 1) {
            throw Problem.of("engine.worker.verbalizer-split-word", word, ids.length);
        }
        return spaced[0];
    }
}
