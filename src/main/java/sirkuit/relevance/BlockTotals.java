package sirkuit.relevance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import sirkuit.transformer.Dense;
import sirkuit.transformer.ForwardPass;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.Layer;
import sirkuit.transformer.Norm;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.Tap;
import sirkuit.transformer.TokenBatch;

/// Everything about one block of sentences that depends on the unchanged pass alone, computed once and shared by all
/// heads: the irrelevant part of any activation is its total here minus the relevant part.
///
/// The last layer holds only the position that the classifier reads (Tq = 1).
final class BlockTotals implements AutoCloseable {
    private final NDManager manager;
    private final NDScope scope;
    private final List<LayerTotals> layers = new ArrayList<>();
    private final NDArray poolerWithoutBias;
    private final NDArray pooler;
    private final NDArray pooled;
    private final NDArray logits;
    private final int examples;
    private final int tokens;

    /// @param pattern        (B, H, Tq, T)
    /// @param value          (B, T, d) without bias
    /// @param headOutputs    (B, Tq, d) z
    /// @param output         (B, Tq, d) after W_O, without bias
    /// @param attentionSum   (B, Tq, d) before the norm
    /// @param attentionScale (B, Tq, d) w / σ of that norm
    /// @param up             (B, Tq, d_mlp) before the activation
    /// @param upWithoutBias  the same without bias
    /// @param activated      (B, Tq, d_mlp)
    /// @param down           (B, Tq, d) without bias
    /// @param outputSum      (B, Tq, d) before the norm
    /// @param outputScale    (B, Tq, d)
    record LayerTotals(
            NDArray pattern,
            NDArray value,
            NDArray headOutputs,
            NDArray output,
            NDArray attentionSum,
            NDArray attentionScale,
            NDArray up,
            NDArray upWithoutBias,
            NDArray activated,
            NDArray down,
            NDArray outputSum,
            NDArray outputScale) {}

    private BlockTotals(ProxyModel model, NDManager manager, NDScope scope, TokenBatch batch, Runnable stopPoint) {
        this.manager = manager;
        this.scope = scope;
        int depth = model.spec().layers();
        Capture capture = new Capture(depth);
        logits = ForwardPass.tapped(model.network(), capture, false)
                .stoppingAt(stopPoint)
                .logits(batch);
        for (int i = 0; i < depth; i++) {
            layers.add(capture.layer(i, model.network().layers().get(i)));
        }
        pooler = capture.at(depth, Tap.Site.POOLER);
        poolerWithoutBias = pooler.sub(model.network().pooler().bias());
        pooled = capture.at(depth, Tap.Site.POOLED);
        examples = batch.size();
        tokens = batch.length();
    }

    /// Runs the unchanged pass.
    ///
    /// @param stopPoint called between layers; throws to stop
    static BlockTotals of(ProxyModel model, LabelledTokens block, Runnable stopPoint) {
        NDManager manager = model.manager().newSubManager();
        NDScope scope = new NDScope();
        try {
            TokenBatch batch =
                    TokenBatch.of(manager, block.tokens(), model.spec().padToken());
            return new BlockTotals(model, manager, scope, batch, stopPoint);
        } catch (RuntimeException | OutOfMemoryError e) {
            scope.close();
            manager.close();
            throw e;
        }
    }

    private static final class Capture implements Tap {
        private final List<Map<Site, NDArray>> seen = new ArrayList<>();
        private final NDArray[] headOutputs;

        Capture(int layers) {
            headOutputs = new NDArray[layers];
            for (int i = 0; i <= layers; i++) {
                seen.add(new EnumMap<>(Site.class));
            }
        }

        @Override
        public void see(Site site, int layer, NDArray activation) {
            seen.get(layer).put(site, activation);
        }

        @Override
        public NDArray headOutputs(int layer, NDArray z) {
            headOutputs[layer] = z;
            return z;
        }

        NDArray at(int layer, Site site) {
            NDArray activation = seen.get(layer).get(site);
            if (activation == null) {
                throw new IllegalStateException(site + " of layer " + layer + " was not computed");
            }
            return activation;
        }

        LayerTotals layer(int i, Layer<Dense> p) {
            NDArray up = at(i, Site.UP);
            return new LayerTotals(
                    at(i, Site.PATTERN),
                    at(i, Site.VALUE).sub(p.value().bias()),
                    headOutputs[i],
                    at(i, Site.ATTENTION_OUTPUT).sub(p.output().bias()),
                    at(i, Site.ATTENTION_SUM),
                    scale(at(i, Site.ATTENTION_SUM), p.attentionNorm()),
                    up,
                    up.sub(p.up().bias()),
                    at(i, Site.ACTIVATED),
                    at(i, Site.DOWN).sub(p.down().bias()),
                    at(i, Site.OUTPUT_SUM),
                    scale(at(i, Site.OUTPUT_SUM), p.outputNorm()));
        }

        private static NDArray scale(NDArray sum, Norm norm) {
            int[] last = {sum.getShape().dimension() - 1};
            NDArray centred = sum.sub(sum.mean(last, true));
            NDArray variance = centred.mul(centred).mean(last, true);
            return norm.weight().div(variance.add(norm.epsilon()).sqrt());
        }
    }

    LayerTotals layer(int i) {
        return layers.get(i);
    }

    /// (B, d) pooler before its tanh, without bias
    NDArray poolerWithoutBias() {
        return poolerWithoutBias;
    }

    /// (B, d) pooler before its tanh
    NDArray pooler() {
        return pooler;
    }

    /// (B, d) pooler after its tanh
    NDArray pooled() {
        return pooled;
    }

    /// (B, C)
    NDArray logits() {
        return logits;
    }

    int examples() {
        return examples;
    }

    int tokens() {
        return tokens;
    }

    @Override
    public void close() {
        scope.close();
        manager.close();
    }
}
