package sirkuit.checkpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sirkuit.Json;
import sirkuit.JsonFault;
import sirkuit.Message;
import sirkuit.Problem;

/// The checked header of a safetensors file.
///
/// @param tensors  by name, in the order of their bytes
/// @param metadata the `__metadata__` entry, as it is
/// @param dataStart where the first tensor's bytes begin in the file
/// @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
record SafetensorsHeader(Map<String, TensorInfo> tensors, Map<String, String> metadata, long dataStart) {
    /// The format allows 100 MB. The largest models need less than one.
    static final long LONGEST = 25_000_000;

    private static final int MOST_TENSORS = 100_000;
    private static final int MOST_DIMENSIONS = 32;
    private static final int LONGEST_NAME = 1_000;

    private static final String METADATA = "__metadata__";

    /// @param json     the header's bytes
    /// @param dataSize how many bytes the file has after the header
    /// @throws Problem when anything is wrong: JSON, types, shapes, gaps, overlaps, length
    static SafetensorsHeader parse(Path file, byte[] json, long dataSize) {
        Map<String, String> metadata = new LinkedHashMap<>();
        List<TensorInfo> tensors = new ArrayList<>();
        try (JsonParser parser = Json.MAPPER.createParser(text(file, json))) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (name.length() > LONGEST_NAME) {
                    throw damaged(file, Message.of("checkpoint.header-name-too-long", LONGEST_NAME));
                }
                parser.nextToken();
                if (name.equals(METADATA)) {
                    metadata(file, parser, metadata);
                } else if (tensors.size() == MOST_TENSORS) {
                    throw damaged(file, Message.of("checkpoint.header-too-many-tensors", MOST_TENSORS));
                } else {
                    tensors.add(tensor(file, name, parser));
                }
            }
            if (parser.nextToken() != null) {
                throw damaged(file, Message.of("checkpoint.header-goes-on"));
            }
        } catch (JsonProcessingException e) {
            throw damaged(file, Message.of("checkpoint.header-not-json", JsonFault.words(e)));
        } catch (IOException e) {
            throw new IllegalStateException(e); // a text in memory is no file
        }
        tensors.sort(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end));
        checkLayout(file, tensors, dataSize);
        Map<String, TensorInfo> byName = new LinkedHashMap<>();
        tensors.forEach(t -> byName.put(t.name(), t));
        return new SafetensorsHeader(byName, metadata, 8L + json.length);
    }

    private static String text(Path file, byte[] json) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
            if (!text.startsWith("{")) {
                throw damaged(file, Message.of("checkpoint.header-no-brace"));
            }
            return text;
        } catch (CharacterCodingException e) {
            throw damaged(file, Message.of("checkpoint.header-not-utf-8"));
        }
    }

    /// Some writers write null for empty metadata. The reference library reads it too.
    private static void metadata(Path file, JsonParser parser, Map<String, String> metadata) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw damaged(file, Message.of("checkpoint.metadata-not-object"));
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                throw damaged(file, Message.of("checkpoint.metadata-not-text", name));
            }
            metadata.put(name, parser.getText());
        }
    }

    private static TensorInfo tensor(Path file, String name, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw damaged(file, Message.of("checkpoint.entry-not-object", name));
        }
        String dtype = "";
        List<Long> shape = null;
        List<Long> offsets = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (field) {
                case "dtype" -> dtype = value == JsonToken.VALUE_STRING ? parser.getText() : "";
                case "shape" -> shape = wholeNumbers(file, name, field, parser);
                case "data_offsets" -> offsets = wholeNumbers(file, name, field, parser);
                default -> {}
            }
            parser.skipChildren();
        }
        return tensor(file, name, dtype, given(file, name, "shape", shape), given(file, name, "data_offsets", offsets));
    }

    private static TensorInfo tensor(Path file, String name, String dtype, List<Long> shape, List<Long> offsets) {
        ElementType type = elementType(file, name, dtype);
        if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
            throw damaged(file, Message.of("checkpoint.offsets-not-range", name));
        }
        TensorInfo info = new TensorInfo(name, type, List.copyOf(shape), offsets.get(0), offsets.get(1));
        long expected;
        try {
            expected = Math.multiplyExact(info.size(), type.bytes());
        } catch (ArithmeticException e) {
            throw damaged(file, Message.of("checkpoint.shape-too-large", name));
        }
        if (expected != info.bytes()) {
            throw damaged(
                    file, Message.of("checkpoint.bytes-against-shape", name, info.bytes(), shape, type, expected));
        }
        return info;
    }

    private static ElementType elementType(Path file, String name, String type) {
        try {
            return ElementType.valueOf(type);
        } catch (IllegalArgumentException e) {
            throw Problem.of("checkpoint.unknown-element-type", file, name, shortened(type));
        }
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }

    private static List<Long> given(Path file, String name, String field, @Nullable List<Long> values) {
        if (values == null) {
            throw damaged(file, Message.of("checkpoint.entry-without-field", name, field));
        }
        return values;
    }

    private static List<Long> wholeNumbers(Path file, String name, String field, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw damaged(file, Message.of("checkpoint.entry-without-field", name, field));
        }
        List<Long> values = new ArrayList<>();
        for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
            if (t != JsonToken.VALUE_NUMBER_INT
                    || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    || parser.getLongValue() < 0) {
                throw damaged(file, Message.of("checkpoint.entry-not-whole-numbers", name, field));
            }
            if (values.size() == MOST_DIMENSIONS) {
                throw damaged(file, Message.of("checkpoint.entry-too-many-numbers", name, field, MOST_DIMENSIONS));
            }
            values.add(parser.getLongValue());
        }
        return values;
    }

    private static void checkLayout(Path file, List<TensorInfo> tensors, long dataSize) {
        long expected = 0;
        for (TensorInfo t : tensors) {
            if (t.begin() != expected) {
                throw damaged(
                        file,
                        Message.of(
                                t.begin() < expected ? "checkpoint.tensor-overlaps" : "checkpoint.tensor-after-gap",
                                t.name()));
            }
            expected = t.end();
        }
        if (expected > dataSize) {
            throw Problem.of("checkpoint.file-too-short", file, grouped(expected - dataSize));
        }
        if (expected < dataSize) {
            throw Problem.of("checkpoint.file-too-long", file, grouped(dataSize - expected));
        }
    }

    private static String grouped(long n) {
        return String.format(java.util.Locale.ROOT, "%,d", n).replace(',', ' ');
    }

    static Problem damaged(Path file, Message reason) {
        return Problem.of("checkpoint.safetensors-damaged", file, reason);
    }
}
