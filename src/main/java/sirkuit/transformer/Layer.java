package sirkuit.transformer;

import org.jspecify.annotations.Nullable;

/// The parameters of one layer; see [TensorNames] for what is null.
///
/// @param <P> what the attention's projections are: [Dense] as loaded, split ones while heads are tuned
public record Layer<P extends Projection>(
        P query,
        P key,
        P value,
        P output,
        @Nullable Norm queryNorm,
        @Nullable Norm keyNorm,
        Norms attention,
        @Nullable Dense gate,
        Dense up,
        Dense down,
        Norms mlp) {
    /// See [TensorNames.Norms].
    public record Norms(
            @Nullable Norm input,
            @Nullable Norm output,
            @Nullable Norm sum) {}
}
