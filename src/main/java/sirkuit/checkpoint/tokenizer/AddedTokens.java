package sirkuit.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sirkuit.Json;

/// Tokens that are found in a text before the tokenizer's model sees it, numbered as in the tokenizers library.
final class AddedTokens {
    private final Map<String, Integer> vocabulary;
    private final Map<String, Token> tokens = new LinkedHashMap<>();
    private final Map<String, Integer> ids = new LinkedHashMap<>();
    private int highest = -1;

    /// @param vocabulary ids of the model's own tokens
    AddedTokens(Map<String, Integer> vocabulary) {
        this.vocabulary = vocabulary;
    }

    /// @param content    the text to find
    /// @param singleWord whether it must be a separate word
    /// @param lstrip     whether spaces before it belong to it
    /// @param rstrip     whether spaces after it belong to it
    /// @param normalized whether it is looked for in the normalized text
    /// @param special    whether it is a special token
    record Token(
            String content, boolean singleWord, boolean lstrip, boolean rstrip, boolean normalized, boolean special) {
        /// A token as transformers makes it from plain text.
        static Token special(String content) {
            return new Token(content, false, false, false, false, true);
        }

        /// A token as transformers reads it; null if the JSON is not one.
        static @Nullable Token of(JsonNode json) {
            if (json.isTextual()) {
                return special(json.textValue());
            }
            if (!json.path("content").isTextual()) {
                return null;
            }
            boolean special = json.path("special").asBoolean(false);
            return new Token(
                    json.path("content").textValue(),
                    json.path("single_word").asBoolean(false),
                    json.path("lstrip").asBoolean(false),
                    json.path("rstrip").asBoolean(false),
                    json.path("normalized").asBoolean(!special),
                    special);
        }

        Token asSpecial() {
            return new Token(content, singleWord, lstrip, rstrip, normalized, true);
        }
    }

    /// Whether the others keep their numbers if the special ones are left out.
    boolean canSplitSpecials() {
        AddedTokens rest = new AddedTokens(vocabulary);
        tokens.values().stream().filter(t -> !t.special).forEach(rest::add);
        return rest.ids.entrySet().stream().allMatch(e -> e.getValue().equals(ids.get(e.getKey())));
    }

    boolean has(String content) {
        return tokens.containsKey(content);
    }

    @Nullable
    Token get(String content) {
        return tokens.get(content);
    }

    /// Adds a token. An existing token gets the new settings and keeps its place.
    void add(Token token) {
        if (token.content.isEmpty()) {
            return;
        }
        if (tokens.put(token.content, token) == null) {
            int id = vocabulary.getOrDefault(token.content, Math.max(highest + 1, vocabulary.size()));
            ids.put(token.content, id);
            highest = Math.max(highest, id);
        }
    }

    /// The id of a token, added or of the model; -1 if there is none.
    int id(String content) {
        return ids.getOrDefault(content, vocabulary.getOrDefault(content, -1));
    }

    /// The number of tokens, including those of the model.
    int size() {
        return vocabulary.size()
                + (int) tokens.keySet().stream()
                        .filter(t -> !vocabulary.containsKey(t))
                        .count();
    }

    /// The ids of the tokens that are looked for.
    Set<Integer> ids(boolean splitSpecials) {
        return tokens.values().stream()
                .filter(t -> !splitSpecials || !t.special)
                .map(t -> id(t.content))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// The tokens in the format of `tokenizer.json`.
    ///
    /// @param splitSpecials leaves out the special ones, so that they are read as ordinary text
    ArrayNode json(boolean splitSpecials) {
        ArrayNode list = Json.MAPPER.createArrayNode();
        tokens.values().stream().filter(t -> !splitSpecials || !t.special).forEach(t -> list.addObject()
                .put("id", id(t.content))
                .put("content", t.content)
                .put("single_word", t.singleWord)
                .put("lstrip", t.lstrip)
                .put("rstrip", t.rstrip)
                .put("normalized", t.normalized)
                .put("special", t.special));
        return list;
    }
}
