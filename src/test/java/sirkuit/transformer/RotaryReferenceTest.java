package sirkuit.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.UsesEngine;
import sirkuit.checkpoint.CheckpointConfig;
import sirkuit.checkpoint.tokenizer.TextTokenizer.Tokens;
import sirkuit.transformer.family.GemmaFamily;
import sirkuit.transformer.family.LlamaFamily;
import sirkuit.transformer.family.ModernBertFamily;
import sirkuit.transformer.family.Purpose;

/// Frequencies that transformers computed in F32 (`src/test/python/make_rotary_reference.py`), for each way in which a
/// config.json of transformers 4 or 5 may write them.
@UsesEngine
class RotaryReferenceTest {
    @TempDir
    Path folder = Path.of("");

    static Stream<Arguments> cases(String kind) throws IOException {
        try (InputStream in = RotaryReferenceTest.class.getResourceAsStream("rotary.json")) {
            JsonNode cases = Json.MAPPER.readTree(Objects.requireNonNull(in)).path(kind);
            assertThat(cases).isNotEmpty();
            return StreamSupport.stream(cases.spliterator(), false)
                    .map(c -> Arguments.argumentSet(c.path("name").asText(), c));
        }
    }

    static Stream<Arguments> whole() throws IOException {
        return cases("whole");
    }

    static Stream<Arguments> partial() throws IOException {
        return cases("partial");
    }

    @ParameterizedTest
    @MethodSource("whole")
    void frequenciesAreThoseOfTransformers(JsonNode which) throws IOException {
        TransformerSpec spec = spec(which);
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            for (JsonNode expected : which.path("expected")) {
                Rotary rotary =
                        spec.attention().rotary().get(expected.path("layer").intValue());
                int length = expected.path("length").intValue();
                assertSame(rotary, length, expected);
                Tokens text = new Tokens(new int[length], null, false);
                float[] cosines = TokenBatch.of(manager, List.of(text), spec)
                        .turns(rotary, false)[0]
                        .toFloatArray();
                double[] wanted = numbers(expected.path("cosines"));
                for (int j = 0; j < wanted.length; j++) {
                    assertThat(cosines[(length - 1) * wanted.length + j])
                            .as("cosine %d at the last of %d positions", j, length)
                            .isCloseTo((float) wanted[j], within(2e-5f));
                }
            }
        }
    }

    /// None of the families turns a part of each head only, but what turns them can.
    @ParameterizedTest
    @MethodSource("partial")
    void theFirstHalfOfAHeadHasTheFrequenciesOfTransformers(JsonNode which) throws IOException {
        TransformerSpec spec = spec(which);
        Rotary whole = spec.attention().rotary().getFirst();
        Rotary half = new Rotary(whole.base(), spec.headSize() / 2, whole.scaling());
        JsonNode expected = which.path("expected").path(0);
        assertSame(half, expected.path("length").intValue(), expected);
    }

    private static void assertSame(Rotary rotary, int length, JsonNode expected) {
        double[] wanted = numbers(expected.path("frequencies"));
        double[] found = rotary.frequencies(length);
        assertThat(found).hasSameSizeAs(wanted);
        for (int j = 0; j < wanted.length; j++) {
            assertThat(found[j] / wanted[j])
                    .as("frequency %d of a text of %d tokens", j, length)
                    .isCloseTo(1, within(2e-6));
        }
        assertThat(rotary.attentionFactor())
                .isCloseTo(expected.path("attention").doubleValue(), within(1e-12));
    }

    private static double[] numbers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }

    private TransformerSpec spec(JsonNode which) throws IOException {
        return spec(Json.pretty(which.path("config")));
    }

    private TransformerSpec spec(String json) throws IOException {
        CheckpointConfig config = CheckpointConfig.read(Files.writeString(folder.resolve("config.json"), json));
        Purpose classifier = new Purpose(false, List.of("a", "b"), List.of());
        return switch (config.modelType()) {
            case "modernbert" -> ModernBertFamily.spec(config, classifier);
            case "gemma2", "gemma3_text" -> GemmaFamily.spec(config, classifier);
            default -> LlamaFamily.spec(config, classifier);
        };
    }

    @Test
    void whatWouldTurnThemOtherwiseIsRefusedByName() {
        assertRefused("llama", "\"rope_scaling\": {\"rope_type\": \"longrope\", \"factor\": 2}", "longrope");
        assertRefused("llama", "\"rope_parameters\": {\"partial_rotary_factor\": 0.5}", "partial_rotary_factor");
        assertRefused("llama", "\"rope_parameters\": {\"full_attention\": {}}", "for each layer type");
        assertRefused("gemma3_text", "\"rope_parameters\": {\"rope_theta\": 5.0}", "without full_attention");
        assertRefused("gemma3_text", "\"rope_parameters\": {\"full_attention\": {\"truncate\": false}}", "truncate");
        assertRefused("llama", "\"rope_scaling\": {\"type\": \"linear\"}", "factor");
    }

    /// What the same two ways say is what one of them says. transformers 5.18 gives the same logits for each.
    @Test
    void theSameSaidTwiceIsSaidOnce() throws IOException {
        String linear = "\"rope_scaling\": {\"type\": \"linear\", \"factor\": 2.0}, \"rope_theta\": 500.0";
        String fresh = "\"rope_parameters\": {\"rope_type\": \"linear\", \"factor\": 2, \"rope_theta\": 500}";
        assertSame(linear, fresh);
        assertSame(linear + ", " + fresh, fresh);
        assertSame("\"rope_theta\": 500, " + fresh, fresh);
        assertSame("\"rope_scaling\": {}, " + fresh, fresh);
        assertSame("\"rope_scaling\": null, " + fresh, fresh);
        assertSame(linear.replace("\"type\"", "\"rope_type\": \"linear\", \"type\""), fresh);
        assertSame("\"rope_scaling\": {}, \"rope_parameters\": {}", "\"rope_theta\": 10000");
    }

    private void assertSame(String setting, String other) throws IOException {
        assertThat(spec(config("llama", setting)).attention())
                .isEqualTo(spec(config("llama", other)).attention());
    }

    @Test
    void differentThingsOfTheRotaryPositionsAreRefusedByName() {
        String fresh = "\"rope_parameters\": {\"rope_type\": \"linear\", \"factor\": 2, \"rope_theta\": 500}";
        assertRefused(
                "llama",
                "\"rope_theta\": 10000.0, " + fresh,
                "rope_parameters.rope_theta = 500 and rope_theta = 10000");
        assertRefused(
                "llama",
                "\"rope_theta\": 500, \"rope_scaling\": {\"type\": \"linear\", \"factor\": 4}, " + fresh,
                "rope_scaling.factor");
        assertRefused(
                "llama",
                "\"rope_theta\": 500, \"rope_scaling\": {\"type\": \"dynamic\", \"factor\": 2}, " + fresh,
                "rope_scaling.rope_type");
        // transformers 5 takes rope_scaling then, and with it another theta.
        assertRefused(
                "llama",
                "\"rope_scaling\": {\"type\": \"linear\", \"factor\": 2}, " + fresh,
                "rope_scaling without rope_theta");
        assertRefused(
                "llama",
                "\"rope_scaling\": {\"type\": \"linear\", \"rope_type\": \"dynamic\", \"factor\": 2}",
                "type = \"linear\"");
        assertRefused(
                "gemma3_text",
                "\"rope_local_base_freq\": 123, \"rope_parameters\":"
                        + " {\"full_attention\": {}, \"sliding_attention\": {\"rope_theta\": 10000}}",
                "rope_local_base_freq = 123");
    }

    private void assertRefused(String family, String setting, String named) {
        assertThatThrownBy(() -> spec(config(family, setting)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("config.json")
                .hasMessageContaining(named);
    }

    private static String config(String family, String setting) {
        return "{\"model_type\": \"" + family + "\", \"hidden_size\": 16, \"num_hidden_layers\": 2,"
                + " \"num_attention_heads\": 2, \"intermediate_size\": 8, \"vocab_size\": 5,"
                + " \"max_position_embeddings\": 64, " + setting + "}";
    }
}
