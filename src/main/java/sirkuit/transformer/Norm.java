package sirkuit.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.LayerNorm;

/// Layer normalisation over the last axis.
///
/// @param weight  (d)
/// @param bias    (d)
/// @param epsilon added to the variance
public record Norm(NDArray weight, NDArray bias, double epsilon) {
    public NDArray apply(NDArray x) {
        return LayerNorm.layerNorm(x, new Shape(weight.getShape().get(0)), weight, bias, (float) epsilon)
                .singletonOrThrow();
    }
}
