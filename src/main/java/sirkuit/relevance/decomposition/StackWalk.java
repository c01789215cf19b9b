package sirkuit.relevance.decomposition;

import ai.djl.ndarray.NDArray;
import java.nio.FloatBuffer;
import java.util.List;

/// Walks over (N, rows, width), N heads in front, in pieces of whole rows that fit into the first-level cache. A piece
/// of what all heads share is read once, then each head's piece goes through every step.
final class StackWalk {
    /// Floats in a piece: four pieces fit into 32 kB.
    private static final int PIECE = 2048;

    private final FloatBuffer memory;
    private final int heads;
    private final int perHead;
    private final int width;
    private final int step;

    /// One element-wise operation.
    interface Step {
        /// Reads a piece of what all heads share.
        default void load(int at, int length) {}

        /// Works on one head's piece.
        ///
        /// @param from index in the whole stack
        void work(float[] m, int from, int length);
    }

    /// An array that all heads share, piece by piece.
    final class Shared {
        private final FloatBuffer whole;
        private final float[] piece = new float[step];

        private Shared(NDArray array) {
            whole = memory(array);
        }

        float[] load(int at, int length) {
            whole.get(at, piece, 0, length);
            return piece;
        }

        float[] piece() {
            return piece;
        }
    }

    /// @param stack (N, ..., width), changed in place
    StackWalk(NDArray stack) {
        memory = memory(stack);
        int last = stack.getShape().dimension() - 1;
        width = Math.toIntExact(stack.getShape().get(last));
        heads = Math.toIntExact(stack.getShape().get(0));
        perHead = memory.capacity() / heads;
        step = Math.max(1, PIECE / width) * width;
    }

    int width() {
        return width;
    }

    /// @return floats, as many as a piece has
    float[] piece() {
        return new float[step];
    }

    Shared shared(NDArray array) {
        return new Shared(array);
    }

    /// A row's values, repeated for a whole piece.
    float[] tiled(NDArray row) {
        float[] values = row.toFloatArray();
        float[] piece = piece();
        for (int o = 0; o < step; o += values.length) {
            System.arraycopy(values, 0, piece, o, values.length);
        }
        return piece;
    }

    void run(List<Step> steps) {
        float[] m = piece();
        for (int at = 0; at < perHead; at += step) {
            int length = Math.min(step, perHead - at);
            for (Step s : steps) {
                s.load(at, length);
            }
            for (int n = 0; n < heads; n++) {
                int from = n * perHead + at;
                memory.get(from, m, 0, length);
                for (Step s : steps) {
                    s.work(m, from, length);
                }
                memory.put(from, m, 0, length);
            }
        }
    }

    /// The array's own memory if it is contiguous, otherwise a copy.
    static FloatBuffer memory(NDArray array) {
        return array.toByteBuffer(true).asFloatBuffer();
    }
}
