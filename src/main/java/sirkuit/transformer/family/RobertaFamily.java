package sirkuit.transformer.family;

import sirkuit.checkpoint.CheckpointConfig;
import sirkuit.transformer.TransformerSpec;

/// RoBERTa and XLM-RoBERTa sequence classifiers: BERT with positions counted from the pad token's id + 1, and a dense
/// map with tanh on the first token instead of the pooler.
final class RobertaFamily {
    private RobertaFamily() {}

    static TransformerSpec spec(CheckpointConfig c, Purpose p) {
        int pad = c.integer("pad_token_id", 1);
        return BertFamily.encoder(
                c, p, BertFamily.names("roberta.", "classifier.dense", "classifier.out_proj"), pad + 1, pad, true);
    }
}
