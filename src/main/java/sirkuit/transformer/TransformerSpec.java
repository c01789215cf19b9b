package sirkuit.transformer;

import java.util.List;

/// Everything the forward pass must know about a model: sizes, choices and the names of its tensors.
///
/// @param family       `model_type`
/// @param layers       L
/// @param heads        query heads a layer, H
/// @param headSize     d_head
/// @param hidden       d_model
/// @param intermediate width of the MLP
/// @param vocabulary   rows of the token embedding
/// @param maxPositions longest sequence, in tokens
/// @param padToken     id that fills up shorter sequences; never attended to
/// @param activation   of the MLP
/// @param normEpsilon  added to variances
/// @param dropout      as the checkpoint was trained
/// @param labels       class names in the order of the logits
/// @param names        tensor names without `.weight` and `.bias`; `%d` stands for the layer
public record TransformerSpec(
        String family,
        int layers,
        int heads,
        int headSize,
        int hidden,
        int intermediate,
        int vocabulary,
        int maxPositions,
        int padToken,
        Activation activation,
        double normEpsilon,
        Dropout dropout,
        List<String> labels,
        Names names) {

    public enum Activation {
        /// x Φ(x), exactly.
        GELU,
        /// Its tanh approximation.
        GELU_TANH,
        RELU,
        SILU
    }

    /// Probabilities of dropping.
    ///
    /// @param hidden     after the embeddings and before each residual sum
    /// @param attention  of attention probabilities
    /// @param classifier before the classifier
    public record Dropout(double hidden, double attention, double classifier) {
        public static final Dropout NONE = new Dropout(0, 0, 0);
    }

    public record Names(
            String tokens,
            String positions,
            String types,
            String embeddingNorm,
            String query,
            String key,
            String value,
            String attentionOutput,
            String attentionNorm,
            String up,
            String down,
            String outputNorm,
            String pooler,
            String classifier) {
        /// The name in one layer.
        public static String in(int layer, String template) {
            return template.replace("%d", Integer.toString(layer));
        }
    }

    public int classes() {
        return labels.size();
    }

    /// Entries of W_Q, W_K, W_V with their biases and of W_O that belong to one head.
    public long parametersOfHead() {
        return 3L * headSize * (hidden + 1) + (long) hidden * headSize;
    }

    /// Weights and biases of all norms.
    public long parametersOfNorms() {
        return 2L * hidden * (2L * layers + 1);
    }
}
