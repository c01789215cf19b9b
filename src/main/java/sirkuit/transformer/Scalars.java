package sirkuit.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/// Arithmetic with a number where gradients may be recorded.
///
/// `NDArray.mul(Number)` releases the memory of its number at once, although the backward pass reads it again. After
/// the next garbage collection the gradient is wrong (docs/decisions/0008). Here the number is an array in libtorch's
/// own memory, so it lives as long as the recording needs it.
final class Scalars {
    private Scalars() {}

    static NDArray times(NDArray x, double number) {
        return x.mul(x.getManager().full(new Shape(), (float) number));
    }
}
