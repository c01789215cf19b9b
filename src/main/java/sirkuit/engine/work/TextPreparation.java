package sirkuit.engine.work;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
                Cut shorter = cut(examples.get(i), prompt);
                Tokens cut = tokenizer
                        .encode(List.of(prompt.fill(shorter.text, shorter.pair)))
                        .getFirst();
                tokens.set(i, new Tokens(cut.ids(), cut.types(), true));
            }
        }
        return tokens;
    }

    /// The position of each token of an example, in the text or in the filled template.
    public List<Piece> pieces(Example example) {
        if (prompt == null) {
            return tokenizer.pieces(example.text(), example.pair());
        }
        Cut cut = cut(example, prompt);
        return tokenizer.pieces(prompt.fill(cut.text, cut.pair), null);
    }

    /// The position of each token of an example in its texts. The template's own tokens have none, like special tokens.
    public List<Piece> piecesOfTexts(Example example) {
        return prompt == null ? pieces(example) : placed(example, cut(example, prompt), prompt);
    }

    private List<Piece> placed(Example example, Cut cut, Prompt filling) {
        List<Prompt.Place> places = new ArrayList<>();
        String filled = filling.fill(cut.text, cut.pair, places::add);
        return tokenizer.pieces(filled, null).stream()
                .map(p -> placed(p, places, example, cut))
                .toList();
    }

    private Piece placed(Piece piece, List<Prompt.Place> places, Example example, Cut cut) {
        for (Prompt.Place place : places) {
            String kept = place.part() == 0 ? cut.text : Objects.requireNonNull(cut.pair);
            String whole = place.part() == 0 ? example.text() : Objects.requireNonNull(example.pair());
            int start = Math.max(0, piece.start() - place.start());
            int end = Math.min(kept.length(), piece.end() - place.start());
            if (piece.start() >= 0 && start < end) {
                int lost = tokenizer.keepsEnd() ? whole.length() - kept.length() : 0;
                return new Piece(piece.text(), start + lost, end + lost, place.part());
            }
        }
        return new Piece(piece.text(), -1, -1, 0);
    }

    /// What is left of the texts when the prompt is too long.
    private record Cut(String text, @Nullable String pair) {}

    /// Cuts the text, or the longer of two, until the prompt fits, because the model answers to its end.
    private Cut cut(Example example, Prompt prompt) {
        String text = example.text();
        String pair = example.pair();
        int special = tokenizer.encode(List.of("a")).getFirst().length() - tokenizer.plainIds("a").length;
        // Cutting a text may change the tokens beside the cut, so this repeats. Each time a text becomes shorter.
        while (!text.isEmpty()) {
            String filled = prompt.fill(text, pair);
            int over = tokenizer.plainIds(filled).length + Math.max(0, special) - tokenizer.maxLength();
            if (over <= 0) {
                return new Cut(text, pair);
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
