package sirkuit.transformer;

import ai.djl.ndarray.NDArray;

/// Arithmetic with a number where gradients may be recorded.
///
/// `NDArray.mul(Number)` lets go of the memory of its number at once, although the backward pass reads it again: after
/// the next collection of Java's garbage the gradient is nonsense (docs/decisions/0008). Here the number lives as long
/// as the scope around the pass.
final class Scalars {
    private Scalars() {}

    static NDArray times(NDArray x, double number) {
        return x.mul(x.getManager().create((float) number));
    }
}
