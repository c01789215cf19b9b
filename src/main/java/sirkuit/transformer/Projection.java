package sirkuit.transformer;

import ai.djl.ndarray.NDArray;

/// A linear map of the last axis.
public interface Projection {
    /// @param x (..., in)
    /// @return (..., out)
    NDArray apply(NDArray x);
}
