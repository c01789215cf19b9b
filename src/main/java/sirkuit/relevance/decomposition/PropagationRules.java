package sirkuit.relevance.decomposition;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;
import sirkuit.relevance.decomposition.BlockTotals.Ending;
import sirkuit.relevance.decomposition.BlockTotals.LayerTotals;
import sirkuit.relevance.decomposition.BlockTotals.Normed;
import sirkuit.transformer.Dense;
import sirkuit.transformer.Layer;
import sirkuit.transformer.TransformerSpec;

/// The rules by which the relevant part β of an activation passes through each operation (CD-T, arXiv 2407.00886, with
/// the choices of the specification). The irrelevant part is always γ = total − β.
///
/// Arrays are (N, ...) with N heads in front of the block's shape. A method returns a new array, which the caller
/// closes. Its arguments stay as they are, except those called `mapped`, which it takes over.
interface PropagationRules {
    /// Wβ + b |Wβ| / (|Wβ| + |Wγ| + τ).
    ///
    /// @param total W x of the unchanged pass, without bias
    NDArray linear(NDArray beta, Dense map, NDArray total);

    /// The pattern of the unchanged pass times the relevant values.
    ///
    /// @param beta    (N, B, T, K d_head)
    /// @param pattern (B, H, Tq, T)
    /// @param total   (B, Tq, H d_head)
    /// @return (N, B, Tq, H d_head)
    NDArray mix(NDArray beta, NDArray pattern, NDArray total);

    /// (β − mean β) w/σ + b |β| / (|β| + |γ| + τ), or β w/rms.
    NDArray norm(NDArray beta, Normed norm);

    /// The end of attention or MLP: the share of the bias, the norm of the output, the residual sum, the norm of the
    /// sum.
    ///
    /// @param mapped   Wβ without bias
    /// @param residual β of the residual stream; null where it is 0
    NDArray end(NDArray mapped, Ending ending, @Nullable NDArray residual);

    /// The MLP's first map and its activation: f(β+γ) − f(γ); where it is gated f(g) u − f(γ_g) γ_u.
    NDArray activate(NDArray beta, Layer<Dense> layer, LayerTotals totals, TransformerSpec.Activation f);
}
