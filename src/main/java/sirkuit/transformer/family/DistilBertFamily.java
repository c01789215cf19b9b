package sirkuit.transformer.family;

import java.util.Map;
import sirkuit.checkpoint.CheckpointConfig;
import sirkuit.transformer.TensorNames;
import sirkuit.transformer.TensorNames.Place;
import sirkuit.transformer.TransformerSpec;
import sirkuit.transformer.TransformerSpec.Dropout.Point;

/// DistilBERT sequence classifiers: BERT without token types, with a dense map and ReLU on the first token. The
/// table of positions is in the file whether it was learned or sinusoidal.
final class DistilBertFamily {
    private static final String LAYER = "distilbert.transformer.layer.%d.";
    private static final TensorNames NAMES = new TensorNames(
            new TensorNames.Embedding(
                    "distilbert.embeddings.word_embeddings",
                    "distilbert.embeddings.position_embeddings",
                    null,
                    "distilbert.embeddings.LayerNorm"),
            new TensorNames.Attention(
                    Place.of(LAYER + "attention.q_lin"),
                    Place.of(LAYER + "attention.k_lin"),
                    Place.of(LAYER + "attention.v_lin"),
                    Place.of(LAYER + "attention.out_lin"),
                    new TensorNames.Norms(null, null, LAYER + "sa_layer_norm")),
            new TensorNames.Mlp(
                    null,
                    Place.of(LAYER + "ffn.lin1"),
                    Place.of(LAYER + "ffn.lin2"),
                    new TensorNames.Norms(null, null, LAYER + "output_layer_norm")),
            new TensorNames.Readout(null, "pre_classifier", null, "classifier"));

    private DistilBertFamily() {}

    static TransformerSpec spec(CheckpointConfig c, Purpose p) {
        int hidden = c.size("dim");
        int heads = c.size("n_heads");
        int layers = c.size("n_layers");
        int headSize = Fields.headSize(c, hidden, heads);
        int vocabulary = c.size("vocab_size");
        int rows = c.size("max_position_embeddings");
        return new TransformerSpec(
                c.modelType(),
                new TransformerSpec.Shape(layers, heads, heads, headSize, hidden),
                new TransformerSpec.Embedding(
                        vocabulary,
                        1,
                        TransformerSpec.Positions.learned(rows, 0),
                        0,
                        Fields.padToken(c, vocabulary, 0)),
                TransformerSpec.Attention.plain(layers, headSize),
                new TransformerSpec.Mlp(c.size("hidden_dim"), false, Fields.activation(c, "activation", "gelu")),
                TransformerSpec.NormKind.layerNorm(1e-12),
                true,
                new TransformerSpec.Readout(
                        TransformerSpec.Reader.FIRST, TransformerSpec.Activation.RELU, false, 0, null),
                dropout(c),
                p.labels(),
                NAMES);
    }

    /// Unlike BERT, there is no dropout on the output of attention.
    private static TransformerSpec.Dropout dropout(CheckpointConfig c) {
        double hidden = Fields.probability(c, "dropout", 0.1);
        return new TransformerSpec.Dropout(Map.of(
                Point.EMBEDDING,
                hidden,
                Point.PATTERN,
                Fields.probability(c, "attention_dropout", 0.1),
                Point.MLP,
                hidden,
                Point.CLASSIFIER,
                Fields.probability(c, "seq_classif_dropout", 0.2)));
    }
}
