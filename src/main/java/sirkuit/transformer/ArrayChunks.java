package sirkuit.transformer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/// Copies the numbers of an F32 array out and in, piece by piece, because an array may be larger than Java's heap and
/// larger than a buffer. On the CPU, a piece is the array's own memory. On a GPU, it is a copy made by a sub-manager
/// that DJL leaves open and that is closed here.
///
/// @param numbers maximum size of a piece
public record ArrayChunks(int numbers) {
    /// 64 MB.
    public static final ArrayChunks USUAL = new ArrayChunks(1 << 24);

    /// Takes a piece.
    @FunctionalInterface
    public interface Reader {
        /// @param from  index of the piece's first number among all
        /// @param bytes of the piece, in native byte order; valid only during the call
        void take(long from, ByteBuffer bytes);
    }

    /// Passes on numbers, piece by piece and in order.
    @FunctionalInterface
    public interface Numbers {
        void read(Reader to);
    }

    /// All numbers of an array at the time when they are read.
    public Numbers of(NDArray array) {
        return to -> read(array, 0, array.size(), to);
    }

    /// Some numbers of an array in the order of its rows.
    ///
    /// @param to receives indices counted from `first`
    public void read(NDArray array, long first, long count, Reader to) {
        each(array, first, count, (at, piece) -> onHost(piece, bytes -> to.take(at - first, bytes)));
    }

    /// Writes numbers into an array, whose memory must be contiguous.
    ///
    /// @param first index of the first number in the array
    public void write(NDArray array, long first, Numbers numbers) {
        numbers.read((from, bytes) -> {
            long count = bytes.remaining() / Float.BYTES;
            each(array, first + from, count, (at, piece) -> {
                int offset = Math.toIntExact((at - first - from) * Float.BYTES);
                put(piece, bytes.slice(bytes.position() + offset, Math.toIntExact(piece.size() * Float.BYTES)));
            });
        });
    }

    /// Changes all numbers of an array, whose memory must be contiguous.
    public void change(NDArray array, Consumer<ByteBuffer> how) {
        each(
                array,
                0,
                array.size(),
                (at, piece) -> onHost(piece, bytes -> {
                    how.accept(bytes.duplicate().order(ByteOrder.nativeOrder()));
                    if (!onHost(piece)) {
                        put(piece, bytes);
                    }
                }));
    }

    /// The only number of an array.
    public static float number(NDArray array) {
        float[] number = new float[1];
        onHost(array, bytes -> number[0] = bytes.getFloat(bytes.position()));
        return number[0];
    }

    private interface Work {
        void on(long at, NDArray piece);
    }

    private void each(NDArray array, long first, long count, Work work) {
        try (NDScope whole = new NDScope()) {
            whole.suppressNotUsedWarning();
            NDArray flat = array.flatten();
            for (long at = first; at < first + count; at += numbers) {
                try (NDScope scope = new NDScope()) {
                    scope.suppressNotUsedWarning();
                    work.on(at, flat.get(at + ":" + Math.min(first + count, at + numbers)));
                }
            }
        }
    }

    private static boolean onHost(NDArray array) {
        return array.getDevice().equals(Device.cpu());
    }

    private static void onHost(NDArray array, Consumer<ByteBuffer> work) {
        if (onHost(array)) {
            work.accept(array.toByteBuffer(true));
            return;
        }
        NDArray copy = array.toDevice(Device.cpu(), true);
        try {
            work.accept(copy.toByteBuffer(true));
        } finally {
            NDManager own = copy.getManager();
            copy.close();
            if (own != array.getManager()) {
                own.close();
            }
        }
    }

    private static void put(NDArray piece, ByteBuffer bytes) {
        if (onHost(piece)) {
            piece.toByteBuffer(true).put(bytes.duplicate());
            return;
        }
        Shape shape = new Shape(piece.size());
        try (NDArray copy = piece.getManager().create(direct(bytes), shape, DataType.FLOAT32)) {
            piece.set(new NDIndex("..."), copy);
        }
    }

    private static ByteBuffer direct(ByteBuffer bytes) {
        return ByteBuffer.allocateDirect(bytes.remaining())
                .order(ByteOrder.nativeOrder())
                .put(bytes.duplicate())
                .flip();
    }
}
