package sirkuit.checkpoint.tokenizer.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sirkuit.JsonFault;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.RegularFile;

/// A `tokenizer.json`. Vocabulary and merges may be tens of megabytes long, so they are read once and passed on, but
/// never held as a tree.
public final class TokenizerFile {
    private static final String MODEL = "model";
    private static final String VOCABULARY = "vocab";
    private static final String MERGES = "merges";

    /// The library's parser goes no deeper than 128.
    private static final int DEEPEST = 120;

    private static final long LARGEST = 1L << 30;

    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNestingDepth(1000)
                    .build())
            .build());

    private final Path file;
    private final byte[] json;
    private final ObjectNode outline;
    private final Map<String, Integer> vocabulary;

    private TokenizerFile(Path file, byte[] json, ObjectNode outline, Map<String, Integer> vocabulary) {
        this.file = file;
        this.json = json;
        this.outline = outline;
        this.vocabulary = vocabulary;
    }

    /// @throws Problem when it cannot be read or is not valid JSON; some invalid JSON makes the library end the
    ///         whole process
    public static TokenizerFile read(Path file) {
        try {
            RegularFile.require(file);
            if (Files.size(file) > LARGEST) {
                throw Problem.of("checkpoint.tokenizer.file-too-large", file);
            }
            return of(file, Files.readAllBytes(file));
        } catch (IOException e) {
            throw Problem.of(e, "ground.unreadable-file", file, e.getMessage());
        }
    }

    /// @param file to name in messages
    public static TokenizerFile of(Path file, byte[] json) {
        Map<String, Integer> vocabulary = new HashMap<>();
        try (JsonParser parser = MAPPER.createParser(json)) {
            requireSound(file, json);
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw unsound(file, Message.of("checkpoint.tokenizer.no-object"));
            }
            ObjectNode outline = MAPPER.createObjectNode();
            for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                if (field.equals(MODEL) && value == JsonToken.START_OBJECT) {
                    vocabulary.clear();
                    outline.set(MODEL, model(file, parser, vocabulary));
                } else if (field.equals(MODEL)) {
                    throw unsound(file, Message.of("checkpoint.tokenizer.model-not-object"));
                } else {
                    outline.set(field, MAPPER.<JsonNode>readTree(parser));
                }
            }
            return new TokenizerFile(file, json, outline, vocabulary);
        } catch (JsonProcessingException e) {
            throw unsound(file, JsonFault.located(e));
        } catch (IOException e) {
            // Bytes in memory are no file: only a character can be wrong.
            throw unsound(file, Message.of("checkpoint.tokenizer.not-unicode"));
        }
    }

    private static Problem unsound(Path file, Message why) {
        return Problem.of("checkpoint.tokenizer.not-json", file, why);
    }

    private static void requireSound(Path file, byte[] json) throws IOException {
        try (JsonParser parser = MAPPER.createParser(json)) {
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                boolean text = token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME;
                if (depth > DEEPEST
                        || (text && parser.getText().codePoints().anyMatch(TokenizerFile::isHalf))
                        || (token == JsonToken.VALUE_NUMBER_FLOAT && !Double.isFinite(parser.getDoubleValue()))) {
                    throw unsound(
                            file,
                            Message.of(
                                    "checkpoint.tokenizer.unsound-line",
                                    parser.currentLocation().getLineNr(),
                                    DEEPEST));
                }
            }
        }
    }

    /// Whether it is one half of a surrogate pair, without the other.
    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static ObjectNode model(Path file, JsonParser parser, Map<String, Integer> vocabulary) throws IOException {
        ObjectNode model = MAPPER.createObjectNode();
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (field.equals(VOCABULARY) && value == JsonToken.START_OBJECT) {
                vocabulary.clear();
                for (String word = parser.nextFieldName(); word != null; word = parser.nextFieldName()) {
                    vocabulary.put(word, parser.nextIntValue(-1));
                    parser.skipChildren();
                }
            } else if (field.equals(VOCABULARY) && value == JsonToken.START_ARRAY) {
                pieces(file, parser, vocabulary);
            } else if (field.equals(MERGES)) {
                model.putArray(MERGES); // merges show that it is a BPE model, if it has no type
                parser.skipChildren();
            } else {
                model.set(field, MAPPER.<JsonNode>readTree(parser));
            }
        }
        return model;
    }

    /// A Unigram model's: `[[piece, score], ...]`.
    private static void pieces(Path file, JsonParser parser, Map<String, Integer> vocabulary) throws IOException {
        vocabulary.clear();
        int id = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_ARRAY || parser.nextToken() != JsonToken.VALUE_STRING) {
                throw unsound(file, Message.of("checkpoint.tokenizer.not-pieces"));
            }
            vocabulary.put(parser.getText(), id++);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                parser.skipChildren();
            }
        }
    }

    public Path file() {
        return file;
    }

    public byte[] bytes() {
        return json;
    }

    /// A copy of everything except vocabulary and merges.
    public ObjectNode outline() {
        return outline.deepCopy();
    }

    /// Ids of the model's own tokens, without added ones.
    public Map<String, Integer> vocabulary() {
        return vocabulary;
    }

    /// `WordPiece`, `WordLevel`, `BPE` or `Unigram`; old files do not have it.
    public String modelType() {
        JsonNode model = outline.path(MODEL);
        if (model.path("type").isTextual()) {
            return model.path("type").textValue();
        }
        return model.has(MERGES) ? "BPE" : model.has("unk_id") ? "Unigram" : "WordPiece";
    }

    /// The file with everything except vocabulary and merges taken from `changed`.
    public String with(ObjectNode changed) {
        StringWriter text = new StringWriter(json.length + 1024);
        try (JsonParser parser = MAPPER.createParser(json);
                JsonGenerator out = MAPPER.createGenerator(text)) {
            out.writeStartObject();
            for (Map.Entry<String, JsonNode> field : changed.properties()) {
                if (!field.getKey().equals(MODEL)) {
                    out.writeFieldName(field.getKey());
                    out.writeTree(field.getValue());
                }
            }
            if (changed.has(MODEL)) {
                out.writeFieldName(MODEL);
                writeModel(parser, (ObjectNode) changed.get(MODEL), out);
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException(e); // input and output are in memory, and the input has been read before
        }
        return text.toString();
    }

    private static void writeModel(JsonParser parser, ObjectNode changed, JsonGenerator out) throws IOException {
        out.writeStartObject();
        for (Map.Entry<String, JsonNode> field : changed.properties()) {
            if (!field.getKey().equals(MERGES)) {
                out.writeFieldName(field.getKey());
                out.writeTree(field.getValue());
            }
        }
        parser.nextToken();
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (!field.equals(MODEL) || value != JsonToken.START_OBJECT) {
                parser.skipChildren();
                continue;
            }
            for (String part = parser.nextFieldName(); part != null; part = parser.nextFieldName()) {
                parser.nextToken();
                if (part.equals(VOCABULARY) || part.equals(MERGES)) {
                    out.writeFieldName(part);
                    copy(parser, out);
                } else {
                    parser.skipChildren();
                }
            }
        }
        out.writeEndObject();
    }

    /// Copies numbers digit by digit.
    private static void copy(JsonParser parser, JsonGenerator out) throws IOException {
        int depth = 0;
        do {
            out.copyCurrentEventExact(parser);
            JsonToken token = parser.currentToken();
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        } while (depth > 0 && parser.nextToken() != null);
    }

    /// The token for words that are not in the vocabulary; null when the model has none.
    public static @Nullable String unknownWord(ObjectNode outline, Map<String, Integer> vocabulary) {
        JsonNode model = outline.path(MODEL);
        if (model.path("unk_token").isTextual()) {
            return model.path("unk_token").textValue();
        }
        if (model.path("unk_id").isInt()) {
            int id = model.path("unk_id").intValue();
            return vocabulary.entrySet().stream()
                    .filter(e -> e.getValue() == id)
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(null);
        }
        return null;
    }
}
