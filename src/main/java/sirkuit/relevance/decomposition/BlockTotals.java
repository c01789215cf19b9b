package sirkuit.relevance.decomposition;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sirkuit.transformer.ActivationHook;
import sirkuit.transformer.ActivationHook.Site;
import sirkuit.transformer.Dense;
import sirkuit.transformer.ForwardPass;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.Layer;
import sirkuit.transformer.Network;
import sirkuit.transformer.Norm;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TokenBatch;

/// Everything about one block of sentences that depends only on the unchanged pass, computed once and shared by all
/// heads. The irrelevant part of any activation is its total here minus the relevant part.
///
/// The last layer has only the position that the classifier reads (Tq = 1), unless it reads all.
final class BlockTotals implements AutoCloseable {
    private final NDManager manager;
    private final NDScope scope;
    private final TokenBatch batch;
    private final List<LayerTotals> layers = new ArrayList<>();
    private final @Nullable Normed last;
    private final @Nullable PoolerTotals pooler;
    private final NDArray rawLogits;
    private final NDArray logits;
    private final float[] valid;
    private final @Nullable NDArray lastPattern;
    private final @Nullable NDArray lastHeadOutputs;

    /// A norm of the unchanged pass.
    ///
    /// @param norm  its parameters
    /// @param input (B, Tq, d) what enters it
    /// @param scale (B, Tq, d) w/σ or w/rms of that
    record Normed(Norm norm, NDArray input, NDArray scale) {
        static @Nullable Normed of(@Nullable Norm norm, NDArray input) {
            return norm == null ? null : new Normed(norm, input, norm.scale(input));
        }
    }

    /// The end of attention or MLP.
    ///
    /// @param map    its last map
    /// @param output (B, Tq, d) of that map, without bias
    /// @param inner  the norm of the output; null where there is none
    /// @param sum    (B, Tq, d) the residual sum
    /// @param outer  the norm of the sum; null where there is none
    record Ending(
            Dense map,
            NDArray output,
            @Nullable Normed inner,
            NDArray sum,
            @Nullable Normed outer) {}

    /// @param input          the norm of what enters attention; null where there is none
    /// @param pattern        (B, H, Tq, T)
    /// @param value          (B, T, K d_head) without bias
    /// @param headOutputs    (B, Tq, H d_head) z
    /// @param attention      its end
    /// @param mlpInput       the norm of what enters the MLP; null where there is none
    /// @param gate           (B, Tq, d_mlp) of a gated MLP, before the activation; null elsewhere
    /// @param gateWithoutBias the same without bias
    /// @param up             (B, Tq, d_mlp) before the activation, or what is gated
    /// @param upWithoutBias  the same without bias
    /// @param activated      (B, Tq, d_mlp)
    /// @param mlp            its end
    record LayerTotals(
            @Nullable Normed input,
            NDArray pattern,
            NDArray value,
            NDArray headOutputs,
            Ending attention,
            @Nullable Normed mlpInput,
            @Nullable NDArray gate,
            @Nullable NDArray gateWithoutBias,
            NDArray up,
            NDArray upWithoutBias,
            NDArray activated,
            Ending mlp) {}

    /// The dense map before the classifier.
    ///
    /// @param map         its parameters
    /// @param withoutBias (B, d) of that map, without bias
    /// @param output      (B, d) of that map, before the activation
    /// @param activated   (B, d)
    /// @param norm        the norm of that; null where there is none
    record PoolerTotals(
            Dense map,
            NDArray withoutBias,
            NDArray output,
            NDArray activated,
            @Nullable Normed norm) {}

    private BlockTotals(
            ProxyModel model, NDManager manager, NDScope scope, TokenBatch batch, boolean edges, Runnable stopPoint) {
        this.manager = manager;
        this.scope = scope;
        this.batch = batch;
        Network<Dense> network = model.network();
        int depth = model.spec().layers();
        Capture capture = new Capture(depth);
        logits = ForwardPass.tapped(network, capture, false)
                .stoppingAt(stopPoint)
                .logits(batch);
        for (int i = 0; i < depth; i++) {
            layers.add(capture.layer(i, network.layers().get(i)));
        }
        last = Normed.of(network.finalNorm(), capture.at(depth, Site.FINAL));
        pooler = network.pooler() == null ? null : capture.pooler(depth, network.pooler(), network.poolerNorm());
        rawLogits = capture.at(depth, Site.RAW_LOGITS);
        valid = batch.valid().toFloatArray();
        if (edges) {
            Capture every = new Capture(depth);
            ForwardPass.tapped(network, every, true).layerOutput(depth - 1, capture.at(depth - 1, Site.INPUT), batch);
            lastPattern = every.at(depth - 1, Site.PATTERN);
            lastHeadOutputs = every.headOutputs[depth - 1];
        } else {
            lastPattern = null;
            lastHeadOutputs = null;
        }
    }

    /// Runs the unchanged pass.
    ///
    /// @param edges     whether all rows of the last layer's heads are needed too
    /// @param stopPoint called between layers; throws to stop
    static BlockTotals of(ProxyModel model, LabelledTokens block, boolean edges, Runnable stopPoint) {
        NDManager manager = model.manager().newSubManager();
        NDScope scope = new NDScope();
        try {
            TokenBatch batch = TokenBatch.of(manager, block.tokens(), model.spec());
            return new BlockTotals(model, manager, scope, batch, edges, stopPoint);
        } catch (RuntimeException | OutOfMemoryError e) {
            scope.close();
            manager.close();
            throw e;
        }
    }

    private static final class Capture implements ActivationHook {
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
            NDArray gate = p.gate() == null ? null : at(i, Site.GATE);
            return new LayerTotals(
                    Normed.of(p.attention().input(), at(i, Site.INPUT)),
                    at(i, Site.PATTERN),
                    p.value().minusBias(at(i, Site.VALUE)),
                    headOutputs[i],
                    ending(p.output(), p.attention(), at(i, Site.ATTENTION_OUTPUT), at(i, Site.ATTENTION_SUM)),
                    Normed.of(p.mlp().input(), at(i, Site.MIDDLE)),
                    gate,
                    gate == null || p.gate() == null ? null : p.gate().minusBias(gate),
                    up,
                    p.up().minusBias(up),
                    at(i, Site.ACTIVATED),
                    ending(p.down(), p.mlp(), at(i, Site.DOWN), at(i, Site.OUTPUT_SUM)));
        }

        PoolerTotals pooler(int depth, Dense map, @Nullable Norm norm) {
            NDArray output = at(depth, Site.POOLER);
            NDArray activated = at(depth, Site.POOLER_ACTIVATED);
            return new PoolerTotals(map, map.minusBias(output), output, activated, Normed.of(norm, activated));
        }

        private static Ending ending(Dense map, Layer.Norms norms, NDArray output, NDArray sum) {
            return new Ending(
                    map, map.minusBias(output), Normed.of(norms.output(), output), sum, Normed.of(norms.sum(), sum));
        }
    }

    LayerTotals layer(int i) {
        return layers.get(i);
    }

    /// The rows that the last layer computes, from its input.
    NDArray computed(NDArray x) {
        return batch.readsOne() ? batch.read(x) : x;
    }

    /// What the classifier reads, from the normed output of the last layer.
    NDArray read(NDArray x) {
        return batch.readsOne() ? x : batch.read(x);
    }

    /// The final norm; null where there is none.
    @Nullable
    Normed last() {
        return last;
    }

    /// The dense map before the classifier; null where there is none.
    @Nullable
    PoolerTotals pooler() {
        return pooler;
    }

    /// (B, C) before they are capped.
    NDArray rawLogits() {
        return rawLogits;
    }

    /// (B, C)
    NDArray logits() {
        return logits;
    }

    /// (B, T) flat: 1 where there is a token.
    float[] valid() {
        return valid;
    }

    /// (B, H, T, T) of the last layer.
    NDArray lastPattern() {
        return Objects.requireNonNull(lastPattern, "edges were not asked for");
    }

    /// (B, T, H d_head) z of the last layer.
    NDArray lastHeadOutputs() {
        return Objects.requireNonNull(lastHeadOutputs, "edges were not asked for");
    }

    int examples() {
        return batch.size();
    }

    int tokens() {
        return batch.length();
    }

    @Override
    public void close() {
        scope.close();
        manager.close();
    }
}
