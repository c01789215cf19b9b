package sirkuit.tuning;

import ai.djl.ndarray.NDArray;
import java.nio.FloatBuffer;
import java.util.List;
import sirkuit.transformer.ArrayChunks;

/// A trainable part of one linear map, norm or table of the checkpoint.
///
/// @param tensor name in the checkpoint
/// @param layout how the map lies in that tensor
/// @param region which part of the map
/// @param value  the part as a separate array with a gradient; a part of a matrix keeps its two axes
/// @param matrix whether weight decay applies
/// @param idle   whether its gradient is always zero mathematically, so that none is computed
record Slice(String tensor, Layout layout, Region region, NDArray value, boolean matrix, boolean idle) {
    /// @param transposed whether the tensor is stored (in, out)
    /// @param first      the map's first output in the tensor
    record Layout(boolean transposed, int first) {
        static final Layout WHOLE = new Layout(false, 0);
    }

    sealed interface Region {
        /// Everything.
        record Whole() implements Region {}

        /// Outputs `size * head` to `size * (head + 1)`, for each head in turn.
        record Rows(List<Integer> heads, int size) implements Region {}

        /// The same of the inputs.
        record Columns(List<Integer> heads, int size) implements Region {}
    }

    long entries() {
        return value.size();
    }

    /// Passes on the trained values with their places in the tensor.
    ///
    /// @param shape of the whole tensor
    void writeInto(List<Long> shape, TrainableParameters.Entries writer) {
        writeInto(shape, 0, Long.MAX_VALUE, writer);
    }

    /// The same for positions from `from` to `to` only.
    void writeInto(List<Long> shape, long from, long to, TrainableParameters.Entries writer) {
        long stored = shape.size() == 1 ? 1 : shape.get(1);
        if (region instanceof Region.Whole && !layout.transposed) {
            long start = layout.first * stored; // in order
            long first = Math.max(0, from - start);
            long end = Math.min(entries(), to - start);
            if (first < end) {
                ArrayChunks.USUAL.read(value, first, end - first, (at, bytes) -> {
                    FloatBuffer numbers = bytes.asFloatBuffer();
                    for (int i = 0; i < numbers.limit(); i++) {
                        writer.take(start + first + at + i, numbers.get(i));
                    }
                });
            }
            return;
        }
        long columns = entries() / value.getShape().get(0);
        ArrayChunks.USUAL.read(value, 0, entries(), (at, bytes) -> {
            FloatBuffer numbers = bytes.asFloatBuffer();
            for (int i = 0; i < numbers.limit(); i++) {
                long index = place((at + i) / columns, (at + i) % columns, stored);
                if (index >= from && index < to) {
                    writer.take(index, numbers.get(i));
                }
            }
        });
    }

    private long place(long row, long column, long stored) {
        long out = layout.first + (region instanceof Region.Rows(var heads, var size) ? place(heads, size, row) : row);
        long in = region instanceof Region.Columns(var heads, var size) ? place(heads, size, column) : column;
        return layout.transposed ? in * stored + out : out * stored + in;
    }

    private static long place(List<Integer> heads, int size, long index) {
        return (long) heads.get((int) (index / size)) * size + index % size;
    }
}
