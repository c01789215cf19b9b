package sirkuit.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import sirkuit.transformer.Tap.Site;

/// Runs a [Network] on a batch.
///
/// @param network    parameters
/// @param tap        sees or changes activations
/// @param dropout    probabilities; [TransformerSpec.Dropout#NONE] but in training
/// @param everyRow   whether the last layer computes every position; else only the one that the classifier reads
/// @param stopPoint  called between layers: throws to stop the pass
public record ForwardPass(
        Network<?> network, Tap tap, TransformerSpec.Dropout dropout, boolean everyRow, Runnable stopPoint) {
    /// Logits only.
    public static ForwardPass plain(Network<?> network) {
        return new ForwardPass(network, Tap.NONE, TransformerSpec.Dropout.NONE, false, () -> {});
    }

    /// The same pass with a tap, every position of the last layer or only the one read.
    public static ForwardPass tapped(Network<?> network, Tap tap, boolean everyRow) {
        return new ForwardPass(network, tap, TransformerSpec.Dropout.NONE, everyRow, () -> {});
    }

    /// The same pass, asking between layers whether it should go on.
    public ForwardPass stoppingAt(Runnable other) {
        return new ForwardPass(network, tap, dropout, everyRow, other);
    }

    /// @return (B, C)
    public NDArray logits(TokenBatch batch) {
        return from(0, embed(batch), batch);
    }

    /// @return (B, T, d): what enters layer 0
    public NDArray embed(TokenBatch batch) {
        NDArray tokens = rows(batch.ids(), network.tokens());
        NDArray types = rows(batch.types(), network.types());
        NDArray positions = network.positions().get("0:{}", batch.length());
        return drop(network.embeddingNorm().apply(tokens.add(types).add(positions)), dropout.hidden());
    }

    /// Continues from what enters layer `first`.
    ///
    /// @param x (B, T, d)
    /// @return (B, C)
    public NDArray from(int first, NDArray x, TokenBatch batch) {
        NDArray state = x;
        for (int i = first; i < network.layers().size(); i++) {
            stopPoint.run();
            state = tap.keeps() ? layer(i, state, batch) : scopedLayer(i, state, batch);
        }
        return classify(state);
    }

    /// One layer alone, every position of it.
    ///
    /// @param x (B, T, d) what enters it
    /// @return (B, T, d) what leaves it
    public NDArray layerOutput(int layer, NDArray x, TokenBatch batch) {
        return new ForwardPass(network, tap, dropout, true, stopPoint).scopedLayer(layer, x, batch);
    }

    private NDArray scopedLayer(int i, NDArray x, TokenBatch batch) {
        NDArray out;
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            out = layer(i, x, batch);
            NDScope.unregister(out);
        }
        NDScope.register(out);
        return out;
    }

    private NDArray layer(int i, NDArray x, TokenBatch batch) {
        Layer<?> layer = network.layers().get(i);
        boolean firstRowOnly = !everyRow && i == network.layers().size() - 1;
        NDArray readers = firstRowOnly ? x.get(":, 0:1") : x;
        NDArray z = tap.headOutputs(i, attention(i, layer, readers, x, batch));
        NDArray mixed = layer.output().apply(z);
        tap.see(Site.ATTENTION_OUTPUT, i, mixed);
        NDArray sum = drop(mixed, dropout.hidden()).add(readers);
        tap.see(Site.ATTENTION_SUM, i, sum);
        NDArray middle = layer.attentionNorm().apply(sum);
        NDArray up = layer.up().apply(middle);
        tap.see(Site.UP, i, up);
        NDArray activated = activate(up, network.spec().activation());
        tap.see(Site.ACTIVATED, i, activated);
        NDArray down = layer.down().apply(activated);
        tap.see(Site.DOWN, i, down);
        NDArray total = drop(down, dropout.hidden()).add(middle);
        tap.see(Site.OUTPUT_SUM, i, total);
        return layer.outputNorm().apply(total);
    }

    private NDArray attention(int i, Layer<?> layer, NDArray readers, NDArray x, TokenBatch batch) {
        NDArray values = layer.value().apply(x);
        tap.see(Site.VALUE, i, values);
        NDArray query = byHead(Scalars.times(
                layer.query().apply(readers), 1 / Math.sqrt(network.spec().headSize())));
        NDArray key = byHead(layer.key().apply(x));
        NDArray scores = query.matMul(key.transpose(0, 1, 3, 2));
        NDArray pattern = (batch.bias() == null ? scores : scores.add(batch.bias())).softmax(-1);
        tap.see(Site.PATTERN, i, pattern);
        NDArray mixed = drop(pattern, dropout.attention()).matMul(byHead(values));
        Shape shape = readers.getShape();
        return mixed.transpose(0, 2, 1, 3).reshape(shape);
    }

    /// (B, T, H d_head) to (B, H, T, d_head)
    private NDArray byHead(NDArray x) {
        Shape s = x.getShape();
        return x.reshape(
                        s.get(0),
                        s.get(1),
                        network.spec().heads(),
                        network.spec().headSize())
                .transpose(0, 2, 1, 3);
    }

    private NDArray classify(NDArray last) {
        int layers = network.layers().size();
        NDArray before = network.pooler().apply(last.get(":, 0"));
        tap.see(Site.POOLER, layers, before);
        NDArray pooled = before.tanh();
        tap.see(Site.POOLED, layers, pooled);
        return network.classifier().apply(drop(pooled, dropout.classifier()));
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
            case SILU -> Activation.swish(x, 1);
        };
    }

    private static NDArray rows(NDArray ids, NDArray table) {
        return Embedding.embedding(ids, table, SparseFormat.DENSE).singletonOrThrow();
    }

    private static NDArray drop(NDArray x, double probability) {
        if (probability == 0) {
            return x;
        }
        return ai.djl.nn.norm.Dropout.dropout(x, (float) probability, true).singletonOrThrow();
    }
}
