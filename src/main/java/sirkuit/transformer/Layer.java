package sirkuit.transformer;

/// The parameters of one layer.
///
/// @param <P> what the attention's projections are: [Dense] as loaded, split ones while heads are tuned
public record Layer<P extends Projection>(
        P query, P key, P value, P output, Norm attentionNorm, Dense up, Dense down, Norm outputNorm) {}
