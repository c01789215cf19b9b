package sirkuit.relevance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sirkuit.Shared;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesEngine;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.tokenizer.TextTokenizer.Tokens;
import sirkuit.device.Backend;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.relevance.baseline.Margin;
import sirkuit.relevance.baseline.MeanActivation;
import sirkuit.relevance.baseline.ReplacedHeads;
import sirkuit.transformer.ActivationHook;
import sirkuit.transformer.Dense;
import sirkuit.transformer.ForwardPass;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.Layer;
import sirkuit.transformer.Network;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TokenBatch;
import sirkuit.transformer.TransformerSpec;
import sirkuit.transformer.family.Families;

/// Gradient × input of tokens, against computations that know nothing of gradients.
@UsesEngine
class InputGradientTest {
    private static final float STEP = 0.02f;

    @TempDir
    Path folder = Path.of("");

    private static ProxyModel golden(String family) {
        Path model = Shared.path("golden").resolve(family).resolve("model");
        boolean classifier = !family.endsWith("verbalizer");
        return Families.load(
                Checkpoint.open(model),
                classifier ? List.of() : List.of("a", "b", "c"),
                classifier ? List.of() : List.of(7, 8, 9),
                Backend.start("cpu", 1));
    }

    private static LabelledTokens text(ProxyModel model, int length) {
        int[] ids = new Random(3)
                .ints(length, 5, model.spec().vocabulary())
                .distinct()
                .toArray();
        return new LabelledTokens(List.of(new Tokens(ids, null, false)), new int[] {0});
    }

    private static HeadMask mask(ProxyModel model, Head... heads) {
        return new HeadMask(model.spec().layers(), model.spec().heads(), List.of(heads), "some");
    }

    /// The margin with the token embeddings changed.
    private static double margin(
            Network<?> network,
            NDManager parent,
            LabelledTokens text,
            int label,
            ActivationHook heads,
            UnaryOperator<NDArray> change) {
        try (NDManager manager = parent.newSubManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            ActivationHook tap = new ActivationHook() {
                @Override
                public NDArray embedded(NDArray rows) {
                    return change.apply(rows);
                }

                @Override
                public NDArray headOutputs(int layer, NDArray z) {
                    return heads.headOutputs(layer, z);
                }
            };
            TokenBatch batch = TokenBatch.of(manager, text.tokens(), network.spec());
            float[] logits =
                    ForwardPass.tapped(network, tap, false).logits(batch).toFloatArray();
            return Margin.of(logits, 0, logits.length, label);
        }
    }

    /// Along its own embedding a token's slope is its gradient × input: the token is scaled by 1 ± h and by 1 ± 2h.
    private static void followsTheSlopes(ProxyModel model, HeadMask off, MeanActivation mean) {
        LabelledTokens text = text(model, 9);
        InputGradient.Values found =
                new InputGradient(model.network(), model.manager(), off, mean).of(text, null, () -> {});
        try (NDManager manager = model.manager().newSubManager()) {
            ActivationHook heads =
                    off.size() == 0 ? ActivationHook.NONE : new ReplacedHeads(manager, model.spec(), off, mean);
            double largest = Arrays.stream(found.values()).map(Math::abs).max().orElseThrow();
            assertThat(largest).isGreaterThan(1e-3);
            for (int t = 0; t < text.length(0); t++) {
                double[] at = new double[5];
                for (int k = -2; k <= 2; k++) {
                    float[] factors = new float[text.length(0)];
                    Arrays.fill(factors, 1);
                    factors[t] += k * STEP;
                    at[k + 2] = margin(
                            model.network(),
                            model.manager(),
                            text,
                            found.label(),
                            heads,
                            rows -> rows.mul(rows.getManager().create(factors, new Shape(1, factors.length, 1))));
                }
                double slope = (8 * (at[3] - at[1]) - (at[4] - at[0])) / (12 * STEP);
                assertThat(found.values()[t]).as("token %d", t).isCloseTo(slope, within(2e-4 + 0.01 * largest));
            }
            assertThat(Margin.of(found.logits(), 0, found.logits().length, found.label()))
                    .isCloseTo(
                            margin(model.network(), model.manager(), text, found.label(), heads, r -> r), within(1e-5));
        }
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
    void itIsTheSlopeOfTheMarginAsFiniteDifferencesFindIt(String family) {
        try (ProxyModel model = golden(family)) {
            followsTheSlopes(model, mask(model), null);
            followsTheSlopes(model, mask(model, new Head(0, 1), new Head(1, 0)), null);
        }
    }

    @Test
    void soItIsWithHeadsAtTheirMean() {
        Path written = TinyCheckpoint.write(folder.resolve("model"), 3);
        try (ProxyModel model = Families.load(Checkpoint.open(written), List.of(), Backend.start("cpu", 1))) {
            LabelledTokens texts =
                    TinyCheckpoint.tokens(model, TinyCheckpoint.writeTexts(folder.resolve("texts.csv"), 12, 4));
            followsTheSlopes(
                    model, mask(model, new Head(0, 2), new Head(1, 3)), MeanActivation.over(model, texts, () -> {}));
        }
    }

    /// A network without norms whose heads look everywhere alike is linear in the embeddings. There the values of all
    /// tokens add up to what the embeddings add to the margin.
    @Test
    void inALinearNetworkTheValuesAddUpToTheMargin() {
        Path written = TinyCheckpoint.write(folder.resolve("model"), 5);
        try (ProxyModel model = Families.load(Checkpoint.open(written), List.of(), Backend.start("cpu", 1))) {
            Network<Dense> linear = linear(model);
            LabelledTokens text = text(model, 8);
            InputGradient.Values found =
                    new InputGradient(linear, model.manager(), mask(model), null).of(text, 1, () -> {});
            double whole = margin(linear, model.manager(), text, 1, ActivationHook.NONE, rows -> rows);
            double none = margin(linear, model.manager(), text, 1, ActivationHook.NONE, rows -> rows.mul(0));
            assertThat(Math.abs(whole - none)).isGreaterThan(0.01);
            assertThat(Arrays.stream(found.values()).sum()).isCloseTo(whole - none, within(1e-5));
        }
    }

    private static Network<Dense> linear(ProxyModel model) {
        Network<Dense> of = model.network();
        TransformerSpec.Readout readout =
                new TransformerSpec.Readout(TransformerSpec.Reader.MEAN, null, false, 0, null);
        Layer.Norms none = new Layer.Norms(null, null, null);
        List<Layer<Dense>> layers = of.layers().stream()
                .map(l -> new Layer<>(
                        new Dense(l.query().weight().mul(0), null),
                        l.key(),
                        l.value(),
                        l.output(),
                        null,
                        null,
                        none,
                        null,
                        l.up(),
                        new Dense(l.down().weight().mul(0), l.down().bias()),
                        none))
                .toList();
        return new Network<>(
                of.spec().withReadout(readout),
                of.tokens(),
                of.positions(),
                of.types(),
                null,
                layers,
                null,
                null,
                null,
                of.classifier());
    }

    @Test
    void theClassIsTheAnswersUnlessAnotherIsAskedFor() {
        Path written = TinyCheckpoint.write(folder.resolve("model"), 3);
        try (ProxyModel model = Families.load(Checkpoint.open(written), List.of(), Backend.start("cpu", 1))) {
            InputGradient gradient = new InputGradient(model.network(), model.manager(), mask(model), null);
            LabelledTokens text = text(model, 7);
            InputGradient.Values own = gradient.of(text, null, () -> {});
            double[] sum = new double[text.length(0)];
            for (int c = 0; c < 3; c++) {
                InputGradient.Values toward = gradient.of(text, c, () -> {});
                assertThat(toward.label()).isEqualTo(c);
                assertThat(toward.logits()[c]).isLessThanOrEqualTo(own.logits()[own.label()]);
                for (int t = 0; t < sum.length; t++) {
                    sum[t] += toward.values()[t];
                }
            }
            // The margins of all classes add up to zero, and so do their values.
            assertThat(sum).containsExactly(new double[sum.length], within(1e-5));
        }
    }
}
