package sirkuit.checkpoint;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.Function;

/// New bytes of tensors, in the dtype and shape they have in the file.
@FunctionalInterface
public interface Contents {
    /// @param to takes the tensor's bytes in pieces
    void write(String tensor, Consumer<ByteBuffer> to);

    /// For tensors that fit into a buffer.
    static Contents of(Function<String, ByteBuffer> bytes) {
        return (tensor, to) -> to.accept(bytes.apply(tensor));
    }
}
