package sirkuit.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sirkuit.Json;
import sirkuit.Shared;
import sirkuit.UsesEngine;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.tokenizer.TextTokenizer.Tokens;
import sirkuit.device.Backend;
import sirkuit.transformer.family.Families;

/// Every family drops while it trains where its model in transformers does, with the same probabilities: with the same
/// masks a training pass gives the same logits (`src/test/python/make_dropout_reference.py`).
@UsesEngine
class DropoutReferenceTest {
    private static final int SEED = 20_260_731;

    @TempDir
    Path folder = Path.of("");

    static Stream<JsonNode> passes() throws IOException {
        try (InputStream in = DropoutReferenceTest.class.getResourceAsStream("dropout.json")) {
            JsonNode cases = Json.MAPPER.readTree(Objects.requireNonNull(in));
            return StreamSupport.stream(cases.spliterator(), false);
        }
    }

    static Stream<JsonNode> allAlike() throws IOException {
        return passes().filter(p -> p.path("probabilities").asText().equals("all 0.3"));
    }

    @ParameterizedTest
    @MethodSource("passes")
    void aTrainingPassDropsWhereTransformersDrops(JsonNode which) throws IOException {
        try (ProxyModel model = load(which, (ObjectNode) which.path("written"));
                NDManager manager = model.manager().newSubManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            assertThat(model.spec().dropout().none())
                    .isEqualTo(which.path("sites").isEmpty());
            int draws = which.path("seeds").size();
            JniUtils.setSeed(SEED);
            for (int i = 0; i < draws; i++) {
                assertThat(draw(manager)).isEqualTo(which.path("seeds").path(i).longValue());
            }
            long next = draw(manager);

            JniUtils.setSeed(SEED);
            float[] logits = new ForwardPass(
                            model.network(), ActivationHook.NONE, model.spec().dropout(), true, () -> {})
                    .logits(batch(manager, which, model.spec()))
                    .toFloatArray();

            assertThat(draw(manager)).as("masks drawn: " + draws).isEqualTo(next);
            List<Float> expected = new ArrayList<>();
            which.path("logits").forEach(row -> row.forEach(v -> expected.add(v.floatValue())));
            assertThat(logits).hasSize(expected.size());
            for (int i = 0; i < logits.length; i++) {
                assertThat(logits[i]).as(which.path("sites") + " logit " + i).isCloseTo(expected.get(i), within(2e-5f));
            }
        }
    }

    /// `--dropout 0.3` is what a configuration with 0.3 in all of the family's fields is.
    @ParameterizedTest
    @MethodSource("allAlike")
    void oneProbabilityForAllGoesWhereTheConfigurationsOwnGo(JsonNode which) throws IOException {
        TransformerSpec.Dropout written;
        try (ProxyModel model = load(which, (ObjectNode) which.path("written"))) {
            written = model.spec().dropout();
        }
        try (ProxyModel model = load(which, Json.MAPPER.createObjectNode())) {
            assertThat(model.spec().dropout().all(0.3)).isEqualTo(written);
            assertThat(model.spec().dropout().all(0).none()).isTrue();
        }
    }

    /// The masks of the reference would be told apart from those of another place or probability.
    @Test
    void anotherPlaceOrProbabilityGivesOtherLogits() throws IOException {
        JsonNode which = passes().findFirst().orElseThrow();
        try (ProxyModel model = load(which, (ObjectNode) which.path("written"));
                NDManager manager = model.manager().newSubManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            TokenBatch batch = batch(manager, which, model.spec());
            float expected = which.path("logits").path(0).path(0).floatValue();
            for (TransformerSpec.Dropout other : List.of(
                    TransformerSpec.Dropout.NONE,
                    TransformerSpec.Dropout.of(0.21, 0.13, 0.13),
                    TransformerSpec.Dropout.of(0.21, 0.14, 0.34),
                    TransformerSpec.Dropout.of(0.22, 0.13, 0.34))) {
                JniUtils.setSeed(SEED);
                float[] logits = new ForwardPass(model.network(), ActivationHook.NONE, other, true, () -> {})
                        .logits(batch)
                        .toFloatArray();
                assertThat(Math.abs(logits[0] - expected)).as(other.toString()).isGreaterThan(1e-3f);
            }
        }
    }

    private static long draw(NDManager manager) {
        try (NDArray drawn = manager.randomInteger(0, Long.MAX_VALUE, new Shape(1), DataType.INT64)) {
            return drawn.getLong();
        }
    }

    private static TokenBatch batch(NDManager manager, JsonNode which, TransformerSpec spec) {
        List<Tokens> texts = new ArrayList<>();
        for (JsonNode row : which.path("ids")) {
            int[] ids = new int[row.size()];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = row.path(i).intValue();
            }
            texts.add(new Tokens(ids, null, false));
        }
        return TokenBatch.of(manager, texts, spec);
    }

    private ProxyModel load(JsonNode which, ObjectNode written) throws IOException {
        String family = which.path("family").asText();
        Path original = family.equals("modernbert")
                ? Path.of("src/test/resources/sirkuit/reference/modernbert/model")
                : Shared.path("golden/" + family + "/model");
        Path copy = Files.createDirectories(folder.resolve(family + written.size()));
        try (Stream<Path> files = Files.list(original)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        Path file = copy.resolve("config.json");
        ObjectNode config = (ObjectNode) Json.tree(file);
        which.path("absent").forEach(field -> config.remove(field.asText()));
        config.setAll(written);
        Files.writeString(file, Json.pretty(config));
        List<Integer> words = new ArrayList<>();
        which.path("words").forEach(w -> words.add(w.intValue()));
        return Families.load(Checkpoint.open(copy), List.of(), words, Backend.start("cpu", 1));
    }
}
