package sirkuit.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.LayerNorm;
import org.jspecify.annotations.Nullable;

/// Normalisation over the last axis.
///
/// @param weight (d)
/// @param bias   (d); null for none
/// @param kind   LayerNorm or RMSNorm
public record Norm(NDArray weight, @Nullable NDArray bias, TransformerSpec.NormKind kind) {
    public NDArray apply(NDArray x) {
        if (kind.centred() && bias != null) {
            return LayerNorm.layerNorm(x, new Shape(weight.getShape().get(0)), weight, bias, (float) kind.epsilon())
                    .singletonOrThrow();
        }
        NDArray centred = centred(x);
        NDArray normed = centred.mul(scaleOf(centred));
        return bias == null ? normed : normed.add(bias);
    }

    /// The same values with w/σ or w/rms as a constant to the backward pass.
    NDArray held(NDArray x) {
        NDArray centred = centred(x);
        NDArray normed = centred.mul(scaleOf(centred.stopGradient()));
        return bias == null ? normed : normed.add(bias);
    }

    /// What is scaled: x without its mean, or x itself.
    public NDArray centred(NDArray x) {
        return kind.centred() ? x.sub(x.mean(last(x), true)) : x;
    }

    /// w/σ(x), or w/rms(x).
    public NDArray scale(NDArray x) {
        return scaleOf(centred(x));
    }

    private NDArray scaleOf(NDArray centred) {
        NDArray square = centred.mul(centred).mean(last(centred), true);
        return factor().div(square.add(kind.epsilon()).sqrt());
    }

    private NDArray factor() {
        return kind.plusOne() ? weight.add(1) : weight;
    }

    private static int[] last(NDArray x) {
        return new int[] {x.getShape().dimension() - 1};
    }
}
