package sirkuit.transformer.family;

import java.util.List;
import java.util.Map;
import sirkuit.Message;
import sirkuit.checkpoint.CheckpointConfig;
import sirkuit.transformer.Rotary;
import sirkuit.transformer.TensorNames;
import sirkuit.transformer.TensorNames.Place;
import sirkuit.transformer.TransformerSpec;
import sirkuit.transformer.TransformerSpec.Dropout.Point;

/// ModernBERT sequence classifiers (arXiv 2412.13663): norms without bias before attention and MLP, none before the
/// first attention; query, key and value in one tensor, likewise the two maps into the gated MLP; rotary positions;
/// layers that see a window to both sides between layers that see everything; dense map and norm before the
/// classifier.
public final class ModernBertFamily {
    private static final String LAYER = "model.layers.%d.";
    private static final String FUSED = LAYER + "attn.Wqkv";
    private static final String INTO_MLP = LAYER + "mlp.Wi";

    private static final TensorNames NAMES = new TensorNames(
            new TensorNames.Embedding("model.embeddings.tok_embeddings", null, null, "model.embeddings.norm"),
            new TensorNames.Attention(
                    new Place(FUSED, false, 0, 3),
                    new Place(FUSED, false, 1, 3),
                    new Place(FUSED, false, 2, 3),
                    Place.of(LAYER + "attn.Wo"),
                    new TensorNames.Norms(LAYER + "attn_norm", 1, null, null)),
            new TensorNames.Mlp(
                    new Place(INTO_MLP, false, 0, 2),
                    new Place(INTO_MLP, false, 1, 2),
                    Place.of(LAYER + "mlp.Wo"),
                    new TensorNames.Norms(LAYER + "mlp_norm", null, null)),
            new TensorNames.Readout("model.final_norm", "head.dense", "head.norm", "classifier"));

    private ModernBertFamily() {}

    public static TransformerSpec spec(CheckpointConfig c, Purpose p) {
        int hidden = c.size("hidden_size");
        int layers = c.size("num_hidden_layers");
        int heads = c.size("num_attention_heads");
        int headSize = Fields.headSize(c, hidden, heads);
        int vocabulary = c.size("vocab_size");
        double epsilon = c.number("norm_eps", 1e-5);
        return new TransformerSpec(
                c.modelType(),
                new TransformerSpec.Shape(layers, heads, heads, headSize, hidden),
                new TransformerSpec.Embedding(
                        vocabulary,
                        1,
                        TransformerSpec.Positions.rotary(c.size("max_position_embeddings", 8192)),
                        0,
                        Fields.padToken(c, vocabulary, 50_283)),
                attention(c, layers, headSize),
                new TransformerSpec.Mlp(
                        c.size("intermediate_size"), true, Fields.activation(c, "hidden_activation", "gelu")),
                c.flag("norm_bias", false)
                        ? TransformerSpec.NormKind.layerNorm(epsilon)
                        : TransformerSpec.NormKind.layerNormWithoutBias(epsilon),
                false,
                new TransformerSpec.Readout(
                        reader(c), Fields.activation(c, "classifier_activation", "gelu"), false, 0, null),
                dropout(c),
                p.labels(),
                NAMES);
    }

    private static TransformerSpec.Dropout dropout(CheckpointConfig c) {
        double attention = Fields.probability(c, "attention_dropout", 0);
        return new TransformerSpec.Dropout(Map.of(
                Point.EMBEDDING,
                Fields.probability(c, "embedding_dropout", 0),
                Point.PATTERN,
                attention,
                Point.ATTENTION,
                attention,
                Point.INNER,
                Fields.probability(c, "mlp_dropout", 0),
                Point.CLASSIFIER,
                Fields.probability(c, "classifier_dropout", 0)));
    }

    private static TransformerSpec.Reader reader(CheckpointConfig c) {
        String pooling = c.text("classifier_pooling", "cls");
        return switch (pooling) {
            case "cls" -> TransformerSpec.Reader.FIRST;
            case "mean" -> TransformerSpec.Reader.MEAN;
            default ->
                throw c.unsupported(
                        Message.of("transformer.family.setting-value", "classifier_pooling", pooling),
                        Message.of("transformer.family.supported-values", "cls, mean"));
        };
    }

    /// `local_attention` is the whole width of the window: half of it on each side of a position.
    private static TransformerSpec.Attention attention(CheckpointConfig c, int layers, int headSize) {
        int every = c.size("global_attn_every_n_layers", 3);
        List<Boolean> sliding = Fields.sliding(c, layers, i -> i % every != 0);
        int window = c.size("local_attention", 128) / 2 + 1;
        Rotary near = RotaryConfig.read(c, "sliding_attention", "local_rope_theta", headSize, 10_000);
        Rotary far = RotaryConfig.read(c, "full_attention", "global_rope_theta", headSize, 160_000);
        return new TransformerSpec.Attention(
                1 / Math.sqrt(headSize),
                0,
                false,
                sliding.stream().map(s -> s ? window : 0).toList(),
                sliding.stream().map(s -> s ? near : far).toList());
    }
}
