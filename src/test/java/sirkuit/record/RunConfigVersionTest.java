package sirkuit.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.JsonKind;
import sirkuit.Problem;
import sirkuit.mask.HeadMask;

/// What earlier versions of the program would misread has a newer version in its file; all else stays as it was.
class RunConfigVersionTest {
    @TempDir
    Path folder = Path.of("");

    private static RunConfig config(RunConfig.Parameters what, @Nullable Double l2sp, @Nullable Replay replay) {
        DataFile texts = new DataFile("texts.csv");
        RunConfig.Settings usual = RunConfig.Settings.DEFAULT;
        return new RunConfig(
                RunConfig.VERSION,
                "run",
                "model",
                null,
                what,
                new RunConfig.Data(texts, texts, null, Map.of(), null, null, replay),
                new RunConfig.Settings(
                        usual.batches(), new RunConfig.Optimizer(1e-3, 0.01, 0.06, 1, l2sp), null, 0, 0, 0, 64, 0));
    }

    private static List<RunConfig> newKinds() {
        RunConfig.Parameters heads = RunConfig.Parameters.of(HeadMask.all(2, 4));
        return List.of(
                config(RunConfig.Parameters.biases(false), null, null),
                config(RunConfig.Parameters.topLayers(2), null, null),
                config(RunConfig.Parameters.FULL, 0.01, null),
                config(heads, null, new Replay(new DataFile("source.csv"), 0.25)));
    }

    @Test
    void newKindsOfRunsAreReadBackAndRefusedByAVersionThatDoesNotKnowThem() throws IOException {
        for (RunConfig config : newKinds()) {
            Path file = Files.writeString(folder.resolve("config.json"), Json.pretty(config));
            assertThat(Json.read(file, RunConfig.class, RunConfig.VERSION, JsonKind.RUN))
                    .isEqualTo(config);
            assertThatThrownBy(() -> Json.read(file, RunConfig.class, 1, JsonKind.RUN))
                    .as(Json.line(config))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("written by a newer Sirkuit");
        }
    }

    @Test
    void allOtherRunsAreWrittenForEarlierVersionsToo() {
        for (RunConfig.Parameters what :
                List.of(RunConfig.Parameters.FULL, RunConfig.Parameters.of(HeadMask.all(2, 4)))) {
            assertThat(Json.line(config(what, null, null)))
                    .startsWith("{\"schemaVersion\":1,")
                    .doesNotContain("l2sp", "replay", "topLayers");
            // none is none
            assertThat(config(what, 0.0, null)).isEqualTo(config(what, null, null));
        }
    }

    @Test
    void topLayersWithoutANumberAndASharePastTheWholeAreRefused() {
        assertThatThrownBy(() -> new RunConfig.Parameters(RunConfig.Trained.TOP_LAYERS, null, true, true))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("topLayers");
        assertThatThrownBy(() -> new Replay(new DataFile("source.csv"), 1)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> new RunConfig.Optimizer(1e-3, 0, 0, 1, -1.0)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> new RunConfig.Optimizer(1e-3, 0, 0, 1, Double.NaN))
                .isInstanceOf(Problem.class);
    }

    @Test
    void namesOfBaselinesAreReadWithTheirNumbers() {
        assertThat(Baseline.of("top-layers-12")).contains(Baseline.TOP_LAYERS);
        assertThat(Baseline.layersOf("top-layers-12")).isEqualTo(12);
        assertThat(Baseline.topLayers(12)).isEqualTo("top-layers-12");
        assertThat(Baseline.of("biases")).contains(Baseline.BIASES);
        for (String none : List.of("top-layers-N", "top-layers-0", "top-layers-", "bias", "BIASES")) {
            assertThat(Baseline.of(none)).as(none).isEmpty();
        }
    }
}
