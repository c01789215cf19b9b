package sirkuit.transformer;

import sirkuit.Problem;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.CheckpointConfig;

/// BERT sequence classifiers (`BertForSequenceClassification`): learned positions from 0, token types, norms after each
/// residual sum, tanh pooler on the first token.
final class BertFamily {
    private static final String LAYER = "bert.encoder.layer.%d.";
    private static final TransformerSpec.Names NAMES = new TransformerSpec.Names(
            "bert.embeddings.word_embeddings",
            "bert.embeddings.position_embeddings",
            "bert.embeddings.token_type_embeddings",
            "bert.embeddings.LayerNorm",
            LAYER + "attention.self.query",
            LAYER + "attention.self.key",
            LAYER + "attention.self.value",
            LAYER + "attention.output.dense",
            LAYER + "attention.output.LayerNorm",
            LAYER + "intermediate.dense",
            LAYER + "output.dense",
            LAYER + "output.LayerNorm",
            "bert.pooler.dense",
            "classifier");

    private BertFamily() {}

    static TransformerSpec spec(Checkpoint checkpoint) {
        CheckpointConfig c = checkpoint.config();
        c.architecture().ifPresent(a -> {
            if (!a.equals("BertForSequenceClassification")) {
                throw new Problem(
                        c.file() + " describes a " + a + ", which is not supported.",
                        "Choose a BertForSequenceClassification: a BERT that has been fine-tuned to classify.");
            }
        });
        c.require("position_embedding_type", "absolute");
        c.require("is_decoder", "false");
        c.require("add_cross_attention", "false");
        c.require("chunk_size_feed_forward", "0");
        c.require("problem_type", "single_label_classification");
        int hidden = c.size("hidden_size");
        int heads = c.size("num_attention_heads");
        if (hidden % heads != 0) {
            throw new Problem(
                    c.file() + ": hidden_size " + hidden + " is not a multiple of num_attention_heads " + heads + ".",
                    "Restore the config.json that belongs to this checkpoint.");
        }
        double dropout = probability(c, "hidden_dropout_prob", 0.1);
        return new TransformerSpec(
                c.modelType(),
                c.size("num_hidden_layers"),
                heads,
                hidden / heads,
                hidden,
                c.size("intermediate_size"),
                c.size("vocab_size"),
                c.size("max_position_embeddings"),
                padToken(c),
                activation(c),
                c.number("layer_norm_eps", 1e-12),
                new TransformerSpec.Dropout(
                        dropout,
                        probability(c, "attention_probs_dropout_prob", 0.1),
                        probability(c, "classifier_dropout", dropout)),
                c.labels(),
                NAMES);
    }

    private static int padToken(CheckpointConfig c) {
        int id = c.integer("pad_token_id", 0);
        if (id < 0 || id >= c.size("vocab_size")) {
            throw new Problem(
                    c.file() + ": pad_token_id is " + id + ", outside the vocabulary.",
                    "Restore the config.json that belongs to this checkpoint.");
        }
        return id;
    }

    private static double probability(CheckpointConfig c, String field, double otherwise) {
        double value = c.number(field, otherwise);
        if (value < 0 || value >= 1) {
            throw new Problem(
                    c.file() + ": " + field + " is " + value + ", not a probability below 1.",
                    "Restore the config.json that belongs to this checkpoint.");
        }
        return value;
    }

    private static TransformerSpec.Activation activation(CheckpointConfig c) {
        String name = c.text("hidden_act", "gelu");
        return switch (name) {
            case "gelu" -> TransformerSpec.Activation.GELU;
            case "gelu_new", "gelu_pytorch_tanh" -> TransformerSpec.Activation.GELU_TANH;
            case "relu" -> TransformerSpec.Activation.RELU;
            case "silu", "swish" -> TransformerSpec.Activation.SILU;
            default ->
                throw new Problem(
                        c.file() + ": hidden_act \"" + name + "\" is not supported.",
                        "Supported are gelu, gelu_new, relu and silu; choose another checkpoint.");
        };
    }
}
