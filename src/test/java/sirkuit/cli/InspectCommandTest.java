package sirkuit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesProcess;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.ElementType;
import sirkuit.checkpoint.Elements;
import sirkuit.checkpoint.SafetensorsWriter;
import sirkuit.checkpoint.TensorInfo;

/// What `sirkuit inspect` says of the weights.
@UsesProcess
class InspectCommandTest {
    @TempDir
    Path folder = Path.of("");

    /// The tiny checkpoint with some of its tensors, in other types.
    private Path stored(Predicate<String> kept, Function<String, ElementType> type) {
        Checkpoint original = Checkpoint.open(TinyCheckpoint.write(folder.resolve("original"), 3));
        Path out = TinyCheckpoint.write(folder.resolve("stored"), 3);
        List<TensorInfo> tensors = original.weights().tensors().values().stream()
                .filter(t -> kept.test(t.name()))
                .map(t -> new TensorInfo(
                        t.name(),
                        type.apply(t.name()),
                        t.shape(),
                        0,
                        t.size() * type.apply(t.name()).bytes()))
                .toList();
        SafetensorsWriter.write(out.resolve("model.safetensors"), tensors, Map.of("format", "pt"), t -> {
            ByteBuffer in = original.weights().bytes(t.name()).order(ByteOrder.LITTLE_ENDIAN);
            ByteBuffer bytes = ByteBuffer.allocate((int) t.bytes()).order(ByteOrder.LITTLE_ENDIAN);
            for (int e = 0; e < t.size(); e++) {
                Elements.put(bytes, e, in.getFloat(in.position() + 4 * e), t.type());
            }
            return bytes;
        });
        return out;
    }

    private static String inspected(Path model) {
        CommandLineTest.Result said = CommandLineTest.run("inspect", model);
        assertThat(said.status()).as(said.err()).isZero();
        return said.out();
    }

    @Test
    void sixteenBitWeightsAreSaidToBeComputedInThirtyTwo() {
        String note = "Sirkuit computes in F32, so results differ slightly from transformers in BF16.";
        assertThat(inspected(stored(name -> true, name -> ElementType.BF16)))
                .contains("note         The weights are BF16; " + note);
        assertThat(inspected(
                        stored(name -> true, name -> name.contains("LayerNorm") ? ElementType.F32 : ElementType.BF16)))
                .contains("note         Some weights are BF16; " + note);
        assertThat(inspected(stored(name -> true, name -> ElementType.F32))).doesNotContain("computes in F32");
    }

    @Test
    void aMissingBiasMayBeOneThatTheModelNeverHad() {
        CommandLineTest.Result refused = CommandLineTest.run(
                "inspect", stored(name -> !name.equals("classifier.bias"), name -> ElementType.F32));
        assertThat(refused.status()).isNotZero();
        assertThat(refused.err())
                .contains("has no tensor \"classifier.bias\"")
                .contains("or the model was trained without a bias, which is not supported");
    }
}
