package sirkuit.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sirkuit.Json;
import sirkuit.JsonFault;
import sirkuit.Problem;

/// The checked header of a safetensors file.
///
/// @param tensors  by name, in the order of their bytes
/// @param metadata the `__metadata__` entry, as it is
/// @param dataStart where the first tensor's bytes begin in the file
/// @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
record SafetensorsHeader(Map<String, TensorInfo> tensors, Map<String, String> metadata, long dataStart) {
    /// The format's own limit on a header.
    static final long LONGEST = 100_000_000;

    static final String DAMAGED = "The file is damaged or not a safetensors file. Fetch it again; nothing was changed.";
    private static final String METADATA = "__metadata__";

    /// @param json     the header's bytes
    /// @param dataSize how many bytes the file has after the header
    /// @throws Problem when anything at all is off: JSON, types, shapes, gaps, overlaps, length
    static SafetensorsHeader parse(Path file, byte[] json, long dataSize) {
        JsonNode root = readJson(file, json);
        Map<String, String> metadata = new LinkedHashMap<>();
        List<TensorInfo> tensors = new ArrayList<>();
        root.properties().forEach(entry -> {
            if (entry.getKey().equals(METADATA)) {
                if (!entry.getValue().isObject()) {
                    throw damaged(file, "its metadata is not an object");
                }
                entry.getValue().properties().forEach(m -> {
                    if (!m.getValue().isTextual()) {
                        throw damaged(file, "its metadata \"" + m.getKey() + "\" is not text");
                    }
                    metadata.put(m.getKey(), m.getValue().textValue());
                });
            } else {
                tensors.add(tensor(file, entry.getKey(), entry.getValue()));
            }
        });
        tensors.sort(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end));
        checkLayout(file, tensors, dataSize);
        Map<String, TensorInfo> byName = new LinkedHashMap<>();
        tensors.forEach(t -> byName.put(t.name(), t));
        return new SafetensorsHeader(byName, metadata, 8L + json.length);
    }

    private static JsonNode readJson(Path file, byte[] json) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
            if (!text.startsWith("{")) {
                throw damaged(file, "its header does not start with {");
            }
            return Json.MAPPER.readTree(text);
        } catch (CharacterCodingException e) {
            throw damaged(file, "its header is not UTF-8");
        } catch (JsonProcessingException e) {
            throw damaged(file, "its header is not valid JSON: " + JsonFault.words(e));
        }
    }

    private static TensorInfo tensor(Path file, String name, JsonNode entry) {
        if (!entry.isObject()) {
            throw damaged(file, "its entry \"" + name + "\" is not an object");
        }
        ElementType type = elementType(file, name, entry.path("dtype").asText());
        List<Long> shape = new ArrayList<>();
        for (long size : wholeNumbers(file, name, "shape", entry.path("shape"))) {
            shape.add(size);
        }
        long[] offsets = wholeNumbers(file, name, "data_offsets", entry.path("data_offsets"));
        if (offsets.length != 2 || offsets[0] > offsets[1]) {
            throw damaged(file, "the offsets of \"" + name + "\" are not a range");
        }
        TensorInfo info = new TensorInfo(name, type, List.copyOf(shape), offsets[0], offsets[1]);
        long expected;
        try {
            expected = Math.multiplyExact(info.size(), type.bytes());
        } catch (ArithmeticException e) {
            throw damaged(file, "the shape of \"" + name + "\" is impossibly large");
        }
        if (expected != info.bytes()) {
            throw damaged(
                    file,
                    "\"" + name + "\" has " + info.bytes() + " bytes where its shape " + shape + " of " + type
                            + " needs " + expected);
        }
        return info;
    }

    private static ElementType elementType(Path file, String name, String type) {
        try {
            return ElementType.valueOf(type);
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    file + " cannot be read: \"" + name + "\" has the unknown element type \"" + type + "\".",
                    "Save the checkpoint again as F32, F16 or BF16 safetensors.");
        }
    }

    private static long[] wholeNumbers(Path file, String name, String field, JsonNode array) {
        if (!array.isArray()) {
            throw damaged(file, "\"" + name + "\" has no " + field);
        }
        long[] values = new long[array.size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode value = array.get(i);
            if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
                throw damaged(file, "the " + field + " of \"" + name + "\" are not whole numbers");
            }
            values[i] = value.longValue();
        }
        return values;
    }

    private static void checkLayout(Path file, List<TensorInfo> tensors, long dataSize) {
        long expected = 0;
        for (TensorInfo t : tensors) {
            if (t.begin() != expected) {
                String how = t.begin() < expected ? "overlaps the tensor before it" : "leaves a gap before it";
                throw damaged(file, "\"" + t.name() + "\" " + how);
            }
            expected = t.end();
        }
        if (expected > dataSize) {
            throw new Problem(
                    file + " is " + grouped(expected - dataSize) + " bytes shorter than its header says.",
                    "The download is probably incomplete. Fetch the file again; nothing was changed.");
        }
        if (expected < dataSize) {
            throw new Problem(
                    file + " is " + grouped(dataSize - expected) + " bytes longer than its header says.",
                    "Something was added to the file. Fetch it again; nothing was changed.");
        }
    }

    private static String grouped(long n) {
        return String.format(java.util.Locale.ROOT, "%,d", n).replace(',', ' ');
    }

    static Problem damaged(Path file, String reason) {
        return new Problem(file + " cannot be read: " + reason + ".", DAMAGED);
    }
}
