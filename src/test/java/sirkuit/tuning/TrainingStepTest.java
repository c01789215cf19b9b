package sirkuit.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesEngine;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.tokenizer.TextTokenizer;
import sirkuit.device.Backend;
import sirkuit.mask.HeadMask;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TransformerSpec;
import sirkuit.transformer.family.Families;

@UsesEngine
class TrainingStepTest {
    @TempDir
    Path folder = Path.of("");

    /// Whatever the backward pass reads must still be there when Java has collected its garbage (decision 8).
    @Test
    void gradientsSurviveTheCollectionOfGarbage() {
        Checkpoint checkpoint = Checkpoint.open(TinyCheckpoint.write(folder.resolve("model"), 3));
        try (ProxyModel model = Families.load(checkpoint, List.of(), Backend.start("cpu", 1));
                TextTokenizer tokenizer = TextTokenizer.open(checkpoint, 16)) {
            LabelledTokens texts = new LabelledTokens(
                    tokenizer.encode(List.of("film itu bagus", "nasi itu hambar dan dingin")), new int[] {2, 0});
            List<float[]> calm = gradients(model, texts, () -> {});
            List<float[]> disturbed = gradients(model, texts, TrainingStepTest::disturb);
            for (int i = 0; i < calm.size(); i++) {
                assertThat(disturbed.get(i)).isEqualTo(calm.get(i));
            }
        }
    }

    private static List<float[]> gradients(ProxyModel model, LabelledTokens texts, Runnable inTheMiddle) {
        HeadMask mask = HeadMask.all(TinyCheckpoint.LAYERS, TinyCheckpoint.HEADS);
        try (TrainableParameters p = TrainableParameters.masked(model, mask, true, true)) {
            new TrainingStep(p, TransformerSpec.Dropout.NONE, inTheMiddle).gradients(List.of(texts));
            return p.slices().stream()
                    .filter(s -> !s.idle())
                    .map(s -> s.value().getGradient().toFloatArray())
                    .toList();
        }
    }

    /// Lets the collector free what nobody holds, and overwrites it.
    static void disturb() {
        for (int i = 0; i < 3; i++) {
            System.gc();
            try {
                Thread.sleep(20); // the cleaner has a thread of its own
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        List<ByteBuffer> garbage = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            ByteBuffer some = ByteBuffer.allocateDirect(4);
            while (some.hasRemaining()) {
                some.put((byte) 0x41);
            }
            garbage.add(some);
        }
        assertThat(garbage).hasSize(2000);
    }
}
