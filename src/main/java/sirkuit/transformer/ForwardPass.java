package sirkuit.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import org.jspecify.annotations.Nullable;
import sirkuit.transformer.ActivationHook.Site;
import sirkuit.transformer.TransformerSpec.Dropout.Point;

/// Runs a [Network] on a batch.
///
/// @param network    parameters
/// @param tap        sees or changes activations
/// @param dropout    probabilities; [TransformerSpec.Dropout#NONE] but in training
/// @param everyRow   whether the last layer computes every position; else only the one that the classifier reads, if it
///                   reads only one
/// @param stopPoint  called between layers: throws to stop the pass
public record ForwardPass(
        Network<?> network, ActivationHook tap, TransformerSpec.Dropout dropout, boolean everyRow, Runnable stopPoint) {
    public ForwardPass {
        everyRow |= network.spec().readout().reader() == TransformerSpec.Reader.MEAN;
    }

    /// Logits only.
    public static ForwardPass plain(Network<?> network) {
        return new ForwardPass(network, ActivationHook.NONE, TransformerSpec.Dropout.NONE, false, () -> {});
    }

    /// The same pass with a tap, every position of the last layer or only the one read.
    public static ForwardPass tapped(Network<?> network, ActivationHook tap, boolean everyRow) {
        return new ForwardPass(network, tap, TransformerSpec.Dropout.NONE, everyRow, () -> {});
    }

    /// The same pass, which checks between layers whether it should stop.
    public ForwardPass stoppingAt(Runnable other) {
        return new ForwardPass(network, tap, dropout, everyRow, other);
    }

    private TransformerSpec spec() {
        return network.spec();
    }

    /// @return (B, C)
    public NDArray logits(TokenBatch batch) {
        return from(0, embed(batch), batch);
    }

    /// @return (B, T, d): what enters layer 0
    public NDArray embed(TokenBatch batch) {
        NDArray x = tap.embedded(rows(batch.ids(), network.tokens()));
        if (spec().embedding().scale() != 1) {
            x = Scalars.times(x, spec().embedding().scale());
        }
        if (network.types() != null) {
            x = x.add(rows(batch.types(), network.types()));
        }
        if (network.positions() != null) {
            x = x.add(rows(batch.positions(), network.positions()));
        }
        if (network.embeddingNorm() != null) {
            x = network.embeddingNorm().apply(x);
        }
        return drop(x, dropout.at(Point.EMBEDDING));
    }

    /// The final state of every position, for predicting words instead of classes.
    ///
    /// @return (B, T, d): after the last layer and the final norm
    public NDArray states(TokenBatch batch) {
        ForwardPass whole = new ForwardPass(network, tap, dropout, true, stopPoint);
        NDArray last = whole.through(0, network.layers().size(), whole.embed(batch), batch);
        return normed(network.finalNorm(), last);
    }

    /// Continues from the input of layer `first`.
    ///
    /// @param x (B, T, d)
    /// @return (B, C)
    public NDArray from(int first, NDArray x, TokenBatch batch) {
        return classify(through(first, network.layers().size(), x, batch), batch);
    }

    /// Some layers only. The last layer of the network gives every position or only the one that is read, as in a
    /// whole pass.
    ///
    /// @param x   (B, T, d): what enters layer `first`
    /// @param end the layer after the last one that is run
    /// @return (B, Tq, d): what enters layer `end`
    public NDArray through(int first, int end, NDArray x, TokenBatch batch) {
        AttentionContext sights = new AttentionContext(spec(), batch, first, end, everyRow);
        NDArray state = x;
        for (int i = first; i < end; i++) {
            stopPoint.run();
            state = tap.keeps() ? layer(i, state, batch, sights) : scopedLayer(i, state, batch, sights);
        }
        return state;
    }

    /// One layer alone, every position of it.
    ///
    /// @param x (B, T, d) what enters it
    /// @return (B, T, d) what leaves it
    public NDArray layerOutput(int layer, NDArray x, TokenBatch batch) {
        AttentionContext sights = new AttentionContext(spec(), batch, layer, layer + 1, true);
        ForwardPass whole = new ForwardPass(network, tap, dropout, true, stopPoint);
        return tap.keeps() ? whole.layer(layer, x, batch, sights) : whole.scopedLayer(layer, x, batch, sights);
    }

    private NDArray scopedLayer(int i, NDArray x, TokenBatch batch, AttentionContext sights) {
        NDArray out;
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            out = layer(i, x, batch, sights);
            NDScope.unregister(out);
        }
        NDScope.register(out);
        return out;
    }

    private NDArray layer(int i, NDArray x, TokenBatch batch, AttentionContext sights) {
        Layer<?> layer = network.layers().get(i);
        boolean few = !everyRow && i == network.layers().size() - 1;
        tap.see(Site.INPUT, i, x);
        NDArray seen = normed(layer.attention().input(), x);
        NDArray z = tap.headOutputs(i, attention(i, layer, few ? batch.read(seen) : seen, seen, sights, few));
        NDArray mixed = layer.output().apply(z);
        tap.see(Site.ATTENTION_OUTPUT, i, mixed);
        NDArray sum = drop(normed(layer.attention().output(), mixed), dropout.at(Point.ATTENTION))
                .add(few ? batch.read(x) : x);
        tap.see(Site.ATTENTION_SUM, i, sum);
        NDArray middle = normed(layer.attention().sum(), sum);
        tap.see(Site.MIDDLE, i, middle);
        NDArray down = mlp(i, layer, normed(layer.mlp().input(), middle));
        tap.see(Site.DOWN, i, down);
        NDArray total =
                drop(normed(layer.mlp().output(), down), dropout.at(Point.MLP)).add(middle);
        tap.see(Site.OUTPUT_SUM, i, total);
        return normed(layer.mlp().sum(), total);
    }

    private NDArray normed(@Nullable Norm norm, NDArray x) {
        if (norm == null) {
            return x;
        }
        return tap.holds() ? norm.held(x) : norm.apply(x);
    }

    private NDArray mlp(int i, Layer<?> layer, NDArray x) {
        NDArray up = layer.up().apply(x);
        NDArray activated;
        if (layer.gate() == null) {
            activated = activate(up, spec().mlp().activation());
        } else {
            NDArray gate = layer.gate().apply(x);
            tap.see(Site.GATE, i, gate);
            activated = activate(gate, spec().mlp().activation()).mul(up);
        }
        tap.see(Site.UP, i, up);
        tap.see(Site.ACTIVATED, i, activated);
        return layer.down().apply(drop(activated, dropout.at(Point.INNER)));
    }

    private NDArray attention(int i, Layer<?> layer, NDArray readers, NDArray x, AttentionContext sights, boolean few) {
        NDArray values = layer.value().apply(x);
        tap.see(Site.VALUE, i, values);
        NDArray pattern = tap.holds()
                ? pattern(i, layer, readers.stopGradient(), x.stopGradient(), sights, few)
                : pattern(i, layer, readers, x, sights, few);
        tap.see(Site.PATTERN, i, pattern);
        NDArray mixed = drop(pattern, dropout.at(Point.PATTERN)).matMul(grouped(byHead(values)));
        Shape s = readers.getShape();
        return mixed.transpose(0, 2, 1, 3).reshape(s.get(0), s.get(1), spec().width());
    }

    /// @return (B, H, Tq, T)
    private NDArray pattern(int i, Layer<?> layer, NDArray readers, NDArray x, AttentionContext sights, boolean few) {
        NDArray query = normed(layer.queryNorm(), byHead(layer.query().apply(readers)));
        NDArray key = normed(layer.keyNorm(), byHead(layer.key().apply(x)));
        NDArray scaled =
                Scalars.times(sights.turned(query, i, few), spec().attention().scale());
        NDArray scores = scaled.matMul(grouped(sights.turned(key, i, false)).transpose(0, 1, 3, 2));
        double cap = spec().attention().softcap();
        if (cap != 0) {
            scores = Scalars.times(Scalars.times(scores, 1 / cap).tanh(), cap);
        }
        NDArray bias = sights.bias(i, few);
        return (bias == null ? scores : scores.add(bias)).softmax(-1);
    }

    /// (B, T, n d_head) to (B, n, T, d_head)
    private NDArray byHead(NDArray x) {
        Shape s = x.getShape();
        long size = spec().headSize();
        return x.reshape(s.get(0), s.get(1), s.get(2) / size, size).transpose(0, 2, 1, 3);
    }

    /// Repeats each key or value head for all query heads that read it: (B, K, T, d_head) to (B, H, T, d_head).
    private NDArray grouped(NDArray x) {
        int times = spec().heads() / spec().keyValueHeads();
        return times == 1 ? x : x.repeat(1, times);
    }

    /// Final norm, pooler, classifier.
    ///
    /// @param last (B, Tq, d): what the last layer gives
    /// @return (B, C)
    public NDArray classify(NDArray last, TokenBatch batch) {
        int layers = network.layers().size();
        tap.see(Site.FINAL, layers, last);
        NDArray normed = normed(network.finalNorm(), last);
        NDArray pooled = (everyRow ? batch.read(normed) : normed).squeeze(1);
        TransformerSpec.Readout readout = spec().readout();
        if (network.pooler() != null && readout.activation() != null) {
            NDArray before = network.pooler().apply(drop(pooled, poolerDropout()));
            tap.see(Site.POOLER, layers, before);
            NDArray activated = activate(before, readout.activation());
            tap.see(Site.POOLER_ACTIVATED, layers, activated);
            pooled = normed(network.poolerNorm(), activated);
        }
        NDArray logits = network.classifier().apply(drop(pooled, dropout.at(Point.CLASSIFIER)));
        tap.see(Site.RAW_LOGITS, layers, logits);
        double cap = readout.softcap();
        return cap == 0 ? logits : Scalars.times(Scalars.times(logits, 1 / cap).tanh(), cap);
    }

    /// RoBERTa's head has dropout before its dense map too.
    private double poolerDropout() {
        return spec().readout().dropsTwice() ? dropout.at(Point.CLASSIFIER) : 0;
    }

    /// The activation function, elementwise.
    public static NDArray activate(NDArray x, TransformerSpec.Activation f) {
        return switch (f) {
            case GELU -> Activation.gelu(x);
            case GELU_TANH -> {
                NDArray cubic = Scalars.times(x.mul(x).mul(x), 0.044715);
                NDArray inner = Scalars.times(cubic.add(x), Math.sqrt(2 / Math.PI));
                NDArray half = Scalars.times(x, 0.5);
                yield half.add(half.mul(inner.tanh()));
            }
            case RELU -> Activation.relu(x);
            case SILU -> x.mul(Activation.sigmoid(x));
            case TANH -> x.tanh();
        };
    }

    private static NDArray rows(NDArray ids, NDArray table) {
        return Embedding.embedding(ids, table, SparseFormat.DENSE).singletonOrThrow();
    }

    private static NDArray drop(NDArray x, double probability) {
        return probability == 0 ? x : DropoutMask.apply(x, probability);
    }
}
