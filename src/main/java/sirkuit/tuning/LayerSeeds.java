package sirkuit.tuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import sirkuit.transformer.TransformerSpec;

/// Seeds libtorch's generator before each part of a pass, so that a part that is computed again drops the same entries.
///
/// @param base of one pass over one micro-batch; null when nothing is dropped
record LayerSeeds(@org.jspecify.annotations.Nullable Long base) {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    /// Drawn from the generator's current state: a run that seeds the generator gets the same seeds again.
    static LayerSeeds draw(NDManager manager, TransformerSpec.Dropout dropout) {
        if (dropout.none()) {
            return new LayerSeeds(null);
        }
        try (NDArray drawn = manager.randomInteger(0, Integer.MAX_VALUE, new Shape(1), DataType.INT32)) {
            return new LayerSeeds((long) drawn.getInt());
        }
    }

    /// @param part a different number for each part of the pass
    void seed(int part) {
        if (base != null) {
            JniUtils.setSeed((base + GOLDEN * (part + 1)) >>> 1);
        }
    }
}
