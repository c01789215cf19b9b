package sirkuit.app.runs.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sirkuit.app.runs.RunModel;
import sirkuit.app.tune.TuneModel;
import sirkuit.mask.HeadMask;
import sirkuit.record.DataFile;
import sirkuit.record.Replay;
import sirkuit.record.RunConfig;
import sirkuit.run.RunKind;

/// What the window calls runs with biases, last layers, L2-SP and replay.
class RivalRunWordsTest {
    private static RunModel run(RunConfig.Parameters what, @Nullable Double l2sp, boolean replays) {
        DataFile texts = new DataFile("texts.csv");
        Replay replay = replays ? new Replay(new DataFile("source.csv"), 0.25) : null;
        RunConfig.Settings usual = RunConfig.Settings.DEFAULT;
        RunConfig config = new RunConfig(
                RunConfig.VERSION,
                "run",
                "checkpoint",
                null,
                what,
                new RunConfig.Data(texts, texts, null, Map.of(), null, null, replay),
                new RunConfig.Settings(
                        usual.batches(), new RunConfig.Optimizer(1e-3, 0.01, 0.06, 1, l2sp), null, 0, 0, 0, 64, 0));
        return new RunModel("run", 0, config);
    }

    @Test
    void biasesAndLastLayersAreNamedAndHaveNoNumberOfHeads() {
        RunModel biases = run(RunConfig.Parameters.biases(false), null, false);
        assertThat(RunResultWords.strategy(biases)).isEqualTo("biases");
        assertThat(biases.trained()).isEqualTo("biases");
        assertThat(biases.heads()).isNull();
        assertThat(biases.strategy()).isEqualTo(RunKind.BIASES);
        RunModel layers = run(RunConfig.Parameters.topLayers(2), null, false);
        assertThat(RunResultWords.strategy(layers)).isEqualTo("last layers");
        assertThat(layers.trained()).isEqualTo("last layers: 2");
        assertThat(layers.heads()).isNull();
        assertThat(layers.strategy()).isEqualTo(RunKind.TOP_LAYERS);
    }

    @Test
    void aRunWithReplayOrL2spIsNotInTheGroupOfThoseWithout() {
        RunModel plain = run(RunConfig.Parameters.FULL, null, false);
        RunModel full = run(RunConfig.Parameters.FULL, null, true);
        RunModel heads = run(RunConfig.Parameters.of(HeadMask.all(2, 4)), 0.01, true);
        assertThat(plain.strategy()).isEqualTo(RunKind.FULL);
        assertThat(RunResultWords.strategy(full)).isEqualTo("full + replay");
        assertThat(RunResultWords.strategy(heads)).isEqualTo("all heads + L2-SP + replay");
        assertThat(heads.trained()).isEqualTo("8 of 8");
        for (RunModel run : new RunModel[] {full, heads}) {
            assertThat(run.strategy()).isEqualTo(RunKind.KEEPING);
        }
    }

    @Test
    void twoRunsThatDifferInReplayOrL2spSaySo() {
        RunModel plain = run(RunConfig.Parameters.FULL, null, false);
        RunModel held = run(RunConfig.Parameters.FULL, 0.01, true);
        assertThat(new RunPair(plain, held).settings())
                .contains(
                        new RunPair.Row("Strategy", "full", "full + L2-SP + replay"),
                        new RunPair.Row("L2-SP", "–", "0.01"),
                        new RunPair.Row("Replay", "–", "0.25, source.csv"));
    }

    /// The settings of the next run have no place for them.
    @Test
    void theWindowCopiesTheSettingsOfOtherRunsOnly() {
        RunConfig.Parameters heads = RunConfig.Parameters.of(HeadMask.all(2, 4));
        assertThat(TuneModel.makes(run(heads, null, false).config())).isTrue();
        assertThat(TuneModel.makes(run(RunConfig.Parameters.FULL, null, false).config()))
                .isTrue();
        assertThat(TuneModel.makes(run(heads, 0.01, false).config())).isFalse();
        assertThat(TuneModel.makes(run(heads, null, true).config())).isFalse();
        assertThat(TuneModel.makes(
                        run(RunConfig.Parameters.biases(false), null, false).config()))
                .isFalse();
        assertThat(TuneModel.makes(
                        run(RunConfig.Parameters.topLayers(1), null, false).config()))
                .isFalse();
    }
}
