package sirkuit.relevance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import sirkuit.transformer.Dense;
import sirkuit.transformer.ForwardPass;
import sirkuit.transformer.Norm;
import sirkuit.transformer.TransformerSpec;

/// The rules by which the relevant part β of an activation passes through each operation (CD-T, arXiv 2407.00886, with
/// the choices of the specification); the irrelevant part is γ = total − β throughout.
///
/// Arrays are (N, ...) with N heads in front of the block's shape. Each method gives a new array, which the caller
/// closes, and leaves its arguments as they are.
///
/// @param stabilised where β and γ have opposite signs, the larger in magnitude takes the whole total
record RelevantPart(boolean stabilised) {
    private static final double TAU = 1e-8;

    /// Wβ + b |Wβ| / (|Wβ| + |Wγ| + τ).
    ///
    /// @param total W x of the unchanged pass, without bias
    NDArray linear(NDArray beta, Dense map, NDArray total) {
        return withBias(map.withoutBias(beta), map.bias(), total);
    }

    /// Adds the share of the bias to Wβ, in place.
    NDArray withBias(NDArray mapped, NDArray bias, NDArray total) {
        addShare(mapped, mapped, total, bias);
        if (!stabilised) {
            return mapped;
        }
        try (NDArray whole = total.add(bias)) {
            return stabilise(mapped, whole);
        }
    }

    /// sum += b |β| / (|β| + |total − β| + τ)
    private static void addShare(NDArray sum, NDArray beta, NDArray total, NDArray bias) {
        try (NDArray share = beta.abs();
                NDArray gamma = total.sub(beta);
                NDArray size = gamma.abs()) {
            size.addi(share).addi(TAU);
            sum.addi(share.divi(size).muli(bias));
        }
    }

    /// The sum of two relevant parts.
    ///
    /// @param total of the unchanged pass, after the sum
    NDArray add(NDArray a, NDArray b, NDArray total) {
        NDArray sum = a.add(b);
        return stabilised ? stabilise(sum, total) : sum;
    }

    /// (β − mean β) w/σ + b |β| / (|β| + |γ| + τ).
    ///
    /// @param total what enters the norm in the unchanged pass
    /// @param scale w/σ of it
    NDArray norm(NDArray beta, Norm norm, NDArray total, NDArray scale) {
        try (NDArray mean = beta.mean(new int[] {beta.getShape().dimension() - 1}, true)) {
            NDArray result = beta.sub(mean);
            result.muli(scale);
            addShare(result, beta, total, norm.bias());
            if (!stabilised) {
                return result;
            }
            try (NDArray whole = normalised(total, scale, norm)) {
                return stabilise(result, whole);
            }
        }
    }

    private static NDArray normalised(NDArray total, NDArray scale, Norm norm) {
        try (NDArray mean = total.mean(new int[] {total.getShape().dimension() - 1}, true)) {
            return total.sub(mean).muli(scale).addi(norm.bias());
        }
    }

    /// f(β+γ) − f(γ).
    ///
    /// @param total     what enters the activation in the unchanged pass
    /// @param activated f of it
    NDArray activation(NDArray beta, NDArray total, NDArray activated, TransformerSpec.Activation f) {
        try (NDArray gamma = total.sub(beta);
                NDArray rest = ForwardPass.activate(gamma, f)) {
            return activated.sub(rest);
        }
    }

    /// tanh(β+γ) − tanh(γ).
    NDArray tanh(NDArray beta, NDArray total, NDArray activated) {
        try (NDArray gamma = total.sub(beta);
                NDArray rest = gamma.tanh()) {
            return activated.sub(rest);
        }
    }

    /// The pattern of the unchanged pass times the relevant values.
    ///
    /// @param beta    (N, B, T, d)
    /// @param pattern (B, H, Tq, T)
    /// @param total   (B, Tq, d)
    /// @return (N, B, Tq, d)
    NDArray mix(NDArray beta, NDArray pattern, NDArray total) {
        Shape s = beta.getShape();
        Shape p = pattern.getShape();
        long n = s.get(0), b = s.get(1), t = s.get(2), d = s.get(3), h = p.get(1), rows = p.get(2), size = d / h;
        try (NDArray split = beta.reshape(n, b, t, h, size);
                NDArray turned = split.transpose(1, 3, 2, 0, 4);
                NDArray values = turned.reshape(b, h, t, n * size);
                NDArray mixed = pattern.matMul(values);
                NDArray apart = mixed.reshape(b, h, rows, n, size);
                NDArray back = apart.transpose(3, 0, 2, 1, 4)) {
            NDArray z = back.reshape(n, b, rows, d);
            return stabilised ? stabilise(z, total) : z;
        }
    }

    /// Closes `beta` and gives what replaces it.
    private static NDArray stabilise(NDArray beta, NDArray total) {
        try (beta;
                NDArray gamma = total.sub(beta);
                NDArray product = gamma.mul(beta);
                NDArray opposite = product.lt(0);
                NDArray sizeBeta = beta.abs();
                NDArray sizeGamma = gamma.abs();
                NDArray larger = sizeBeta.gt(sizeGamma);
                NDArray winner = larger.toType(beta.getDataType(), true);
                NDArray all = winner.mul(total)) {
            return ai.djl.ndarray.NDArrays.where(opposite, all, beta);
        }
    }
}
