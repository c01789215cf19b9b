package sirkuit.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.core.Linear;

/// y = x Wᵀ + b, as PyTorch's `Linear`.
///
/// @param weight (out, in)
/// @param bias   (out)
public record Dense(NDArray weight, NDArray bias) implements Projection {
    @Override
    public NDArray apply(NDArray x) {
        return Linear.linear(x, weight, bias).singletonOrThrow();
    }

    /// x Wᵀ, without the bias.
    public NDArray withoutBias(NDArray x) {
        return Linear.linear(x, weight).singletonOrThrow();
    }
}
