package sirkuit.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sirkuit.Shared;
import sirkuit.UsesEngine;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.tokenizer.TextTokenizer.Tokens;
import sirkuit.device.Backend;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TransformerSpec;
import sirkuit.transformer.family.Families;

/// Slices of heads with their own keys and values, of heads that share them, of fused query, key and value, with
/// norms of query and key: what is learnt of them is what full fine-tuning would learn of the same entries.
@UsesEngine
class EveryFamilyTest {
    private static ProxyModel load(String family) {
        Path folder = Shared.path("golden").resolve(family).resolve("model");
        Checkpoint checkpoint = Checkpoint.open(folder);
        boolean classifier = !family.endsWith("verbalizer");
        return Families.load(
                checkpoint,
                classifier ? List.of() : List.of("a", "b", "c"),
                classifier ? List.of() : List.of(7, 8, 9),
                Backend.start("cpu", 2));
    }

    private static LabelledTokens texts(ProxyModel model) {
        Random random = new Random(5);
        List<Tokens> tokens = new ArrayList<>();
        for (int length : new int[] {9, 4, 7}) {
            tokens.add(
                    new Tokens(random.ints(length, 5, model.spec().vocabulary()).toArray(), null, false));
        }
        return new LabelledTokens(tokens, new int[] {0, 1, 0});
    }

    private static HeadMask mask(ProxyModel model) {
        TransformerSpec spec = model.spec();
        List<Head> heads = List.of(new Head(0, 1), new Head(spec.layers() - 1, spec.heads() - 1));
        return new HeadMask(spec.layers(), spec.heads(), heads, "two of them");
    }

    private static List<NDArray> gradients(
            TrainableParameters p, LabelledTokens texts, boolean checkpointing, Runnable inTheMiddle) {
        new TrainingStep(p, TransformerSpec.Dropout.NONE, checkpointing, inTheMiddle).gradients(List.of(texts));
        return p.slices().stream()
                .filter(s -> !s.idle())
                .map(s -> s.value().getGradient())
                .toList();
    }

    static List<float[]> values(TrainableParameters p) {
        return p.slices().stream().map(s -> s.value().toFloatArray()).toList();
    }

    /// Gradients by where the entries lie in the file.
    private static Map<String, Map<Integer, Float>> placed(ProxyModel model, TrainableParameters p) {
        Map<String, Map<Integer, Float>> placed = new HashMap<>();
        p.slices().stream().filter(s -> !s.idle()).forEach(s -> {
            Slice gradient =
                    new Slice(s.tensor(), s.layout(), s.region(), s.value().getGradient(), s.matrix(), false);
            gradient.writeInto(
                    model.shape(s.tensor()), (index, value) -> placed.computeIfAbsent(s.tensor(), t -> new HashMap<>())
                            .put((int) index, value));
        });
        return placed;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bert",
                "distilbert",
                "gemma2",
                "gemma3",
                "gpt2",
                "llama",
                "mistral",
                "qwen2",
                "qwen2-verbalizer",
                "qwen3",
                "roberta",
                "xlm-roberta"
            })
    void aSlicesGradientIsTheSameEntriesOfTheWholeOnes(String family) {
        try (ProxyModel model = load(family)) {
            LabelledTokens texts = texts(model);
            Map<String, Map<Integer, Float>> whole;
            try (TrainableParameters all = TrainableParameters.full(model)) {
                gradients(all, texts, false, () -> {});
                whole = placed(model, all);
            }
            try (TrainableParameters some = TrainableParameters.masked(model, mask(model), true, false)) {
                gradients(some, texts, false, () -> {});
                Map<String, Map<Integer, Float>> slices = placed(model, some);
                assertThat(slices.size()).isGreaterThan(3);
                double largest = slices.values().stream()
                        .flatMap(m -> m.values().stream())
                        .mapToDouble(Math::abs)
                        .max()
                        .orElseThrow();
                assertThat(largest).isPositive();
                slices.forEach((tensor, entries) -> {
                    double own = entries.values().stream()
                            .mapToDouble(Math::abs)
                            .max()
                            .orElseThrow();
                    // A tensor whose gradients nearly cancel has the noise of those that went into them.
                    float close = (float) (1e-4 * own + 1e-6 * largest);
                    entries.forEach((index, value) -> assertThat(value)
                            .as("%s, entry %s", tensor, index)
                            .isCloseTo(whole.get(tensor).get(index), within(close)));
                });
            }
        }
    }

    /// Also where a part of a map lies column by column in the file.
    @ParameterizedTest
    @ValueSource(strings = {"bert", "gemma3", "gpt2", "llama", "qwen3"})
    void everySliceLearns(String family) {
        try (ProxyModel model = load(family);
                TrainableParameters p = TrainableParameters.masked(model, mask(model), true, false)) {
            List<float[]> before = values(p);
            MaskedTuning.constantSteps(p, texts(model), 2, 1e-3, 0.01, () -> {});
            List<float[]> after = values(p);
            for (int i = 0; i < before.size(); i++) {
                Slice slice = p.slices().get(i);
                assertThat(java.util.Arrays.equals(before.get(i), after.get(i)))
                        .as(slice.tensor() + " " + slice.region())
                        .isEqualTo(slice.idle());
            }
        }
    }

    /// Whatever the backward pass reads must still be there when Java has collected its garbage (decision 8).
    @ParameterizedTest
    @CsvSource({"gpt2,false", "gpt2,true", "llama,false", "llama,true", "gemma2,false", "gemma3,false", "gemma3,true"})
    void gradientsSurviveTheCollectionOfGarbage(String family, boolean checkpointing) {
        try (ProxyModel model = load(family)) {
            LabelledTokens texts = texts(model);
            List<float[]> calm;
            try (TrainableParameters p = TrainableParameters.masked(model, mask(model), true, false)) {
                calm = gradients(p, texts, checkpointing, () -> {}).stream()
                        .map(NDArray::toFloatArray)
                        .toList();
            }
            try (TrainableParameters p = TrainableParameters.masked(model, mask(model), true, false)) {
                List<NDArray> disturbed = gradients(p, texts, checkpointing, TrainingStepTest::disturb);
                for (int i = 0; i < calm.size(); i++) {
                    assertThat(disturbed.get(i).toFloatArray()).isEqualTo(calm.get(i));
                }
            }
        }
    }

    /// What lies below the lowest head that is trained needs no gradient, with the same ones above as when it has some.
    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama", "gemma3", "distilbert"})
    void nothingIsRecordedBelowTheLowestHeadThatIsTrained(String family) {
        try (ProxyModel model = load(family)) {
            LabelledTokens texts = texts(model);
            int last = model.spec().layers() - 1;
            HeadMask top = new HeadMask(
                    model.spec().layers(), model.spec().heads(), List.of(new Head(last, 0)), "the last layer's");
            Map<String, Map<Integer, Float>> low;
            try (TrainableParameters p = TrainableParameters.masked(model, top, true, false)) {
                assertThat(p.lowest()).isLessThan(last);
                gradients(p, texts, false, () -> {});
                low = placed(model, p);
            }
            try (TrainableParameters p = TrainableParameters.masked(model, top, false, false)) {
                assertThat(p.lowest()).isEqualTo(last);
                gradients(p, texts, false, () -> {});
                placed(model, p)
                        .forEach((tensor, entries) -> entries.forEach((index, value) -> assertThat(value)
                                .as("%s, entry %s", tensor, index)
                                .isCloseTo(low.get(tensor).get(index), within(1e-6f))));
            }
        }
    }
}
