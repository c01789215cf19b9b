package sirkuit.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesEngine;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.device.Backend;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TransformerSpec;
import sirkuit.transformer.family.Families;

/// However the activations are kept and the batch is cut, the gradients are the same.
@UsesEngine
class ActivationCheckpointingTest {
    @TempDir
    Path folder = Path.of("");

    private ProxyModel model;
    private LabelledTokens texts;

    @BeforeEach
    void load() {
        Checkpoint checkpoint = Checkpoint.open(TinyCheckpoint.write(folder.resolve("model"), 3));
        model = Families.load(checkpoint, List.of(), Backend.start("cpu", 2));
        texts = TinyCheckpoint.tokens(model, TinyCheckpoint.writeTexts(folder.resolve("texts.csv"), 12, 4));
    }

    @AfterEach
    void close() {
        model.close();
    }

    private record Result(double loss, List<float[]> gradients) {
        void isSameAs(Result other) {
            assertThat(loss).isCloseTo(other.loss, within(1e-6));
            for (int i = 0; i < gradients.size(); i++) {
                assertThat(gradients.get(i)).containsExactly(other.gradients.get(i), within(1e-6f));
            }
        }
    }

    private static HeadMask mask(Head... heads) {
        return new HeadMask(TinyCheckpoint.LAYERS, TinyCheckpoint.HEADS, List.of(heads), "test");
    }

    private Result gradients(
            TrainableParameters p, TransformerSpec.Dropout dropout, boolean checkpointing, Runnable stopPoint) {
        JniUtils.setSeed(7);
        double loss = new TrainingStep(p, dropout, checkpointing, stopPoint).gradients(List.of(texts, texts));
        return new Result(
                loss,
                p.slices().stream()
                        .filter(s -> !s.idle())
                        .map(s -> s.value().getGradient().toFloatArray())
                        .toList());
    }

    private void areTheSame(java.util.function.Supplier<TrainableParameters> make, int lowest) {
        for (TransformerSpec.Dropout dropout :
                List.of(TransformerSpec.Dropout.NONE, TransformerSpec.Dropout.of(0.2, 0.3, 0.1))) {
            try (TrainableParameters one = make.get();
                    TrainableParameters two = make.get()) {
                assertThat(one.lowest()).isEqualTo(lowest);
                Result plain = gradients(one, dropout, false, () -> {});
                assertThat(plain.gradients.stream().anyMatch(g -> g[0] != 0)).isTrue();
                gradients(two, dropout, true, () -> {}).isSameAs(plain);
            }
        }
    }

    @Test
    void recomputedLayersGiveTheSameGradientsWhateverIsTrained() {
        areTheSame(() -> TrainableParameters.full(model), -1);
        areTheSame(() -> TrainableParameters.masked(model, mask(new Head(0, 1), new Head(1, 2)), true, true), -1);
        areTheSame(() -> TrainableParameters.masked(model, mask(new Head(0, 1), new Head(1, 2)), false, false), 0);
        areTheSame(() -> TrainableParameters.masked(model, mask(new Head(1, 2)), false, false), 1);
        areTheSame(() -> TrainableParameters.masked(model, mask(), false, true), TinyCheckpoint.LAYERS);
    }

    /// The layers below are not recorded, and yet the heads above get what they get when everything is recorded.
    @Test
    void headsOfTheUpperLayerGetTheGradientOfFullFineTuning() {
        Head head = new Head(1, 0);
        try (TrainableParameters all = TrainableParameters.full(model);
                TrainableParameters some = TrainableParameters.masked(model, mask(head), false, false)) {
            gradients(all, TransformerSpec.Dropout.NONE, false, () -> {});
            gradients(some, TransformerSpec.Dropout.NONE, false, () -> {});
            List<Slice> rows = some.slices().stream()
                    .filter(p -> !p.idle() && p.region() instanceof Slice.Region.Rows)
                    .toList();
            assertThat(rows).hasSize(5);
            for (Slice part : rows) {
                Slice whole = all.slices().stream()
                        .filter(s -> s.tensor().equals(part.tensor()))
                        .findFirst()
                        .orElseThrow();
                // The first head's rows come first.
                float[] expected = java.util.Arrays.copyOf(
                        whole.value().getGradient().toFloatArray(), Math.toIntExact(part.entries()));
                assertThat(part.value().getGradient().toFloatArray())
                        .as(part.tensor())
                        .containsExactly(expected, within(1e-6f));
            }
        }
    }

    @Test
    void aStepThatRanOutOfMemoryBeginsAgainWithSmallerBatches() {
        List<Message> told = new ArrayList<>();
        model.memory().onShortage(told::add);
        try (TrainableParameters one = TrainableParameters.full(model);
                TrainableParameters two = TrainableParameters.full(model)) {
            Result undisturbed = gradients(one, TransformerSpec.Dropout.NONE, false, () -> {});
            int[] calls = {0};
            Result again = gradients(two, TransformerSpec.Dropout.NONE, false, () -> {
                // In the second micro-batch, when the first has left its gradients.
                if (++calls[0] == TinyCheckpoint.LAYERS + 3) {
                    throw new EngineException("DefaultCPUAllocator: not enough memory: you tried to allocate 8 bytes");
                }
            });
            again.isSameAs(undisturbed);
            assertThat(told).singleElement().asString().contains("12 texts").contains("with 6");
        }
    }

    @Test
    void aSingleTextThatDoesNotFitIsSaid() {
        try (TrainableParameters p = TrainableParameters.full(model)) {
            assertThatThrownBy(() -> gradients(p, TransformerSpec.Dropout.NONE, false, () -> {
                        throw new EngineException("CUDA out of memory");
                    }))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("single text");
        }
    }
}
