package sirkuit.checkpoint;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;

/// Numbers as safetensors files hold them, and as F32, in which everything is computed.
public final class Elements {
    /// Elements that are converted at a time.
    private static final int PIECE = 1 << 16;

    private Elements() {}

    /// Whether the type holds numbers that can be computed with.
    public static boolean isFloating(ElementType type) {
        return switch (type) {
            case F16, BF16, F32, F64 -> true;
            default -> false;
        };
    }

    /// The buffer itself if it is aligned for arithmetic, otherwise a direct copy. Floats must be at multiples of
    /// four bytes, which the format does not guarantee.
    public static ByteBuffer aligned(ByteBuffer bytes) {
        if (MemorySegment.ofBuffer(bytes).address() % Float.BYTES == 0) {
            return bytes;
        }
        return ByteBuffer.allocateDirect(bytes.remaining())
                .order(ByteOrder.nativeOrder())
                .put(bytes.duplicate())
                .flip();
    }

    /// Writes all elements as F32.
    public static void widen(ByteBuffer bytes, ElementType type, FloatBuffer to) {
        int count = bytes.remaining() / type.bytes();
        IntStream.range(0, Math.ceilDiv(count, PIECE)).parallel().forEach(i -> {
            int from = i * PIECE;
            to.put(to.position() + from, floats(bytes, type, from, Math.min(PIECE, count - from)));
        });
    }

    private static float[] floats(ByteBuffer bytes, ElementType type, int from, int count) {
        float[] floats = new float[count];
        if (type != ElementType.F16 && type != ElementType.BF16) {
            for (int i = 0; i < count; i++) {
                floats[i] = get(bytes, from + i, type);
            }
            return floats;
        }
        short[] halves = new short[count];
        bytes.slice(bytes.position() + from * type.bytes(), count * type.bytes())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer()
                .get(halves);
        // Simple loops, which the compiler turns into vector instructions.
        if (type == ElementType.BF16) {
            for (int i = 0; i < count; i++) {
                floats[i] = Float.intBitsToFloat(halves[i] << 16);
            }
        } else {
            for (int i = 0; i < count; i++) {
                floats[i] = Float.float16ToFloat(halves[i]);
            }
        }
        return floats;
    }

    /// @param index of the element
    public static float get(ByteBuffer bytes, int index, ElementType type) {
        int at = bytes.position() + index * type.bytes();
        return switch (type) {
            case F32 -> bytes.getFloat(at);
            case F64 -> (float) bytes.getDouble(at);
            case F16 -> Float.float16ToFloat(bytes.getShort(at));
            case BF16 -> Float.intBitsToFloat(bytes.getShort(at) << 16);
            default -> throw new IllegalArgumentException(type + " is not floating");
        };
    }

    /// Writes a number in the file's type, rounded to the nearest (ties to even).
    public static void put(ByteBuffer bytes, int index, float value, ElementType type) {
        int at = bytes.position() + index * type.bytes();
        switch (type) {
            case F32 -> bytes.putFloat(at, value);
            case F64 -> bytes.putDouble(at, value);
            case F16 -> bytes.putShort(at, Float.floatToFloat16(value));
            case BF16 -> bytes.putShort(at, bfloat16(value));
            default -> throw new IllegalArgumentException(type + " is not floating");
        }
    }

    /// Rounds numbers to values that a file of another type can hold, as [#put] does.
    ///
    /// @param floats rounded in place
    public static void round(FloatBuffer floats, ElementType type) {
        if (type != ElementType.F16 && type != ElementType.BF16) {
            return;
        }
        int count = floats.remaining();
        IntStream.range(0, Math.ceilDiv(count, PIECE)).parallel().forEach(i -> {
            int from = floats.position() + i * PIECE;
            float[] piece = new float[Math.min(PIECE, count - i * PIECE)];
            floats.get(from, piece);
            for (int j = 0; j < piece.length; j++) {
                piece[j] = type == ElementType.BF16
                        ? Float.intBitsToFloat(bfloat16(piece[j]) << 16)
                        : Float.float16ToFloat(Float.floatToFloat16(piece[j]));
            }
            floats.put(from, piece);
        });
    }

    private static short bfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16 | 0x40);
        }
        int tie = bits >>> 16 & 1;
        return (short) (bits + 0x7FFF + tie >>> 16);
    }
}
