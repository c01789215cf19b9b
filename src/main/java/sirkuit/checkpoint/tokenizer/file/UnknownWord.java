package sirkuit.checkpoint.tokenizer.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import sirkuit.Problem;

/// Checks how a tokenizer handles words that are not in its vocabulary. A WordLevel or WordPiece model replaces them by
/// its `unk_token`. If that is not in the vocabulary either, the library ends the whole process.
public final class UnknownWord {
    private UnknownWord() {}

    /// Checks WordLevel and WordPiece models only. Many BPE and Unigram models never meet an unknown word.
    ///
    /// @param outline    of the tokenizer
    /// @param vocabulary of its model, without added tokens
    /// @throws Problem when the vocabulary lacks the `unk_token`
    public static void require(Path file, ObjectNode outline, Map<String, Integer> vocabulary) {
        String type = outline.path("model").path("type").asText();
        boolean words = type.isEmpty()
                ? !outline.path("model").has("merges")
                : Set.of("WordLevel", "WordPiece").contains(type);
        String word = TokenizerFile.unknownWord(outline, vocabulary);
        if (words && word != null && !vocabulary.containsKey(word)) {
            throw Problem.of("checkpoint.tokenizer.unk-token-missing", file, word);
        }
    }
}
