package sirkuit.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.TinyCheckpoint;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.transformer.Backend;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;

/// What a training is expected to take goes with what is trained and how.
class MemoryEstimateTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void lessIsTakenWhereLessIsTrainedOrKept() {
        Checkpoint checkpoint = Checkpoint.open(TinyCheckpoint.write(folder.resolve("model"), 3));
        try (ProxyModel model = ProxyModel.load(checkpoint, List.of(), Backend.start("cpu", 2))) {
            LabelledTokens texts =
                    TinyCheckpoint.tokens(model, TinyCheckpoint.writeTexts(folder.resolve("texts.csv"), 12, 4));
            List<Head> upper = List.of(new Head(TinyCheckpoint.LAYERS - 1, 0));
            HeadMask top = new HeadMask(TinyCheckpoint.LAYERS, TinyCheckpoint.HEADS, upper, "top");
            MemoryEstimate full;
            MemoryEstimate masked;
            try (TrainableParameters p = TrainableParameters.full(model)) {
                full = MemoryEstimate.of(model, p, texts, 8, false);
                assertThat(full.gradients()).isEqualTo(full.weights());
                assertThat(full.moments()).isEqualTo(2 * full.weights());
                assertThat(MemoryEstimate.of(model, p, texts, 4, false).activations())
                        .isEqualTo(full.activations() / 2);
                assertThat(MemoryEstimate.of(model, p, texts, 500, false).activations())
                        .isEqualTo(MemoryEstimate.of(model, p, texts, 12, false).activations());
            }
            try (TrainableParameters p = TrainableParameters.masked(model, top, false, false)) {
                masked = MemoryEstimate.of(model, p, texts, 8, false);
                assertThat(masked.gradients()).isEqualTo(4 * p.count());
            }
            assertThat(masked.activations()).isLessThan(full.activations());
            assertThat(masked.total())
                    .isEqualTo(masked.weights()
                            + masked.gradients()
                            + masked.moments()
                            + masked.activations()
                            + masked.program());
        }
    }
}
