package sirkuit.relevance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import sirkuit.Problem;
import sirkuit.mask.Head;
import sirkuit.transformer.ActivationHook;
import sirkuit.transformer.ForwardPass;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TokenBatch;

/// The attention pattern of one head.
public final class AttentionPattern {
    private AttentionPattern() {}

    /// @param text one text
    /// @return [T][T], the attending token first; each row sums to 1
    /// @throws Problem when the model has no such head
    public static float[][] of(ProxyModel model, LabelledTokens text, Head head, Runnable stopPoint) {
        if (head.layer() >= model.spec().layers() || head.head() >= model.spec().heads()) {
            throw Problem.of("relevance.no-such-head", head);
        }
        float[][] pattern = new float[text.length(0)][];
        try (NDManager manager = model.manager().newSubManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            TokenBatch batch = TokenBatch.of(manager, text.tokens(), model.spec());
            ActivationHook tap = new ActivationHook() {
                @Override
                public void see(Site site, int layer, NDArray activation) {
                    if (site == Site.PATTERN && layer == head.layer()) {
                        for (int t = 0; t < pattern.length; t++) {
                            pattern[t] = activation
                                    .get("0, " + head.head() + ", " + t + ", :")
                                    .toFloatArray();
                        }
                    }
                }

                @Override
                public boolean keeps() {
                    return false;
                }
            };
            ForwardPass pass = ForwardPass.tapped(model.network(), tap, true).stoppingAt(stopPoint);
            NDArray state = pass.embed(batch);
            for (int l = 0; l <= head.layer(); l++) {
                state = pass.layerOutput(l, state, batch);
            }
        }
        return pattern;
    }
}
