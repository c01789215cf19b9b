package sirkuit.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.Shared;
import sirkuit.UsesEngine;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.tokenizer.TextTokenizer.Tokens;
import sirkuit.device.Backend;
import sirkuit.mask.HeadMask;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TransformerSpec;
import sirkuit.transformer.family.Families;

/// Bias-only, top-layers and L2-SP fine-tuning against transformers and torch.optim.AdamW
/// (src/test/python/make_rivals_reference.py).
@UsesEngine
class RivalsTest {
    private static final JsonNode REFERENCE = reference();

    @TempDir
    Path folder = Path.of("");

    private static JsonNode reference() {
        try (InputStream in = RivalsTest.class.getResourceAsStream("rivals.json")) {
            return Json.MAPPER.readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static JsonNode golden(String family) throws IOException {
        return Json.MAPPER.readTree(
                Shared.path("golden").resolve(family).resolve("expected.json").toFile());
    }

    private static ProxyModel load(String family) throws IOException {
        Path folder = Shared.path("golden").resolve(family).resolve("model");
        List<Integer> words = new ArrayList<>();
        golden(family).path("label_token_ids").forEach(id -> words.add(id.intValue()));
        return Families.load(
                Checkpoint.open(folder),
                words.isEmpty() ? List.of() : List.of("a", "b", "c"),
                words,
                Backend.start("cpu", 2));
    }

    private static int[] numbers(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false)
                .mapToInt(JsonNode::intValue)
                .toArray();
    }

    /// The texts of a shared case, without what fills them up.
    private static LabelledTokens texts(String family) throws IOException {
        JsonNode golden = golden(family);
        List<Tokens> tokens = new ArrayList<>();
        for (int i = 0; i < golden.get("labels").size(); i++) {
            int[] mask = numbers(golden.get("attention_mask").get(i));
            int[] ids = numbers(golden.get("input_ids").get(i));
            List<Integer> own = java.util.stream.IntStream.range(0, ids.length)
                    .filter(at -> mask[at] == 1)
                    .mapToObj(at -> ids[at])
                    .toList();
            tokens.add(new Tokens(own.stream().mapToInt(n -> n).toArray(), null, false));
        }
        return new LabelledTokens(tokens, numbers(golden.get("labels")));
    }

    private static TrainableParameters trained(ProxyModel model, String way) {
        return switch (way) {
            case "full" -> TrainableParameters.full(model);
            case "biases" -> TrainableParameters.biases(model, false);
            case "biases+head" -> TrainableParameters.biases(model, true);
            default -> TrainableParameters.topLayers(model, Integer.parseInt(way.substring("top-layers-".length())));
        };
    }

    static Stream<Arguments> cases() {
        return StreamSupport.stream(REFERENCE.get("cases").spliterator(), false)
                .map(c -> Arguments.of(
                        c.get("family").asText(),
                        c.get("way").asText(),
                        c.get("l2sp").doubleValue(),
                        c));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("cases")
    void stepsAreThoseOfPyTorchAndWhatIsFrozenStaysToTheBit(String family, String way, double l2sp, JsonNode expected)
            throws IOException {
        LabelledTokens texts = texts(family);
        try (ProxyModel model = load(family);
                TrainableParameters p = trained(model, way)) {
            assertThat(p.count()).isEqualTo(expected.get("trainable").longValue());
            double[] losses = MaskedTuning.constantSteps(
                    p,
                    texts,
                    REFERENCE.get("steps").intValue(),
                    REFERENCE.get("learning_rate").doubleValue(),
                    REFERENCE.get("weight_decay").doubleValue(),
                    l2sp,
                    () -> {});
            for (int i = 0; i < losses.length; i++) {
                assertThat(losses[i]).isCloseTo(expected.get("losses").get(i).doubleValue(), within(2e-5));
            }
            float[] after = Evaluation.logits(p.network(), model.manager(), texts, () -> {});
            JsonNode rows = expected.get("logits_after");
            for (int i = 0; i < after.length; i++) {
                int classes = rows.get(0).size();
                assertThat(after[i])
                        .isCloseTo(
                                (float) rows.get(i / classes).get(i % classes).doubleValue(), within(1e-4f));
            }
            assertMoved(model, p, expected.get("moved"));
            assertFrozenStays(model, p);
        }
    }

    /// In the checkpoint that is written, every tensor without trainable entries has the same bytes.
    private void assertFrozenStays(ProxyModel model, TrainableParameters p) {
        Path out = folder.resolve("adapted");
        model.checkpoint().writeAdapted(out, p.tensors(), p::adapted);
        Checkpoint written = Checkpoint.open(out);
        for (String name : model.checkpoint().weights().tensors().keySet()) {
            boolean same = written.weights().bytes(name).equals(model.copyOfBytes(name));
            assertThat(same).as(name).isEqualTo(idle(name) || !p.tensors().contains(name));
        }
    }

    /// Softmax does not see the bias of the keys. In PyTorch it moves by what rounding leaves of its gradient.
    private static boolean idle(String tensor) {
        return tensor.endsWith(".key.bias") || tensor.endsWith(".k_lin.bias");
    }

    /// Each trained tensor moved as far as in PyTorch, and no other one has trainable entries.
    private static void assertMoved(ProxyModel model, TrainableParameters p, JsonNode moved) {
        Map<String, Double> distances = new HashMap<>();
        for (String tensor : p.tensors()) {
            ByteBuffer before = model.copyOfBytes(tensor);
            FloatBuffer was = before.order(java.nio.ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
            FloatBuffer is = p.adapted(tensor).asFloatBuffer();
            double distance = 0;
            for (int i = 0; i < was.remaining(); i++) {
                distance += Math.abs((double) is.get(i) - was.get(i));
            }
            distances.put(tensor, distance);
        }
        List<String> names = new ArrayList<>();
        moved.fieldNames().forEachRemaining(names::add);
        assertThat(distances.keySet()).containsExactlyInAnyOrderElementsOf(names);
        distances.forEach((tensor, distance) -> {
            double theirs = moved.get(tensor).doubleValue();
            if (idle(tensor)) {
                assertThat(distance).as(tensor).isZero();
            } else {
                assertThat(distance).as(tensor).isCloseTo(theirs, within(2e-4 + 2e-3 * theirs));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "gemma3", "mistral"})
    void aTransformerWithoutBiasesIsRefused(String family) throws IOException {
        try (ProxyModel model = load(family)) {
            for (boolean head : new boolean[] {false, true}) {
                assertThatThrownBy(() -> TrainableParameters.biases(model, head))
                        .isInstanceOfSatisfying(Problem.class, p -> {
                            assertThat(p.what()).contains("has no bias");
                            assertThat(p.remedy()).contains("--baseline norms");
                        });
            }
        }
    }

    @Test
    void moreTopLayersThanThereAreOrNoneAreRefused() throws IOException {
        try (ProxyModel model = load("bert")) {
            for (int count : new int[] {0, 4}) {
                assertThatThrownBy(() -> TrainableParameters.topLayers(model, count))
                        .isInstanceOf(Problem.class)
                        .hasMessageContaining("the model has 3 layers");
            }
        }
    }

    /// Below the last layers no gradient is computed.
    @Test
    void allTopLayersAreEverythingButTheEmbeddings() throws IOException {
        try (ProxyModel model = load("roberta");
                TrainableParameters all = TrainableParameters.full(model);
                TrainableParameters top =
                        TrainableParameters.topLayers(model, model.spec().layers());
                TrainableParameters last = TrainableParameters.topLayers(model, 1)) {
            assertThat(all.tensors()).containsAll(top.tensors());
            assertThat(all.tensors().stream().filter(t -> !top.tensors().contains(t)))
                    .isNotEmpty()
                    .allMatch(t -> t.contains("embeddings."));
            assertThat(last.lowest()).isEqualTo(model.spec().layers() - 1);
        }
    }

    /// With three source texts in steps of twelve, each epoch is one step over all twelve texts of the shared case.
    @Test
    void replayedTextsAreLearntInTheSameStepAsTheOthers() throws IOException {
        LabelledTokens all = texts("bert");
        List<Double> losses = new ArrayList<>();
        JsonNode expected = StreamSupport.stream(REFERENCE.get("cases").spliterator(), false)
                .filter(c -> c.get("family").asText().equals("bert")
                        && c.get("way").asText().equals("biases"))
                .findFirst()
                .orElseThrow();
        try (ProxyModel model = load("bert");
                TrainableParameters p = TrainableParameters.biases(model, false)) {
            TuningSettings settings = new TuningSettings(
                    new TuningSettings.Batches(REFERENCE.get("steps").intValue(), 6, 2, true),
                    new TuningSettings.Optimizer(1e-3, 0.01, 0, 0, Schedule.Kind.CONSTANT),
                    new TuningSettings.Stopping(0, 0, null),
                    TransformerSpec.Dropout.NONE,
                    5,
                    false);
            MaskedTuning.Data data = new MaskedTuning.Data(
                    all.part(0, 9), all, null, Map.of(), null, new MaskedTuning.Replay(all.part(9, 12), 0.25));
            new MaskedTuning(
                            model,
                            p,
                            settings,
                            data,
                            new MaskedTuning.Listener() {
                                @Override
                                public void started(int steps) {}

                                @Override
                                public void stepped(int s, double e, double loss, double rate, double norm, double t) {
                                    losses.add(loss);
                                }

                                @Override
                                public void evaluated(double epoch, Measured measured, @Nullable Double forgetting) {}
                            },
                            () -> {})
                    .run();
        }
        assertThat(losses).hasSize(expected.get("losses").size());
        for (int i = 0; i < losses.size(); i++) {
            assertThat(losses.get(i)).isCloseTo(expected.get("losses").get(i).doubleValue(), within(2e-5));
        }
    }

    /// A strong pull holds the values nearer to where they began.
    @Test
    void aPenaltyHoldsValuesNearTheirStart() throws IOException {
        assertThat(distance(50)).isLessThan(0.5 * distance(0));
    }

    private static double distance(double l2sp) throws IOException {
        try (ProxyModel model = load("bert");
                TrainableParameters p = TrainableParameters.masked(
                        model, HeadMask.all(model.spec().layers(), model.spec().heads()), true, false)) {
            List<float[]> before = EveryFamilyTest.values(p);
            MaskedTuning.constantSteps(p, texts("bert"), 30, 1e-3, 0, l2sp, () -> {});
            List<float[]> after = EveryFamilyTest.values(p);
            double squares = 0;
            for (int i = 0; i < before.size(); i++) {
                for (int j = 0; j < before.get(i).length; j++) {
                    squares += Math.pow(after.get(i)[j] - before.get(i)[j], 2);
                }
            }
            return Math.sqrt(squares);
        }
    }
}
