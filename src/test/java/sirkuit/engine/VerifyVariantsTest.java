package sirkuit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.Shared;
import sirkuit.UsesProcess;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.ElementType;
import sirkuit.checkpoint.Elements;
import sirkuit.checkpoint.SafetensorsWriter;
import sirkuit.checkpoint.TensorInfo;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;

/// Reference cases in 16 bits, of pairs of texts, of a language model that names no classes
/// (`src/test/python/make_verify_variants.py`).
@UsesProcess
class VerifyVariantsTest {
    private static final Map<String, ElementType> TYPES =
            Map.of("float32", ElementType.F32, "float16", ElementType.F16, "bfloat16", ElementType.BF16);

    @TempDir
    Path folder = Path.of("");

    private static JsonNode variants() throws IOException {
        try (InputStream in = VerifyVariantsTest.class.getResourceAsStream("verify-variants.json")) {
            return Json.MAPPER.readTree(Objects.requireNonNull(in));
        }
    }

    @Test
    void theyAreMet() throws Exception {
        List<String> places = new ArrayList<>();
        for (JsonNode variant : variants()) {
            places.add(write(variant, "case" + places.size()));
        }
        Path written = folder.resolve("written");
        List<Event.Verified> verified = verify(places, written.toString());
        assertThat(verified).hasSameSizeAs(places);
        assertThat(verified).allSatisfy(v -> {
            assertThat(v.passed()).as(v.name() + " " + v.deviations()).isTrue();
            assertThat(v.deviations())
                    .containsKeys(
                            "input_ids",
                            "attention_mask",
                            "logits",
                            "masked_finetuning/losses",
                            "masked_finetuning/logits_after",
                            "masked_finetuning/changed",
                            "frozen entries changed");
            assertThat(v.deviations().get("masked_finetuning/changed"))
                    .as(v.name())
                    .isLessThan(1e-3);
            JsonNode expected = Json.tree(folder.resolve(v.name()).resolve("expected.json"));
            JsonNode computed = Json.tree(written.resolve(v.name() + ".json"));
            assertThat(computed.path("attention_mask")).isEqualTo(expected.path("attention_mask"));
        });
    }

    /// What is compared can fail.
    @Test
    void aCaseThatSaysOtherwiseFails() throws Exception {
        JsonNode variant = variants().path(1); // BF16, pairs
        Map<String, String> changed = Map.of(
                "attention_mask", "/attention_mask/0/0",
                "logits", "/logits/0/0",
                "masked_finetuning/changed",
                        "/masked_finetuning/changed/bert.encoder.layer.0.attention.self.value.weight/sum_abs_delta",
                "masked_finetuning/losses", "/masked_finetuning/losses/2");
        JsonNode other = variant.deepCopy();
        changed.values().forEach(pointer -> {
            JsonNode parent = other.path("expected").at(pointer.substring(0, pointer.lastIndexOf('/')));
            String last = pointer.substring(pointer.lastIndexOf('/') + 1);
            if (parent instanceof ArrayNode array) {
                int at = Integer.parseInt(last);
                array.set(at, Json.MAPPER.valueToTree(array.get(at).asDouble() + 0.01));
            } else {
                ((ObjectNode) parent).put(last, parent.path(last).asDouble() + 0.01);
            }
        });
        Event.Verified v = verify(List.of(write(other, "other")), null).getFirst();
        assertThat(v.passed()).isFalse();
        changed.keySet().forEach(quantity -> assertThat(v.deviations().get(quantity))
                .as(quantity)
                .isGreaterThan(v.tolerances().get(quantity)));
        assertThat(v.deviations().get("input_ids")).isZero();
    }

    @Test
    void textsWithoutTheirPairsOrLabelsAreRefusedByName() throws Exception {
        for (String field : List.of("text_pairs", "labels")) {
            ObjectNode variant = variants().path(1).deepCopy();
            ((ArrayNode) variant.path("expected").path(field)).remove(0);
            List<Event> events = ask(List.of(write(variant, "without-" + field)), null);
            Event.Failed failed = EngineProcess.only(events, Event.Failed.class);
            assertThat(failed.what()).contains("expected.json").contains(field);
        }
    }

    private static List<Event> ask(List<String> places, String to) throws InterruptedException {
        try (EngineProcess engine = new EngineProcess()) {
            return engine.ask(new Request.Verify(places, to));
        }
    }

    private static List<Event.Verified> verify(List<String> places, String to) throws InterruptedException {
        return ask(places, to).stream()
                .filter(Event.Verified.class::isInstance)
                .map(Event.Verified.class::cast)
                .toList();
    }

    /// A shared case's checkpoint in the variant's type, with what the variant expects.
    private String write(JsonNode variant, String name) throws IOException {
        Path original = Shared.path("golden/" + variant.path("case").asText() + "/model");
        Path model = Files.createDirectories(folder.resolve(name).resolve("model"));
        try (Stream<Path> files = Files.list(original)) {
            for (Path file :
                    files.filter(f -> !f.toString().endsWith(".safetensors")).toList()) {
                Files.copy(file, model.resolve(file.getFileName()));
            }
        }
        ObjectNode config = (ObjectNode) Json.tree(model.resolve("config.json"));
        variant.path("removed").forEach(field -> config.remove(field.asText()));
        Files.writeString(model.resolve("config.json"), Json.pretty(config));
        ObjectNode tokenizer = (ObjectNode) Json.tree(model.resolve("tokenizer_config.json"));
        tokenizer.setAll((ObjectNode) variant.path("tokenizer_config"));
        Files.writeString(model.resolve("tokenizer_config.json"), Json.pretty(tokenizer));
        ElementType type =
                Objects.requireNonNull(TYPES.get(variant.path("dtype").asText()));
        Checkpoint before = Checkpoint.open(original);
        List<TensorInfo> tensors = before.weights().tensors().values().stream()
                .map(t -> new TensorInfo(t.name(), type, t.shape(), 0, t.size() * type.bytes()))
                .toList();
        SafetensorsWriter.write(model.resolve("model.safetensors"), tensors, Map.of("format", "pt"), t -> {
            ByteBuffer in = before.weights().bytes(t.name());
            ByteBuffer out = ByteBuffer.allocate((int) t.bytes()).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < t.size(); i++) {
                Elements.put(out, i, Elements.get(in, i, ElementType.F32), type);
            }
            return out;
        });
        Files.writeString(folder.resolve(name).resolve("expected.json"), Json.pretty(variant.path("expected")));
        return folder.resolve(name).toString();
    }
}
