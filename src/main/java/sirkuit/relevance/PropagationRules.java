package sirkuit.relevance;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;
import sirkuit.relevance.BlockTotals.LayerTotals;
import sirkuit.transformer.Dense;
import sirkuit.transformer.Norm;
import sirkuit.transformer.TransformerSpec;

/// The rules by which the relevant part β of an activation passes through each operation (CD-T, arXiv 2407.00886, with
/// the choices of the specification); the irrelevant part is γ = total − β throughout.
///
/// Arrays are (N, ...) with N heads in front of the block's shape. What a method gives is a new array, which the
/// caller closes; its arguments are left as they are but for those called `mapped`, which it takes over.
interface PropagationRules {
    /// Wβ + b |Wβ| / (|Wβ| + |Wγ| + τ).
    ///
    /// @param total W x of the unchanged pass, without bias
    NDArray linear(NDArray beta, Dense map, NDArray total);

    /// The pattern of the unchanged pass times the relevant values.
    ///
    /// @param beta    (N, B, T, d)
    /// @param pattern (B, H, Tq, T)
    /// @param total   (B, Tq, d)
    /// @return (N, B, Tq, d)
    NDArray mix(NDArray beta, NDArray pattern, NDArray total);

    /// The share of the bias, the residual sum and the norm after it:
    /// β = mapped + b |Wβ| / (...) + residual, then (β − mean β) w/σ + b |β| / (|β| + |γ| + τ).
    ///
    /// @param mapped   Wβ without bias
    /// @param bias     of W
    /// @param total    W x of the unchanged pass, without bias
    /// @param residual β of the residual stream; null where it is 0
    /// @param sum      what enters the norm in the unchanged pass
    /// @param scale    w/σ of it
    NDArray addAndNorm(
            NDArray mapped,
            NDArray bias,
            NDArray total,
            @Nullable NDArray residual,
            NDArray sum,
            NDArray scale,
            Norm norm);

    /// The MLP's first map and its activation: f(β+γ) − f(γ).
    NDArray upAndActivate(NDArray beta, Dense up, LayerTotals totals, TransformerSpec.Activation f);
}
