package sirkuit.transformer.family;

import sirkuit.checkpoint.CheckpointConfig;
import sirkuit.transformer.TensorNames;
import sirkuit.transformer.TensorNames.Place;
import sirkuit.transformer.TransformerSpec;

/// BERT sequence classifiers (`BertForSequenceClassification`): learned positions from 0, token types, norms after each
/// residual sum, tanh pooler on the first token.
final class BertFamily {
    private BertFamily() {}

    static TransformerSpec spec(CheckpointConfig c, Purpose p) {
        return encoder(c, p, names("bert.", "bert.pooler.dense", "classifier"), 0, c.integer("pad_token_id", 0), false);
    }

    /// The shared part of BERT and RoBERTa.
    ///
    /// @param positionOffset row of the first position
    /// @param dropsTwice     see [TransformerSpec.Readout]
    static TransformerSpec encoder(
            CheckpointConfig c, Purpose p, TensorNames names, int positionOffset, int padToken, boolean dropsTwice) {
        int hidden = c.size("hidden_size");
        int heads = c.size("num_attention_heads");
        int layers = c.size("num_hidden_layers");
        int headSize = Fields.headSize(c, hidden, heads);
        int vocabulary = c.size("vocab_size");
        int rows = c.size("max_position_embeddings");
        double dropout = Fields.probability(c, "hidden_dropout_prob", 0.1);
        return new TransformerSpec(
                c.modelType(),
                new TransformerSpec.Shape(layers, heads, heads, headSize, hidden),
                new TransformerSpec.Embedding(
                        vocabulary,
                        1,
                        TransformerSpec.Positions.learned(rows, positionOffset),
                        c.size("type_vocab_size", 2),
                        Fields.padToken(c, vocabulary, padToken)),
                TransformerSpec.Attention.plain(layers, headSize),
                new TransformerSpec.Mlp(c.size("intermediate_size"), false, Fields.activation(c, "hidden_act", "gelu")),
                TransformerSpec.NormKind.layerNorm(c.number("layer_norm_eps", 1e-12)),
                true,
                new TransformerSpec.Readout(
                        TransformerSpec.Reader.FIRST, TransformerSpec.Activation.TANH, dropsTwice, 0, null),
                TransformerSpec.Dropout.of(
                        dropout,
                        Fields.probability(c, "attention_probs_dropout_prob", 0.1),
                        Fields.probability(c, "classifier_dropout", dropout)),
                p.labels(),
                names);
    }

    static TensorNames names(String model, String pooler, String classifier) {
        String layer = model + "encoder.layer.%d.";
        return new TensorNames(
                new TensorNames.Embedding(
                        model + "embeddings.word_embeddings",
                        model + "embeddings.position_embeddings",
                        model + "embeddings.token_type_embeddings",
                        model + "embeddings.LayerNorm"),
                new TensorNames.Attention(
                        Place.of(layer + "attention.self.query"),
                        Place.of(layer + "attention.self.key"),
                        Place.of(layer + "attention.self.value"),
                        Place.of(layer + "attention.output.dense"),
                        new TensorNames.Norms(null, null, layer + "attention.output.LayerNorm")),
                new TensorNames.Mlp(
                        null,
                        Place.of(layer + "intermediate.dense"),
                        Place.of(layer + "output.dense"),
                        new TensorNames.Norms(null, null, layer + "output.LayerNorm")),
                new TensorNames.Readout(null, pooler, null, classifier));
    }
}
