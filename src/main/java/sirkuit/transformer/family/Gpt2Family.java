package sirkuit.transformer.family;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import sirkuit.checkpoint.CheckpointConfig;
import sirkuit.transformer.TensorNames;
import sirkuit.transformer.TensorNames.Place;
import sirkuit.transformer.TransformerSpec;
import sirkuit.transformer.TransformerSpec.Dropout.Point;

/// GPT-2 as sequence classifier or language model: causal, learned positions, norms before attention and MLP, query,
/// key and value in one transposed tensor.
final class Gpt2Family {
    private static final String LAYER = "transformer.h.%d.";
    private static final String FUSED = LAYER + "attn.c_attn";

    private Gpt2Family() {}

    static TransformerSpec spec(CheckpointConfig c, Purpose p) {
        boolean languageModel = p.languageModel();
        int hidden = c.size("n_embd");
        int heads = c.size("n_head");
        int layers = c.size("n_layer");
        int headSize = Fields.headSize(c, hidden, heads);
        int vocabulary = c.size("vocab_size");
        int rows = c.size("n_positions");
        return new TransformerSpec(
                c.modelType(),
                new TransformerSpec.Shape(layers, heads, heads, headSize, hidden),
                new TransformerSpec.Embedding(
                        vocabulary,
                        1,
                        TransformerSpec.Positions.learned(rows, 0),
                        0,
                        Fields.padToken(c, vocabulary, -1)),
                new TransformerSpec.Attention(
                        1 / Math.sqrt(headSize), 0, true, Collections.nCopies(layers, 0), List.of()),
                new TransformerSpec.Mlp(
                        c.size("n_inner", 4 * hidden), false, Fields.activation(c, "activation_function", "gelu_new")),
                TransformerSpec.NormKind.layerNorm(c.number("layer_norm_epsilon", 1e-5)),
                true,
                Fields.lastPosition(languageModel, 0),
                dropout(c),
                p.labels(),
                names(languageModel));
    }

    /// No dropout before the classifier: `summary_first_dropout` belongs to another head.
    private static TransformerSpec.Dropout dropout(CheckpointConfig c) {
        double residual = Fields.probability(c, "resid_pdrop", 0.1);
        return new TransformerSpec.Dropout(Map.of(
                Point.EMBEDDING,
                Fields.probability(c, "embd_pdrop", 0.1),
                Point.PATTERN,
                Fields.probability(c, "attn_pdrop", 0.1),
                Point.ATTENTION,
                residual,
                Point.MLP,
                residual));
    }

    private static TensorNames names(boolean languageModel) {
        return new TensorNames(
                new TensorNames.Embedding("transformer.wte", "transformer.wpe", null, null),
                new TensorNames.Attention(
                        new Place(FUSED, true, 0, 3),
                        new Place(FUSED, true, 1, 3),
                        new Place(FUSED, true, 2, 3),
                        new Place(LAYER + "attn.c_proj", true, 0, 1),
                        new TensorNames.Norms(LAYER + "ln_1", null, null)),
                new TensorNames.Mlp(
                        null,
                        new Place(LAYER + "mlp.c_fc", true, 0, 1),
                        new Place(LAYER + "mlp.c_proj", true, 0, 1),
                        new TensorNames.Norms(LAYER + "ln_2", null, null)),
                Fields.lastPosition("transformer.ln_f", languageModel));
    }
}
