package sirkuit.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import sirkuit.Problem;

/// What a tokenizer says of words that are not in its vocabulary. A WordLevel or WordPiece model makes its `unk_token`
/// of them, and where that is not in the vocabulary either the library ends the whole process.
final class UnknownWord {
    private UnknownWord() {}

    /// BPE and Unigram are not judged: many never meet what they do not know.
    ///
    /// @param outline    of the tokenizer
    /// @param vocabulary of its model, without added tokens
    /// @throws Problem when the vocabulary lacks the `unk_token`
    static void require(Path file, ObjectNode outline, Map<String, Integer> vocabulary) {
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
