package sirkuit.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.RegularFile;

/// The settings of a folder's tokenizer outside of `tokenizer.json`, merged as in transformers 5:
/// `tokenizer_config.json`, and `special_tokens_map.json` over it if there is no `added_tokens_decoder`.
///
/// @param merged the fields
/// @param from   the file that each field comes from, by its name
/// @param added  `added_tokens.json`: ids by token; null when it is not read
/// @param named  extra special tokens that are known as such when `added_tokens.json` is read
record TokenizerSettings(
        ObjectNode merged,
        Map<String, String> from,
        @Nullable JsonNode added,
        Set<String> named) {
    static final String CONFIG = "tokenizer_config.json";
    static final String SPECIAL = "special_tokens_map.json";
    static final String ADDED = "added_tokens.json";
    static final String EXTRA = "extra_special_tokens";
    private static final String OLD_EXTRA = "additional_special_tokens";
    static final String DECODER = "added_tokens_decoder";

    /// @throws Problem when one of the files is no JSON object
    static TokenizerSettings read(Path folder) {
        ObjectNode merged = object(folder.resolve(CONFIG)).orElseGet(Json.MAPPER::createObjectNode);
        Map<String, String> from = new HashMap<>();
        merged.fieldNames().forEachRemaining(name -> from.put(name, CONFIG));
        if (merged.has(OLD_EXTRA) && merged.path(EXTRA).isEmpty()) {
            merged.set(EXTRA, merged.remove(OLD_EXTRA));
        }
        if (merged.has(DECODER)) {
            return new TokenizerSettings(merged, from, null, Set.of());
        }
        ObjectNode special = object(folder.resolve(SPECIAL)).orElseGet(Json.MAPPER::createObjectNode);
        JsonNode older = special.remove(OLD_EXTRA);
        special.properties().forEach(e -> {
            merge(merged, e.getKey(), e.getValue());
            from.put(e.getKey(), SPECIAL);
        });
        Set<String> named = contents(merged.path(EXTRA));
        if (older != null && !merged.has(EXTRA)) {
            merged.set(EXTRA, older); // after added_tokens.json is read
            from.put(EXTRA, SPECIAL);
        }
        return new TokenizerSettings(merged, from, object(folder.resolve(ADDED)).orElse(null), named);
    }

    /// The tokens in a list. An object names roles instead, so it gives none.
    private static Set<String> contents(JsonNode extra) {
        Set<String> contents = new HashSet<>();
        for (JsonNode token : extra.isArray() ? extra : Json.MAPPER.createArrayNode()) {
            contents.add(
                    token.isTextual()
                            ? token.textValue()
                            : token.path("content").asText());
        }
        return contents;
    }

    private static void merge(ObjectNode merged, String key, JsonNode value) {
        if (key.equals(EXTRA) && value.isArray() && merged.path(EXTRA) instanceof ArrayNode there) {
            value.forEach(there::add);
        } else {
            merged.set(key, value);
        }
    }

    private static Optional<ObjectNode> object(Path file) {
        if (!RegularFile.isThere(file)) {
            return Optional.empty();
        }
        RegularFile.require(file);
        if (Json.tree(file) instanceof ObjectNode object) {
            return Optional.of(object);
        }
        throw Problem.of("checkpoint.tokenizer.not-json-object", file);
    }

    /// Whether a field is there and not null.
    boolean has(String field) {
        return merged.hasNonNull(field);
    }

    /// True or false; null when absent or null.
    ///
    /// @throws Problem when it is something else
    @Nullable
    Boolean flag(Path folder, String field) {
        JsonNode value = merged.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isBoolean()) {
            throw Problem.of("checkpoint.tokenizer.not-true-or-false", folder.resolve(file(field)), field, value);
        }
        return value.booleanValue();
    }

    /// A text; null when absent or null.
    @Nullable
    String text(String field) {
        return merged.path(field).isTextual() ? merged.path(field).textValue() : null;
    }

    /// The file that a field comes from.
    String file(String field) {
        return from.getOrDefault(field, CONFIG);
    }
}
