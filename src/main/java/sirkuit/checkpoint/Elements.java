package sirkuit.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/// Numbers as safetensors files hold them, and as F32, in which everything is computed.
public final class Elements {
    private Elements() {}

    /// Whether the type holds numbers that can be computed with.
    public static boolean isFloating(ElementType type) {
        return switch (type) {
            case F16, BF16, F32, F64 -> true;
            default -> false;
        };
    }

    /// All elements as F32, little-endian: the buffer itself where it can be used as it is, a direct copy elsewhere.
    public static ByteBuffer toF32(ByteBuffer bytes, ElementType type) {
        if (type == ElementType.F32 && aligned(bytes)) {
            return bytes;
        }
        int count = bytes.remaining() / type.bytes();
        ByteBuffer copy = ByteBuffer.allocateDirect(Math.multiplyExact(count, Float.BYTES))
                .order(ByteOrder.nativeOrder());
        FloatBuffer floats = copy.asFloatBuffer();
        for (int i = 0; i < count; i++) {
            floats.put(i, get(bytes, i, type));
        }
        return copy;
    }

    /// Arithmetic needs floats on multiples of four bytes; the format does not promise that.
    private static boolean aligned(ByteBuffer bytes) {
        return java.lang.foreign.MemorySegment.ofBuffer(bytes).address() % Float.BYTES == 0;
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

    /// Writes a number in the file's own type, rounded to the nearest (ties to even).
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

    private static short bfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16 | 0x40);
        }
        int tie = bits >>> 16 & 1;
        return (short) (bits + 0x7FFF + tie >>> 16);
    }
}
