package sirkuit.checkpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a `tokenizer.json` says of words that are not in its vocabulary. A WordLevel or WordPiece model makes its
/// `unk_token` of them, and where that is not in the vocabulary either the library ends the whole process.
final class UnknownWord {
    private final Set<String> vocabulary = new HashSet<>();
    private @Nullable String word;
    private @Nullable String type;
    private boolean merges;

    private UnknownWord() {}

    /// The `unk_token` that the model's vocabulary lacks; null when there is nothing wrong. BPE and Unigram are not
    /// judged: many never meet what they do not know.
    ///
    /// @param parser before the file's first token; what it reads is sound JSON
    static @Nullable String missing(JsonParser parser) throws IOException {
        UnknownWord found = new UnknownWord();
        if (parser.nextToken() == JsonToken.START_OBJECT) {
            for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
                if (parser.nextToken() == JsonToken.START_OBJECT && field.equals("model")) {
                    found.model(parser);
                } else {
                    parser.skipChildren();
                }
            }
        }
        boolean words = found.type == null
                ? !found.merges
                : Set.of("WordLevel", "WordPiece").contains(found.type);
        return words && found.word != null && !found.vocabulary.contains(found.word) ? found.word : null;
    }

    private void model(JsonParser parser) throws IOException {
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            switch (field) {
                case "unk_token" -> word = value == JsonToken.VALUE_STRING ? parser.getText() : null;
                case "type" -> type = value == JsonToken.VALUE_STRING ? parser.getText() : null;
                case "merges" -> merges = true;
                default -> {}
            }
            if (field.equals("vocab") && value == JsonToken.START_OBJECT) {
                vocabulary.clear();
                for (String known = parser.nextFieldName(); known != null; known = parser.nextFieldName()) {
                    vocabulary.add(known);
                    parser.nextToken();
                    parser.skipChildren();
                }
            } else {
                parser.skipChildren();
            }
        }
    }
}
