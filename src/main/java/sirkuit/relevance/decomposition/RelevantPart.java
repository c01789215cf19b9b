package sirkuit.relevance.decomposition;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.jspecify.annotations.Nullable;
import sirkuit.relevance.decomposition.BlockTotals.Ending;
import sirkuit.relevance.decomposition.BlockTotals.LayerTotals;
import sirkuit.relevance.decomposition.BlockTotals.Normed;
import sirkuit.transformer.Dense;
import sirkuit.transformer.ForwardPass;
import sirkuit.transformer.Layer;
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
    public NDArray end(NDArray mapped, Ending ending, @Nullable NDArray residual) {
        NDArray output = withBias(mapped, ending.map().bias(), ending.output());
        if (ending.inner() != null) {
            try (NDArray before = output) {
                output = norm(before, ending.inner());
            }
        }
        NDArray sum;
        try (NDArray part = output) {
            sum = residual == null ? withNothing(part, ending.sum()) : add(part, residual, ending.sum());
        }
        if (ending.outer() == null) {
            return sum;
        }
        try (NDArray before = sum) {
            return norm(before, ending.outer());
        }
    }

    /// The sum with a residual stream that adds nothing.
    private NDArray withNothing(NDArray output, NDArray sum) {
        NDArray same = output.duplicate();
        return stabilised ? stabilise(same, sum) : same;
    }

    @Override
    public NDArray activate(NDArray beta, Layer<Dense> layer, LayerTotals totals, TransformerSpec.Activation f) {
        if (layer.gate() != null && totals.gate() != null && totals.gateWithoutBias() != null) {
            try (NDArray gate = linear(beta, layer.gate(), totals.gateWithoutBias());
                    NDArray up = linear(beta, layer.up(), totals.upWithoutBias());
                    NDArray gammaGate = totals.gate().sub(gate);
                    NDArray open = ForwardPass.activate(gammaGate, f);
                    NDArray gammaUp = totals.up().sub(up);
                    NDArray rest = open.mul(gammaUp)) {
                return totals.activated().sub(rest);
            }
        }
        try (NDArray mapped = linear(beta, layer.up(), totals.upWithoutBias())) {
            return activation(mapped, totals.up(), totals.activated(), f);
        }
    }

    /// Adds the share of the bias to Wβ, in place.
    private NDArray withBias(NDArray mapped, @Nullable NDArray bias, NDArray total) {
        if (bias == null) {
            return stabilised ? stabilise(mapped, total) : mapped;
        }
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

    @Override
    public NDArray norm(NDArray beta, Normed totals) {
        Norm norm = totals.norm();
        NDArray result;
        try (NDArray centred = norm.kind().centred() ? norm.centred(beta) : beta.duplicate()) {
            result = centred.mul(totals.scale());
        }
        if (norm.bias() != null) {
            addShare(result, beta, totals.input(), norm.bias());
        }
        if (!stabilised) {
            return result;
        }
        try (NDArray whole = norm.apply(totals.input())) {
            return stabilise(result, whole);
        }
    }

    /// f(β+γ) − f(γ).
    ///
    /// @param total     what enters the activation in the unchanged pass
    /// @param activated f of it
    static NDArray activation(NDArray beta, NDArray total, NDArray activated, TransformerSpec.Activation f) {
        try (NDArray gamma = total.sub(beta);
                NDArray rest = ForwardPass.activate(gamma, f)) {
            return activated.sub(rest);
        }
    }

    /// cap tanh((β+γ) / cap) − cap tanh(γ / cap).
    static NDArray cap(NDArray beta, NDArray total, NDArray capped, double cap) {
        try (NDArray gamma = total.sub(beta);
                NDArray scaled = gamma.div(cap);
                NDArray bent = scaled.tanh();
                NDArray rest = bent.mul(cap)) {
            return capped.sub(rest);
        }
    }

    @Override
    public NDArray mix(NDArray beta, NDArray pattern, NDArray total) {
        Shape s = beta.getShape();
        Shape p = pattern.getShape();
        long n = s.get(0), b = s.get(1), t = s.get(2), h = p.get(1), rows = p.get(2);
        long size = total.getShape().get(2) / h, k = s.get(3) / size;
        try (NDArray split = beta.reshape(n, b, t, k, size);
                NDArray turned = split.transpose(1, 3, 2, 0, 4);
                NDArray values = turned.reshape(b, k, t, n * size);
                NDArray shared = k == h ? values.reshape(values.getShape()) : values.repeat(1, h / k);
                NDArray mixed = pattern.matMul(shared);
                NDArray apart = mixed.reshape(b, h, rows, n, size);
                NDArray back = apart.transpose(3, 0, 2, 1, 4)) {
            NDArray z = back.reshape(n, b, rows, h * size);
            return stabilised ? stabilise(z, total) : z;
        }
    }

    /// Closes `beta` and returns its replacement.
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
