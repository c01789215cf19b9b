package sirkuit.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sirkuit.NativeCount;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesEngine;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.ElementType;
import sirkuit.device.Backend;
import sirkuit.transformer.ArrayChunks;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.family.Families;

/// Evaluations, resume points, values that are kept and files that are written leave no array and no manager behind.
@UsesEngine
class NothingStaysTest {
    @TempDir
    Path folder = Path.of("");

    private static TuningSettings settings(int epochs) {
        return new TuningSettings(
                new TuningSettings.Batches(epochs, 6, 1, false),
                new TuningSettings.Optimizer(1e-3, 0.01, 0, 1, Schedule.Kind.LINEAR),
                new TuningSettings.Stopping(0, 100, null),
                null,
                5,
                false);
    }

    /// Reads all its parts at every chance, as if it wrote them.
    private static final class Reading implements ResumePoints {
        private final Map<String, ByteBuffer> parts = new HashMap<>();
        private int points;

        @Override
        public boolean due(int step, boolean evaluated) {
            return true;
        }

        @Override
        public void keep(TrainingState standing, List<Part> read) {
            points++;
            parts.clear();
            read.forEach(part -> {
                ByteBuffer all = ByteBuffer.allocate((int) part.entries() * Float.BYTES);
                part.values().read((from, bytes) -> all.put(bytes));
                parts.put(part.name(), all.flip());
            });
        }
    }

    private record Silent(List<Measured> all) implements MaskedTuning.Listener {
        @Override
        public void started(int steps) {}

        @Override
        public void stepped(int step, double epoch, double loss, double rate, double norm, double tokens) {}

        @Override
        public void evaluated(double epoch, Measured measured, @org.jspecify.annotations.Nullable Double forgetting) {
            all.add(measured);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "BF16"})
    void asMuchIsHeldAfterManyEvaluationsAsAfterOne(ElementType type) {
        Checkpoint checkpoint = Checkpoint.open(StoredTypesTest.stored(folder, type, 1, n -> n));
        try (ProxyModel model = Families.load(checkpoint, List.of(), Backend.start("cpu", 1));
                TrainableParameters p = TrainableParameters.full(model)) {
            LabelledTokens texts =
                    TinyCheckpoint.tokens(model, TinyCheckpoint.writeTexts(folder.resolve("texts.csv"), 12, 4));
            long[] held = new long[2];
            for (int i = 0; i < held.length; i++) {
                long before = NativeCount.of(p.manager());
                Reading points = new Reading();
                List<Measured> evaluations = new ArrayList<>();
                MaskedTuning.Data data = new MaskedTuning.Data(texts, texts, texts);
                new MaskedTuning(model, p, settings(1 + 9 * i), data, new Silent(evaluations), points, () -> {}).run();
                p.tensors().forEach(tensor -> p.adaptedInPieces(tensor, bytes -> {}));
                assertThat(points.points).isGreaterThanOrEqualTo(2 + 18 * i);
                assertThat(evaluations).hasSize(2 + 9 * i);
                held[i] = NativeCount.of(p.manager()) - before;
            }
            assertThat(held[1]).isEqualTo(held[0]);
            // The two moments, and the values that are kept with the manager that holds them.
            assertThat(held[0]).isEqualTo(2 + 1 + p.slices().size());
        }
    }

    @Test
    void goingBackPutsTheValuesOfThePointInAndLeavesNothing() {
        Checkpoint checkpoint = Checkpoint.open(TinyCheckpoint.write(folder.resolve("model"), 3));
        try (ProxyModel model = Families.load(checkpoint, List.of(), Backend.start("cpu", 1));
                TrainableParameters p = TrainableParameters.full(model)) {
            LabelledTokens texts =
                    TinyCheckpoint.tokens(model, TinyCheckpoint.writeTexts(folder.resolve("texts.csv"), 12, 4));
            AdamW optimizer = new AdamW(p.manager(), p.slices(), 0.01, 1);
            EarlyStopping keeping = new EarlyStopping(settings(1));
            keeping.take(new Measured(0, evaluation(), null, Map.of()), p);
            TrainingArrays arrays = new TrainingArrays(p, optimizer, keeping);
            Reading point = new Reading();
            TrainingState standing = new TrainingState(0, 0, false, 0, null, keeping.kept());
            point.keep(standing, arrays.parts());
            List<float[]> before = EveryFamilyTest.values(p);
            MaskedTuning.constantSteps(p, texts, 2, 1e-2, 0.01, () -> {});
            arrays.goBack(standing, name -> part(point.parts.get(name), name));
            long held = NativeCount.of(p.manager());
            for (int i = 0; i < 5; i++) {
                arrays.goBack(standing, name -> part(point.parts.get(name), name));
            }
            assertThat(NativeCount.of(p.manager())).isEqualTo(held);
            List<float[]> after = EveryFamilyTest.values(p);
            for (int i = 0; i < before.size(); i++) {
                assertThat(after.get(i)).isEqualTo(before.get(i));
            }
        }
    }

    private static Evaluation evaluation() {
        return new Evaluation(new int[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, 1);
    }

    private static ResumePoints.Part part(ByteBuffer all, String name) {
        ArrayChunks.Numbers numbers = to -> to.take(0, all.duplicate());
        return new ResumePoints.Part(name, all.remaining() / Float.BYTES, numbers);
    }
}
