package sirkuit.checkpoint;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// A tensor of a checkpoint that is made from another one: a tensor of that one, perhaps under another name, or a new
/// one.
///
/// @param name  its name
/// @param type  its type in the file
/// @param shape its sizes
/// @param bytes passes on its bytes in pieces
public record PlacedTensor(String name, ElementType type, List<Long> shape, Consumer<Consumer<ByteBuffer>> bytes) {
    private static final Map<String, String> METADATA = Map.of("format", "pt");

    /// A tensor of another checkpoint, bit for bit.
    ///
    /// @param stored its name there
    public static PlacedTensor of(Checkpoint checkpoint, String stored, String name) {
        TensorInfo info = checkpoint.weights().info(stored);
        return new PlacedTensor(name, info.type(), info.shape(), to -> {
            checkpoint.weights().pieces(stored, to);
            checkpoint.weights().release(stored); // else the whole file is in memory
        });
    }

    static void write(Path file, List<PlacedTensor> tensors) {
        Map<String, PlacedTensor> byName = new LinkedHashMap<>();
        tensors.forEach(tensor -> byName.put(tensor.name, tensor));
        SafetensorsWriter.write(
                file,
                byName.values().stream().map(PlacedTensor::info).toList(),
                METADATA,
                (info, to) ->
                        Objects.requireNonNull(byName.get(info.name())).bytes.accept(to));
    }

    private TensorInfo info() {
        long size = shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
        return new TensorInfo(name, type, shape, 0, Math.multiplyExact(size, type.bytes()));
    }
}
