package sirkuit.tuning;

import ai.djl.ndarray.NDArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// A trainable part of one tensor of the checkpoint.
///
/// @param tensor name in the checkpoint
/// @param region which part
/// @param value  the part as an array of its own, with a gradient; a part of a matrix keeps its two axes
/// @param matrix whether weight decay applies
record Slice(String tensor, Region region, NDArray value, boolean matrix) {
    sealed interface Region {
        /// Everything.
        record Whole() implements Region {}

        /// Entries `size * head` to `size * (head + 1)` of the first axis, for each head in turn.
        record Rows(List<Integer> heads, int size) implements Region {}

        /// The same of the second axis.
        record Columns(List<Integer> heads, int size) implements Region {}
    }

    long entries() {
        return value.size();
    }

    /// Writes the trained values over their places in the tensor's bytes.
    ///
    /// @param bytes the whole tensor as F32, little-endian
    /// @param shape of the whole tensor
    void writeInto(ByteBuffer bytes, List<Long> shape) {
        var floats = bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        float[] trained = value.toFloatArray();
        switch (region) {
            case Region.Whole() -> floats.put(0, trained);
            case Region.Rows(var heads, var size) -> {
                int row = shape.size() == 1 ? 1 : Math.toIntExact(shape.get(1));
                int length = size * row;
                for (int i = 0; i < heads.size(); i++) {
                    floats.put(heads.get(i) * length, trained, i * length, length);
                }
            }
            case Region.Columns(var heads, var size) -> {
                int columns = Math.toIntExact(shape.get(1));
                int width = heads.size() * size;
                for (int row = 0; row < shape.getFirst(); row++) {
                    for (int i = 0; i < heads.size(); i++) {
                        floats.put(row * columns + heads.get(i) * size, trained, row * width + i * size, size);
                    }
                }
            }
        }
    }
}
