package sirkuit.transformer;

import ai.djl.ndarray.NDArray;

/// Sees activations of a forward pass and may replace the heads' outputs. What it keeps stays valid as long as the
/// scope around the pass.
public interface Tap {
    /// Places in a layer whose activation is shown, in the order of the pass.
    enum Site {
        /// (B, T, d) values with bias.
        VALUE,
        /// (B, H, Tq, T) attention pattern.
        PATTERN,
        /// (B, Tq, d) after W_O with bias.
        ATTENTION_OUTPUT,
        /// (B, Tq, d) the residual sum before the attention's norm.
        ATTENTION_SUM,
        /// (B, Tq, d_mlp) before the activation, with bias.
        UP,
        /// (B, Tq, d_mlp) after the activation.
        ACTIVATED,
        /// (B, Tq, d) after the MLP, with bias.
        DOWN,
        /// (B, Tq, d) the residual sum before the MLP's norm.
        OUTPUT_SUM,
        /// (B, d) the pooler before its tanh; layer is L.
        POOLER,
        /// (B, d) after the tanh; layer is L.
        POOLED
    }

    default void see(Site site, int layer, NDArray activation) {}

    /// @param z (B, Tq, d) outputs of the heads side by side, before W_O
    /// @return what to go on with, `z` itself to change nothing
    default NDArray headOutputs(int layer, NDArray z) {
        return z;
    }

    /// Whether activations must outlive their layer.
    default boolean keeps() {
        return true;
    }

    /// Sees nothing.
    Tap NONE = new Tap() {
        @Override
        public boolean keeps() {
            return false;
        }
    };
}
