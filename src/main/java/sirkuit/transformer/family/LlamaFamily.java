package sirkuit.transformer.family;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import sirkuit.Message;
import sirkuit.checkpoint.CheckpointConfig;
import sirkuit.transformer.Rotary;
import sirkuit.transformer.TensorNames;
import sirkuit.transformer.TensorNames.Place;
import sirkuit.transformer.TransformerSpec;

/// Llama, Mistral, Qwen2 and Qwen3 as sequence classifiers or language models: causal, rotary positions, RMSNorm before
/// attention and MLP, grouped key and value heads, a gated MLP; Qwen3 norms query and key.
public final class LlamaFamily {
    private LlamaFamily() {}

    public static TransformerSpec spec(CheckpointConfig c, Purpose p) {
        boolean languageModel = p.languageModel();
        int hidden = c.size("hidden_size");
        int heads = c.size("num_attention_heads");
        int layers = c.size("num_hidden_layers");
        int headSize = c.has("head_dim") ? c.size("head_dim") : Fields.headSize(c, hidden, heads);
        int vocabulary = c.size("vocab_size");
        Rotary rotary = RotaryConfig.read(c, "", "rope_theta", headSize, 10_000);
        return new TransformerSpec(
                c.modelType(),
                new TransformerSpec.Shape(layers, heads, RotaryConfig.keyValueHeads(c, heads), headSize, hidden),
                new TransformerSpec.Embedding(
                        vocabulary,
                        1,
                        TransformerSpec.Positions.rotary(c.size("max_position_embeddings")),
                        0,
                        Fields.padToken(c, vocabulary, -1)),
                new TransformerSpec.Attention(
                        1 / Math.sqrt(headSize), 0, true, windows(c, layers), Collections.nCopies(layers, rotary)),
                new TransformerSpec.Mlp(c.size("intermediate_size"), true, Fields.activation(c, "hidden_act", "silu")),
                TransformerSpec.NormKind.rms(c.number("rms_norm_eps", 1e-6)),
                false,
                Fields.lastPosition(languageModel, 0),
                Fields.attentionDropout(c),
                p.labels(),
                names(c.modelType().equals("qwen3"), languageModel));
    }

    /// Mistral's window applies to all layers. Qwen's applies to those that `layer_types` or `max_window_layers`
    /// name, if it is switched on. Llama has none.
    private static List<Integer> windows(CheckpointConfig c, int layers) {
        boolean qwen = c.modelType().startsWith("qwen");
        boolean on = qwen ? c.flag("use_sliding_window", false) : c.modelType().equals("mistral");
        int window = on && !c.isNull("sliding_window") ? c.size("sliding_window", 4096) : 0;
        List<String> types = Fields.layerTypes(c, layers);
        int from = qwen ? c.integer("max_window_layers", 28) : 0;
        List<Integer> windows = new ArrayList<>();
        for (int i = 0; i < layers; i++) {
            boolean written = !types.isEmpty() && types.get(i).equals(Fields.SLIDING);
            boolean sliding = window > 0 && (qwen && !types.isEmpty() ? written : i >= from);
            if (!types.isEmpty() && written != sliding) {
                throw c.unsupported(
                        Message.of(
                                window > 0
                                        ? "transformer.family.layer-type-with-window"
                                        : "transformer.family.layer-type-without-window",
                                types.get(i),
                                i,
                                c.modelType()),
                        Message.of("transformer.family.restore-config"));
            }
            windows.add(sliding ? window : 0);
        }
        return List.copyOf(windows);
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
                        new TensorNames.Norms(layer + "input_layernorm", null, null)),
                new TensorNames.Mlp(
                        Place.of(layer + "mlp.gate_proj"),
                        Place.of(layer + "mlp.up_proj"),
                        Place.of(layer + "mlp.down_proj"),
                        new TensorNames.Norms(layer + "post_attention_layernorm", null, null)),
                Fields.lastPosition("model.norm", languageModel));
    }
}
