package sirkuit.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.UsesEngine;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.tokenizer.TextTokenizer;
import sirkuit.device.Backend;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.family.Families;

/// Several maps in one tensor, as ModernBERT's query, key and value and the two maps into its MLP: each part is trained
/// by itself and written to its own place.
@UsesEngine
class FusedTensorsTest {
    private static final Path MODEL = Path.of("src/test/resources/sirkuit/reference/modernbert-mean/model");

    @TempDir
    Path folder = Path.of("");

    @Test
    void theAdaptedCheckpointComputesWhatFullFineTuningTrained() {
        try (ProxyModel model = load(MODEL);
                TrainableParameters p = TrainableParameters.full(model)) {
            assertThat(p.count()).isEqualTo(model.checkpoint().parameters());
            LabelledTokens texts = texts(model);
            float[] before = Evaluation.logits(p.network(), model.manager(), texts, () -> {});
            double[] losses = MaskedTuning.constantSteps(p, texts, 3, 1e-3, 0.01, () -> {});
            assertThat(losses[2]).isLessThan(losses[0]);
            float[] trained = Evaluation.logits(p.network(), model.manager(), texts, () -> {});
            assertThat(trained[0]).isNotCloseTo(before[0], within(1e-3f));

            Path out = folder.resolve("adapted");
            model.checkpoint().writeAdapted(out, p.tensors(), p::adapted);
            for (String name : model.checkpoint().weights().tensors().keySet()) {
                assertThat(p.adapted(name).mismatch(model.copyOfBytes(name)))
                        .as(name)
                        .isNotNegative();
            }
            try (ProxyModel read = load(out)) {
                assertThat(Evaluation.logits(read.network(), read.manager(), texts, () -> {}))
                        .containsExactly(trained, within(1e-4f));
            }
        }
    }

    private static ProxyModel load(Path folder) {
        return Families.load(Checkpoint.open(folder), List.of(), Backend.start("cpu", 2));
    }

    private static LabelledTokens texts(ProxyModel model) {
        try (TextTokenizer tokenizer = TextTokenizer.open(model.checkpoint(), 20)) {
            return LabelledTokens.of(
                    tokenizer.encode(List.of("suka sekali!", "the room smelled of smoke", "toko tutup")),
                    new int[] {2, 0, 1},
                    model.spec());
        }
    }
}
