package sirkuit.transformer.family;

import java.util.List;
import sirkuit.checkpoint.CheckpointConfig;
import sirkuit.transformer.Rotary;
import sirkuit.transformer.TensorNames;
import sirkuit.transformer.TensorNames.Place;
import sirkuit.transformer.TransformerSpec;

/// Gemma 2 and 3 (text) as sequence classifiers or language models: scaled embeddings, RMSNorm with 1 + weight
/// before and after attention and MLP, layers that see a window between layers that see everything; Gemma 2 caps
/// scores and logits, Gemma 3 norms query and key.
public final class GemmaFamily {
    private GemmaFamily() {}

    public static TransformerSpec spec(CheckpointConfig c, Purpose p) {
        boolean languageModel = p.languageModel();
        boolean third = c.modelType().equals("gemma3_text");
        int hidden = c.size("hidden_size");
        int layers = c.size("num_hidden_layers");
        int heads = c.size("num_attention_heads");
        int headSize = c.size("head_dim", 256);
        int vocabulary = c.size("vocab_size");
        int pattern = third ? c.size("sliding_window_pattern", c.size("_sliding_window_pattern", 6)) : 2;
        List<Boolean> sliding = Fields.sliding(c, layers, i -> (i + 1) % pattern != 0);
        Rotary far =
                RotaryConfig.read(c, third ? "full_attention" : "", "rope_theta", headSize, third ? 1_000_000 : 10_000);
        Rotary near = third ? RotaryConfig.read(c, Fields.SLIDING, "rope_local_base_freq", headSize, 10_000) : far;
        int window = c.size("sliding_window", 4096);
        return new TransformerSpec(
                c.modelType(),
                new TransformerSpec.Shape(layers, heads, RotaryConfig.keyValueHeads(c, heads), headSize, hidden),
                new TransformerSpec.Embedding(
                        vocabulary,
                        Math.sqrt(hidden),
                        TransformerSpec.Positions.rotary(c.size("max_position_embeddings")),
                        0,
                        Fields.padToken(c, vocabulary, 0)),
                new TransformerSpec.Attention(
                        1 / Math.sqrt(c.number("query_pre_attn_scalar", 256)),
                        softcap(c, "attn_logit_softcapping", third ? 0 : 50),
                        true,
                        sliding.stream().map(s -> s ? window : 0).toList(),
                        sliding.stream().map(s -> s ? near : far).toList()),
                new TransformerSpec.Mlp(
                        c.size("intermediate_size"),
                        true,
                        Fields.activation(c, "hidden_activation", "gelu_pytorch_tanh")),
                new TransformerSpec.NormKind(false, false, c.number("rms_norm_eps", 1e-6), true),
                false,
                Fields.lastPosition(
                        languageModel, languageModel ? softcap(c, "final_logit_softcapping", third ? 0 : 30) : 0),
                Fields.attentionDropout(c),
                p.labels(),
                names(third, languageModel));
    }

    /// @param otherwise when it is absent; null is none
    private static double softcap(CheckpointConfig c, String field, double otherwise) {
        return c.isNull(field) ? 0 : c.number(field, otherwise);
    }

    private static TensorNames names(boolean headNorms, boolean languageModel) {
        String layer = "model.layers.%d.";
        return new TensorNames(
                TensorNames.Embedding.of("model.embed_tokens"),
                new TensorNames.Attention(
                        Place.of(layer + "self_attn.q_proj"),
                        Place.of(layer + "self_attn.k_proj"),
                        Place.of(layer + "self_attn.v_proj"),
                        Place.of(layer + "self_attn.o_proj"),
                        headNorms ? layer + "self_attn.q_norm" : null,
                        headNorms ? layer + "self_attn.k_norm" : null,
                        new TensorNames.Norms(layer + "input_layernorm", layer + "post_attention_layernorm", null)),
                new TensorNames.Mlp(
                        Place.of(layer + "mlp.gate_proj"),
                        Place.of(layer + "mlp.up_proj"),
                        Place.of(layer + "mlp.down_proj"),
                        new TensorNames.Norms(
                                layer + "pre_feedforward_layernorm", layer + "post_feedforward_layernorm", null)),
                Fields.lastPosition("model.norm", languageModel));
    }
}
