package sirkuit.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/// Arithmetic with a number where gradients may be recorded.
///
/// `NDArray.mul(Number)` lets go of the memory of its number at once, although the backward pass reads it again: after
/// the next collection of Java's garbage the gradient is nonsense (docs/decisions/0008). Here the number is an array
/// whose memory is libtorch's own, so that it lives as long as the recording holds it, whoever closes it here.
final class Scalars {
    private Scalars() {}

    static NDArray times(NDArray x, double number) {
        return x.mul(x.getManager().full(new Shape(), (float) number));
    }
}
