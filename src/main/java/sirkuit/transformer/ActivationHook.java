package sirkuit.transformer;

import ai.djl.ndarray.NDArray;

/// Receives activations of a forward pass and may replace token embeddings and the heads' outputs. The arrays stay
/// valid as long as the scope around the pass.
///
/// Tq is T; in the last layer of a pass that computes only the row that is read, it is 1. K is the number of key and
/// value heads.
public interface ActivationHook {
    /// The places whose activation is passed on, in the order of the pass.
    enum Site {
        /// (B, T, d) the input of the layer.
        INPUT,
        /// (B, T, K d_head) values with bias.
        VALUE,
        /// (B, H, Tq, T) attention pattern.
        PATTERN,
        /// (B, Tq, d) after W_O with bias.
        ATTENTION_OUTPUT,
        /// (B, Tq, d) the residual sum after attention, before a norm of it.
        ATTENTION_SUM,
        /// (B, Tq, d) the same after the norm, or itself: the input of the MLP's residual sum.
        MIDDLE,
        /// (B, Tq, d_mlp) of a gated MLP before the activation, with bias.
        GATE,
        /// (B, Tq, d_mlp) before the activation, or what is gated, with bias.
        UP,
        /// (B, Tq, d_mlp) the input of the MLP's last map.
        ACTIVATED,
        /// (B, Tq, d) after the MLP, with bias.
        DOWN,
        /// (B, Tq, d) the residual sum after the MLP, before a norm of it.
        OUTPUT_SUM,
        /// (B, Tq, d) the output of the last layer, before the final norm; layer is L.
        FINAL,
        /// (B, d) the dense map before its activation; layer is L.
        POOLER,
        /// (B, d) the same after its activation; layer is L.
        POOLER_ACTIVATED,
        /// (B, C) logits before they are capped; layer is L.
        RAW_LOGITS
    }

    /// @param rows (B, T, d) rows of the token embedding, before they are scaled and before positions and types are
    ///             added: what transformers takes as `inputs_embeds`
    /// @return what to continue with; `rows` itself changes nothing
    default NDArray embedded(NDArray rows) {
        return rows;
    }

    default void see(Site site, int layer, NDArray activation) {}

    /// @param z (B, Tq, H d_head) outputs of the heads side by side, before W_O
    /// @return what to continue with; `z` itself changes nothing
    default NDArray headOutputs(int layer, NDArray z) {
        return z;
    }

    /// Whether attention patterns and the scales of norms are constants in the backward pass, as in CD-T. The
    /// gradient is then the linear part of the decomposition.
    default boolean holds() {
        return false;
    }

    /// Whether activations must outlive their layer.
    default boolean keeps() {
        return true;
    }

    /// Receives nothing.
    ActivationHook NONE = new ActivationHook() {
        @Override
        public boolean keeps() {
            return false;
        }
    };
}
