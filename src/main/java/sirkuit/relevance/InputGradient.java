package sirkuit.relevance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sirkuit.mask.HeadMask;
import sirkuit.relevance.baseline.Margin;
import sirkuit.relevance.baseline.MeanActivation;
import sirkuit.relevance.baseline.ReplacedHeads;
import sirkuit.transformer.ActivationHook;
import sirkuit.transformer.ForwardPass;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.Network;
import sirkuit.transformer.TokenBatch;
import sirkuit.transformer.TransformerSpec;

/// Gradient × input of each token of one text: e_t · ∂margin/∂e_t, where e_t is the token's row of the token embedding.
/// The gradient is that of the whole network, through attention patterns and norms.
///
/// @param parent manager of the network
/// @param off    heads that are replaced
/// @param mean   what replaces their outputs; null for zero
public record InputGradient(
        Network<?> network,
        NDManager parent,
        HeadMask off,
        @Nullable MeanActivation mean) {
    /// @param logits [C]
    /// @param label  the class that the values are about
    /// @param values [T] in logits
    public record Values(float[] logits, int label, double[] values) {
        /// The most probable class.
        public int predicted() {
            return highest(logits);
        }
    }

    /// @param text      one text
    /// @param label     index of the class; null for the most probable
    /// @param stopPoint called between layers; throws to stop
    public Values of(LabelledTokens text, @Nullable Integer label, Runnable stopPoint) {
        JniUtils.setGradMode(true);
        try {
            return recorded(text, label, stopPoint);
        } finally {
            JniUtils.setGradMode(false);
        }
    }

    private Values recorded(LabelledTokens text, @Nullable Integer label, Runnable stopPoint) {
        TransformerSpec spec = network.spec();
        try (NDManager manager = parent.newSubManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            TokenBatch batch = TokenBatch.of(manager, text.tokens(), spec);
            Probe probe =
                    new Probe(off.size() == 0 ? ActivationHook.NONE : new ReplacedHeads(manager, spec, off, mean));
            NDArray out = ForwardPass.tapped(network, probe, false)
                    .stoppingAt(stopPoint)
                    .logits(batch);
            float[] logits = out.stopGradient().toFloatArray();
            int of = label == null ? highest(logits) : label;
            stopPoint.run();
            NDArray margin = out.mul(Margin.weights(manager, new int[] {of}, spec.classes()))
                    .sum();
            JniUtils.backward((PtNDArray) margin, (PtNDArray) margin.onesLike(), false, false);
            NDArray rows = probe.rows();
            float[] values = rows.getGradient()
                    .mul(rows.stopGradient())
                    .sum(new int[] {2})
                    .toFloatArray();
            double[] all = new double[values.length];
            for (int t = 0; t < all.length; t++) {
                all[t] = values[t];
            }
            return new Values(logits, of, all);
        }
    }

    private static int highest(float[] logits) {
        int best = 0;
        for (int c = 1; c < logits.length; c++) {
            best = logits[c] > logits[best] ? c : best;
        }
        return best;
    }

    /// Keeps the rows of the token embedding, with their gradient.
    private static final class Probe implements ActivationHook {
        private final ActivationHook heads;
        private @Nullable NDArray rows;

        Probe(ActivationHook heads) {
            this.heads = heads;
        }

        NDArray rows() {
            return Objects.requireNonNull(rows);
        }

        @Override
        public NDArray embedded(NDArray of) {
            of.setRequiresGradient(true);
            rows = of;
            return of;
        }

        @Override
        public NDArray headOutputs(int layer, NDArray z) {
            return heads.headOutputs(layer, z);
        }
    }
}
