package sirkuit.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sirkuit.NativeCount;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesEngine;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.TensorInfo;
import sirkuit.device.Backend;

/// Arrays are read and written in pieces, and nothing of it stays, of arrays on the CPU and on what pretends to
/// be a GPU.
@UsesEngine
class ArrayChunksTest {
    private static final ArrayChunks FIVE = new ArrayChunks(5);

    @TempDir
    Path folder = Path.of("");

    private static NDManager manager() {
        return Backend.start("cpu", 1).newManager();
    }

    private static NDArray on(String device, NDArray array) {
        return device.equals("cpu") ? array : PretendedGpu.holding(array);
    }

    private static List<Float> read(ArrayChunks pieces, NDArray array, long first, long count) {
        List<Float> numbers = new ArrayList<>();
        pieces.read(array, first, count, (from, bytes) -> {
            assertThat(from).isEqualTo(numbers.size());
            FloatBuffer floats = bytes.asFloatBuffer();
            assertThat(floats.limit()).isLessThanOrEqualTo(pieces.numbers());
            while (floats.hasRemaining()) {
                numbers.add(floats.get());
            }
        });
        return numbers;
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "pretended GPU"})
    void numbersComeInTheOrderOfTheRows(String device) {
        try (NDManager manager = manager()) {
            NDArray array = on(device, manager.arange(24f).reshape(4, 6));
            assertThat(read(FIVE, array, 0, 24)).hasSize(24).startsWith(0f, 1f).endsWith(22f, 23f);
            assertThat(read(FIVE, array, 7, 6)).containsExactly(7f, 8f, 9f, 10f, 11f, 12f);
            assertThat(read(FIVE, array.transpose(), 0, 5)).containsExactly(0f, 6f, 12f, 18f, 1f);
            assertThat(ArrayChunks.number(array.sum())).isEqualTo(276f);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "pretended GPU"})
    void numbersOfOneArrayGoIntoAnotherWhateverThePiecesAre(String device) {
        try (NDManager manager = manager()) {
            NDArray from = on(device, manager.arange(24f));
            NDArray to = on(device, manager.zeros(new Shape(3, 10)));
            FIVE.write(to, 3, new ArrayChunks(7).of(from));
            assertThat(read(FIVE, to, 0, 4)).containsExactly(0f, 0f, 0f, 0f);
            assertThat(read(FIVE, to, 3, 24)).isEqualTo(read(FIVE, from, 0, 24));
            assertThat(read(FIVE, to, 27, 3)).containsExactly(0f, 0f, 0f);
            FIVE.change(to, bytes -> {
                FloatBuffer floats = bytes.asFloatBuffer();
                for (int i = 0; i < floats.limit(); i++) {
                    floats.put(i, -floats.get(i));
                }
            });
            assertThat(read(FIVE, to, 24, 6)).containsExactly(-21f, -22f, -23f, -0f, -0f, -0f);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "pretended GPU"})
    void nothingStaysOfReadingAndWriting(String device) {
        try (NDManager manager = manager()) {
            NDArray array = on(device, manager.arange(24f));
            NDArray one = on(device, manager.create(3f));
            long before = NativeCount.of(manager);
            for (int i = 0; i < 3; i++) {
                read(FIVE, array, 0, 24);
                FIVE.write(array, 0, FIVE.of(array));
                FIVE.change(array, bytes -> {});
                ArrayChunks.number(one);
            }
            assertThat(NativeCount.of(manager)).isEqualTo(before);
            if (!device.equals("cpu")) {
                array.toDevice(Device.cpu(), true).close();
                assertThat(NativeCount.of(manager)).as("what DJL leaves open").isGreaterThan(before);
            }
        }
    }

    /// As tensors of two gigabytes are loaded.
    @Test
    void aTensorLoadedInPiecesIsTheSame() {
        Checkpoint checkpoint = Checkpoint.open(TinyCheckpoint.write(folder.resolve("model"), 3));
        try (NDManager manager = manager()) {
            Tensors whole = new Tensors(checkpoint, manager);
            Tensors pieces = new Tensors(checkpoint, manager, new ArrayChunks(14), 0);
            for (TensorInfo info : checkpoint.weights().tensors().values()) {
                long[] shape = info.shape().stream().mapToLong(n -> n).toArray();
                assertThat(pieces.get(info.name(), shape).toFloatArray())
                        .as(info.name())
                        .isEqualTo(whole.get(info.name(), shape).toFloatArray());
            }
        }
    }
}
