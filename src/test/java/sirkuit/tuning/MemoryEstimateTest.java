package sirkuit.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesEngine;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.ElementType;
import sirkuit.device.Backend;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.family.Families;

/// What a training is expected to take goes with what is trained and how.
@UsesEngine
class MemoryEstimateTest {
    private static final HeadMask TOP = new HeadMask(
            TinyCheckpoint.LAYERS, TinyCheckpoint.HEADS, List.of(new Head(TinyCheckpoint.LAYERS - 1, 0)), "top");

    @TempDir
    Path folder = Path.of("");

    private static TuningSettings settings(int batch, int patience, @Nullable Double limit, boolean checkpointing) {
        return new TuningSettings(
                new TuningSettings.Batches(1, batch, 1, false),
                new TuningSettings.Optimizer(1e-3, 0, 0, 1, Schedule.Kind.LINEAR),
                new TuningSettings.Stopping(0, patience, limit),
                null,
                0,
                checkpointing);
    }

    private LabelledTokens texts(ProxyModel model) {
        return TinyCheckpoint.tokens(model, TinyCheckpoint.writeTexts(folder.resolve("texts.csv"), 12, 4));
    }

    @Test
    void lessIsTakenWhereLessIsTrainedOrKept() {
        Checkpoint checkpoint = Checkpoint.open(TinyCheckpoint.write(folder.resolve("model"), 3));
        try (ProxyModel model = Families.load(checkpoint, List.of(), Backend.start("cpu", 1))) {
            LabelledTokens texts = texts(model);
            MemoryEstimate full;
            MemoryEstimate masked;
            try (TrainableParameters p = TrainableParameters.full(model)) {
                full = MemoryEstimate.of(model, p, texts, settings(8, 0, null, false));
                assertThat(full.weights()).isEqualTo(4 * checkpoint.parameters());
                assertThat(full.gradients()).isEqualTo(full.weights());
                assertThat(full.moments()).isEqualTo(2 * full.weights());
                long table = 4L * model.spec().vocabulary() * model.spec().hidden();
                long half = MemoryEstimate.of(model, p, texts, settings(4, 0, null, false))
                        .activations();
                assertThat(2 * (half - table)).isEqualTo(full.activations() - table);
                assertThat(MemoryEstimate.of(model, p, texts, settings(500, 0, null, false))
                                .activations())
                        .isEqualTo(MemoryEstimate.of(model, p, texts, settings(12, 0, null, false))
                                .activations());
            }
            try (TrainableParameters p = TrainableParameters.masked(model, TOP, false, false)) {
                masked = MemoryEstimate.of(model, p, texts, settings(8, 0, null, false));
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

    @Test
    void valuesThatMayBeKeptAreCounted() {
        Checkpoint checkpoint = Checkpoint.open(TinyCheckpoint.write(folder.resolve("model"), 3));
        try (ProxyModel model = Families.load(checkpoint, List.of(), Backend.start("cpu", 1));
                TrainableParameters p = TrainableParameters.masked(model, TOP, true, false)) {
            LabelledTokens texts = texts(model);
            long without = MemoryEstimate.of(model, p, texts, settings(8, 0, null, false))
                    .total();
            for (TuningSettings keeping : List.of(settings(8, 3, null, false), settings(8, 0, 5.0, false))) {
                assertThat(MemoryEstimate.of(model, p, texts, keeping).total()).isEqualTo(without + 4 * p.count());
            }
        }
    }

    @Test
    void theStartThatL2spHoldsValuesNearIsCounted() {
        Checkpoint checkpoint = Checkpoint.open(TinyCheckpoint.write(folder.resolve("model"), 3));
        try (ProxyModel model = Families.load(checkpoint, List.of(), Backend.start("cpu", 1));
                TrainableParameters p = TrainableParameters.masked(model, TOP, true, false)) {
            LabelledTokens texts = texts(model);
            TuningSettings some = settings(8, 0, null, false);
            TuningSettings held = new TuningSettings(
                    some.batches(),
                    new TuningSettings.Optimizer(1e-3, 0, 0, 1, Schedule.Kind.LINEAR, 0.5),
                    some.stopping(),
                    null,
                    0,
                    false);
            assertThat(MemoryEstimate.of(model, p, texts, held).total())
                    .isEqualTo(MemoryEstimate.of(model, p, texts, some).total() + 4 * p.count());
        }
    }

    /// The layers below the last ones keep nothing for the way back.
    @Test
    void lastLayersTakeLessThanAll() {
        Checkpoint checkpoint = Checkpoint.open(TinyCheckpoint.write(folder.resolve("model"), 3));
        try (ProxyModel model = Families.load(checkpoint, List.of(), Backend.start("cpu", 1));
                TrainableParameters full = TrainableParameters.full(model);
                TrainableParameters both = TrainableParameters.topLayers(model, 2);
                TrainableParameters last = TrainableParameters.topLayers(model, 1)) {
            LabelledTokens texts = texts(model);
            TuningSettings some = settings(8, 0, null, false);
            long table = 4L * model.spec().vocabulary() * model.spec().hidden();
            long all = MemoryEstimate.of(model, full, texts, some).activations();
            assertThat(MemoryEstimate.of(model, both, texts, some).activations())
                    .isEqualTo(all - table);
            // of three layers' worth, what the head computes among them, two are left
            assertThat(MemoryEstimate.of(model, last, texts, some).activations())
                    .isEqualTo((all - table) / 3 * 2);
        }
    }

    /// What a file of 16 bits was widened to stays beside what is trained.
    @Test
    void aSecondCopyOfWhatIsTrainedIsCountedInSixteenBits() {
        for (ElementType type : List.of(ElementType.F32, ElementType.BF16)) {
            Checkpoint checkpoint = Checkpoint.open(StoredTypesTest.stored(folder, type, 1, n -> n));
            try (ProxyModel model = Families.load(checkpoint, List.of(), Backend.start("cpu", 1));
                    TrainableParameters all = TrainableParameters.full(model);
                    TrainableParameters top = TrainableParameters.masked(model, TOP, false, false)) {
                LabelledTokens texts = texts(model);
                long once = 4 * checkpoint.parameters();
                boolean twice = type == ElementType.BF16;
                assertThat(MemoryEstimate.of(model, all, texts, settings(8, 0, null, false))
                                .weights())
                        .isEqualTo(twice ? 2 * once : once);
                long d = TinyCheckpoint.HIDDEN;
                long ofTheLayer = 4 * (4 * d * d + 3 * d);
                assertThat(MemoryEstimate.of(model, top, texts, settings(8, 0, null, false))
                                .weights())
                        .isEqualTo(twice ? once + ofTheLayer : once);
            }
        }
    }
}
