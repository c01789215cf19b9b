package sirkuit.proxy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import sirkuit.checkpoint.ElementType;
import sirkuit.checkpoint.Elements;
import sirkuit.checkpoint.PlacedTensor;
import sirkuit.transformer.family.BaseModel.Fresh;

/// The values of new tensors: weights from N(0, deviation²), biases 0. They depend on the seed and the tensor's name.
///
/// @param deviation standard deviation of weights
/// @param type      of the tensors in the file
record FreshTensors(double deviation, ElementType type, long seed) {
    PlacedTensor of(Fresh tensor) {
        return new PlacedTensor(tensor.name(), type, tensor.shape(), to -> to.accept(values(tensor)));
    }

    private ByteBuffer values(Fresh tensor) {
        int count = Math.toIntExact(tensor.shape().stream().reduce(1L, Math::multiplyExact));
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(count, type.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        Random random = new Random(mixed(seed, tensor.name()));
        for (int i = 0; i < count; i++) {
            float value =
                    switch (tensor.fill()) {
                        case NORMAL -> (float) (deviation * random.nextGaussian());
                        case ZEROS -> 0;
                        case ONES -> 1;
                    };
            Elements.put(bytes, i, value, type);
        }
        return bytes;
    }

    /// Neighbouring seeds of [Random] begin with similar numbers, so the seed's bits are mixed first (SplitMix64).
    private static long mixed(long seed, String name) {
        long z = seed + 0x9E3779B97F4A7C15L * (1 + name.hashCode());
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
