package sirkuit.relevance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.List;
import sirkuit.transformer.ForwardPass;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TokenBatch;

/// The network from one layer to the logits, given the input of that layer. Mean ablation does at least this for each
/// head.
public final class PartialForward {
    private static final int BATCH = 16;

    private PartialForward() {}

    /// Runs it on the embeddings, which have the same size as the input of any layer.
    public static void from(ProxyModel model, LabelledTokens texts, int layer, Runnable stopPoint) {
        ForwardPass pass = ForwardPass.plain(model.network()).stoppingAt(stopPoint);
        for (List<Integer> block : texts.byLength(BATCH)) {
            try (NDManager manager = model.manager().newSubManager();
                    NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                TokenBatch batch = TokenBatch.of(manager, texts.select(block).tokens(), model.spec());
                NDArray state = pass.embed(batch);
                pass.from(layer, state, batch).toFloatArray();
            }
        }
    }
}
