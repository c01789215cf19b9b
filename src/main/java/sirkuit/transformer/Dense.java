package sirkuit.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.core.Linear;
import org.jspecify.annotations.Nullable;

/// y = x Wᵀ + b, as PyTorch's `Linear`.
///
/// @param weight (out, in)
/// @param bias   (out); null for none
public record Dense(NDArray weight, @Nullable NDArray bias) implements Projection {
    @Override
    public NDArray apply(NDArray x) {
        return bias == null ? withoutBias(x) : Linear.linear(x, weight, bias).singletonOrThrow();
    }

    /// x Wᵀ, without the bias.
    public NDArray withoutBias(NDArray x) {
        return Linear.linear(x, weight).singletonOrThrow();
    }

    /// The output of [#apply] without the bias.
    ///
    /// @param y what [#apply] gave
    public NDArray minusBias(NDArray y) {
        return bias == null ? y : y.sub(bias);
    }
}
