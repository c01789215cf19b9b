package sirkuit.relevance.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.jspecify.annotations.Nullable;
import sirkuit.mask.HeadMask;
import sirkuit.transformer.ActivationHook;
import sirkuit.transformer.TransformerSpec;

/// Replaces the outputs of some heads, at every position, by their mean or by zero.
public final class ReplacedHeads implements ActivationHook {
    private final NDArray[] keep;
    private final NDArray[] fill;

    /// @param off  the heads to replace
    /// @param mean what replaces them; null for zero
    public ReplacedHeads(NDManager manager, TransformerSpec spec, HeadMask off, @Nullable MeanActivation mean) {
        keep = new NDArray[spec.layers()];
        fill = new NDArray[spec.layers()];
        for (int l = 0; l < spec.layers(); l++) {
            float[] kept = new float[spec.width()];
            float[] filled = new float[spec.width()];
            for (int j = 0; j < kept.length; j++) {
                boolean gone = off.contains(l, j / spec.headSize());
                kept[j] = gone ? 0 : 1;
                filled[j] = gone && mean != null ? mean.mean()[l][j] : 0;
            }
            keep[l] = manager.create(kept);
            fill[l] = manager.create(filled);
        }
    }

    @Override
    public NDArray headOutputs(int layer, NDArray z) {
        return z.mul(keep[layer]).add(fill[layer]);
    }

    @Override
    public boolean keeps() {
        return false;
    }
}
