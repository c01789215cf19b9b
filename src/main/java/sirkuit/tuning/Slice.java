package sirkuit.tuning;

import ai.djl.ndarray.NDArray;
import java.util.List;

/// A trainable part of one linear map, norm or table of the checkpoint.
///
/// @param tensor name in the checkpoint
/// @param layout how the map lies in that tensor
/// @param region which part of the map
/// @param value  the part as an array of its own, with a gradient; a part of a matrix keeps its two axes
/// @param matrix whether weight decay applies
/// @param idle   whether its gradient is zero by the mathematics, so that none is computed
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

    /// Takes one trained value to its place in the tensor.
    interface Writer {
        void put(int index, float value);
    }

    /// Tells the trained values with their places in the tensor.
    ///
    /// @param shape of the whole tensor
    void writeInto(List<Long> shape, Writer writer) {
        float[] trained = value.toFloatArray();
        int stored = shape.size() == 1 ? 1 : Math.toIntExact(shape.get(1));
        int rows = Math.toIntExact(value.getShape().get(0));
        int columns = trained.length / rows;
        for (int r = 0; r < rows; r++) {
            int out = layout.first + (region instanceof Region.Rows(var heads, var size) ? place(heads, size, r) : r);
            for (int c = 0; c < columns; c++) {
                int in = region instanceof Region.Columns(var heads, var size) ? place(heads, size, c) : c;
                int at = layout.transposed ? in * stored + out : out * stored + in;
                writer.put(at, trained[r * columns + c]);
            }
        }
    }

    private static int place(List<Integer> heads, int size, int index) {
        return heads.get(index / size) * size + index % size;
    }
}
