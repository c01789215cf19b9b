package sirkuit.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Message;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesEngine;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.device.Backend;
import sirkuit.mask.HeadMask;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.family.Families;

/// Which values a training ends with. Evaluations are of 100 texts; the values are all the number of the evaluation.
@UsesEngine
class EarlyStoppingTest {
    @TempDir
    Path folder = Path.of("");

    private ProxyModel model;
    private TrainableParameters parameters;

    @BeforeEach
    void open() {
        model = Families.load(
                Checkpoint.open(TinyCheckpoint.write(folder.resolve("model"), 3)), List.of(), Backend.start("cpu", 1));
        parameters = TrainableParameters.masked(
                model, HeadMask.all(TinyCheckpoint.LAYERS, TinyCheckpoint.HEADS), false, false);
    }

    @AfterEach
    void close() {
        parameters.close();
        model.close();
    }

    private static EarlyStopping keeping(int patience, @Nullable Double maxForgetting) {
        return keeping(new TuningSettings.Stopping(1, patience, maxForgetting));
    }

    private static EarlyStopping keeping(TuningSettings.Stopping stopping) {
        return new EarlyStopping(new TuningSettings(
                new TuningSettings.Batches(1, 1, 1, false),
                new TuningSettings.Optimizer(1e-3, 0, 0, 0, Schedule.Kind.LINEAR),
                stopping,
                null,
                1,
                false));
    }

    private @Nullable String take(EarlyStopping keeping, int step, int target, @Nullable Integer source) {
        parameters.slices().forEach(s -> s.value().set(new float[(int) s.entries()]));
        parameters.slices().forEach(s -> s.value().addi(step));
        Message why = keeping.take(
                new Measured(step, evaluation(target), source == null ? null : evaluation(source), Map.of()),
                parameters);
        return why == null ? null : why.english();
    }

    private static Evaluation evaluation(int right) {
        return new Evaluation(new int[][] {{right, 100 - right}, {0, 0}}, 1);
    }

    private float keptValue(EarlyStopping keeping) {
        Objects.requireNonNull(keeping.values()).restore();
        return parameters.slices().getFirst().value().toFloatArray()[0];
    }

    @Test
    void aValidSplitChoosesTheStepAndTheTargetTextsDoNot() {
        EarlyStopping keeping = keeping(new TuningSettings.Stopping(1, 0, null, true));
        int[] valid = {50, 80, 70, 60};
        int[] target = {50, 60, 90, 95};
        for (int step = 0; step < valid.length; step++) {
            int now = step;
            parameters.slices().forEach(s -> s.value().set(new float[(int) s.entries()]));
            parameters.slices().forEach(s -> s.value().addi(now));
            Measured measured = new Measured(step, evaluation(target[step]), null, Map.of(), evaluation(valid[step]));
            assertThat(keeping.take(measured, parameters)).as("step " + step).isNull();
        }
        assertThat(Objects.requireNonNull(keeping.kept()).step()).isOne();
        assertThat(keptValue(keeping)).isOne();
    }

    @Test
    void withNeitherTheLastValuesAreKeptAndNothingIsCopied() {
        EarlyStopping keeping = keeping(0, null);
        for (int step = 1; step <= 5; step++) {
            assertThat(take(keeping, step, 50 - step, 90 - 10 * step)).isNull();
        }
        assertThat(keeping.values()).isNull();
        assertThat(Objects.requireNonNull(keeping.kept()).step()).isEqualTo(5);
    }

    @Test
    void withPatienceTheBestAreKeptAndItStopsAfterThatManyThatAreNotBetter() {
        EarlyStopping keeping = keeping(2, null);
        assertThat(take(keeping, 1, 50, null)).isNull();
        assertThat(take(keeping, 2, 60, null)).isNull();
        assertThat(take(keeping, 3, 60, null)).isNull(); // as good is not better
        assertThat(keeping.withoutGain()).isEqualTo(1);
        assertThat(take(keeping, 4, 61, null)).isNull();
        assertThat(keeping.withoutGain()).isZero();
        assertThat(take(keeping, 5, 55, null)).isNull();
        assertThat(take(keeping, 6, 61, null)).contains("step 6", "2 evaluations", "step 4 are kept");
        assertThat(keptValue(keeping)).isEqualTo(4);
    }

    @Test
    void withALimitOnForgettingTheLastThatKeptToItAreKept() {
        EarlyStopping keeping = keeping(0, 5.0);
        assertThat(take(keeping, 0, 50, 90)).isNull();
        assertThat(take(keeping, 1, 40, 88)).isNull();
        assertThat(take(keeping, 2, 30, 85))
                .as("5 lost points are no more than 5")
                .isNull();
        assertThat(take(keeping, 3, 70, 84)).contains("step 3", "6.0 points", "step 2 are kept");
        assertThat(keptValue(keeping)).isEqualTo(2);
        assertThat(Objects.requireNonNull(keeping.sourceBefore()).accuracy()).isEqualTo(0.9);
    }

    @Test
    void withBothTheBestThatKeptToTheLimitAreKept() {
        EarlyStopping keeping = keeping(3, 5.0);
        assertThat(take(keeping, 0, 50, 90)).isNull();
        assertThat(take(keeping, 1, 60, 89)).isNull();
        assertThat(take(keeping, 2, 55, 88)).isNull();
        assertThat(take(keeping, 3, 80, 80)).contains("10.0 points", "step 1 are kept");
        assertThat(keptValue(keeping)).isEqualTo(1);
    }
}
