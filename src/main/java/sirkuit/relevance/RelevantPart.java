package sirkuit.relevance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.jspecify.annotations.Nullable;
import sirkuit.relevance.BlockTotals.LayerTotals;
import sirkuit.transformer.Dense;
import sirkuit.transformer.ForwardPass;
import sirkuit.transformer.Norm;
import sirkuit.transformer.TransformerSpec;

/// The rules as array operations, one after another: for any device, and for the stabilised variant.
///
/// @param stabilised where β and γ have opposite signs, the larger in magnitude takes the whole total
record RelevantPart(boolean stabilised) implements PropagationRules {
    private static final double TAU = 1e-8;

    @Override
    public NDArray linear(NDArray beta, Dense map, NDArray total) {
        return withBias(map.withoutBias(beta), map.bias(), total);
    }

    @Override
    public NDArray addAndNorm(
            NDArray mapped,
            NDArray bias,
            NDArray total,
            @Nullable NDArray residual,
            NDArray sum,
            NDArray scale,
            Norm norm) {
        try (NDArray output = withBias(mapped, bias, total);
                NDArray whole = residual == null ? withNothing(output, sum) : add(output, residual, sum)) {
            return norm(whole, norm, sum, scale);
        }
    }

    /// The sum with a residual stream that brings nothing.
    private NDArray withNothing(NDArray output, NDArray sum) {
        NDArray same = output.duplicate();
        return stabilised ? stabilise(same, sum) : same;
    }

    @Override
    public NDArray upAndActivate(NDArray beta, Dense up, LayerTotals totals, TransformerSpec.Activation f) {
        try (NDArray mapped = linear(beta, up, totals.upWithoutBias())) {
            return activation(mapped, totals.up(), totals.activated(), f);
        }
    }

    /// Adds the share of the bias to Wβ, in place.
    private NDArray withBias(NDArray mapped, NDArray bias, NDArray total) {
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
    private NDArray add(NDArray a, NDArray b, NDArray total) {
        NDArray sum = a.add(b);
        return stabilised ? stabilise(sum, total) : sum;
    }

    /// (β − mean β) w/σ + b |β| / (|β| + |γ| + τ).
    ///
    /// @param total what enters the norm in the unchanged pass
    /// @param scale w/σ of it
    private NDArray norm(NDArray beta, Norm norm, NDArray total, NDArray scale) {
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
    private static NDArray activation(NDArray beta, NDArray total, NDArray activated, TransformerSpec.Activation f) {
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

    @Override
    public NDArray mix(NDArray beta, NDArray pattern, NDArray total) {
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
