package sirkuit.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.IntBuffer;
import java.util.stream.IntStream;

/// Dropout (Srivastava et al. 2014). On the CPU, a hash of its position decides whether an entry is dropped, in loops
/// that the compiler vectorises. libtorch's own draws take eight nanoseconds per entry and a third of a training step
/// of a small model (decision 22). On other devices the library's dropout is used.
final class DropoutMask {
    private static final int PIECE = 1 << 12;

    /// 2^32 divided by the golden ratio: steps of this length visit every number once.
    private static final int GOLDEN = 0x9e3779b9;

    /// Multiples of that. Computing them in the loop would prevent vectorisation.
    private static final int[] PLACES =
            IntStream.range(0, PIECE).map(i -> i * GOLDEN).toArray();

    private DropoutMask() {}

    /// Zero where it is dropped, x / (1 - p) elsewhere. Seeded by the next number of libtorch's generator.
    ///
    /// @param probability of being dropped, p: above 0, below 1
    static NDArray apply(NDArray x, double probability) {
        NDManager manager = x.getManager();
        if (x.getDevice().isGpu()) {
            return ai.djl.nn.norm.Dropout.dropout(x, (float) probability, true).singletonOrThrow();
        }
        NDArray mask = manager.create(x.getShape(), DataType.FLOAT32);
        try (NDArray drawn = manager.randomInteger(0, Long.MAX_VALUE, new Shape(1), DataType.INT64)) {
            fill(mask.toByteBuffer(true).asIntBuffer(), drawn.getLong(), probability);
        }
        return x.mul(mask);
    }

    /// @param to floats, as their bits
    static void fill(IntBuffer to, long seed, double probability) {
        int threshold = (int) Math.round(probability * Integer.MAX_VALUE);
        int kept = Float.floatToRawIntBits((float) (1 / (1 - probability)));
        int[] piece = new int[PIECE];
        for (int from = 0; from < to.limit(); from += PIECE) {
            fill(piece, PLACES, (int) (seed >>> 32) + from * GOLDEN, (int) seed, threshold, kept);
            to.put(from, piece, 0, Math.min(PIECE, to.limit() - from));
        }
    }

    /// A separate method, so that the compiler vectorises its loop.
    private static void fill(int[] piece, int[] places, int start, int key, int threshold, int kept) {
        for (int i = 0; i < piece.length; i++) {
            int hash = hash(start + places[i], key);
            // All bits set where the hash, of 31 bits, reaches the threshold.
            piece[i] = ~(((hash >>> 1) - threshold) >> 31) & kept;
        }
    }

    /// MurmurHash3's finaliser (Appleby 2011), keyed half-way, so that the hashes of two seeds are not the same ones
    /// further on.
    private static int hash(int number, int key) {
        int h = (number ^ (number >>> 16)) * 0x85ebca6b;
        h = (h ^ (h >>> 13) ^ key) * 0xc2b2ae35;
        h = (h ^ (h >>> 16)) * 0x85ebca6b;
        return h ^ (h >>> 15);
    }
}
