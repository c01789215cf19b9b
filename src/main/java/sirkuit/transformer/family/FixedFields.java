package sirkuit.transformer.family;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.checkpoint.CheckpointConfig;

/// Fields of `config.json` that change the numbers and of which only one value is implemented, for each family. Other
/// fields that transformers' modelling code reads are read where a family makes its [TransformerSpec]. Fields that do
/// not matter for inference are ignored: `chunk_size_feed_forward`, `pretraining_tp`, `reorder_and_upcast_attn` (it
/// changes only the type and order of the same sums), `sinusoidal_pos_embds` (its table is in the file), `use_cache`
/// and so on.
final class FixedFields {
    /// Missing, or an empty list or object.
    private static final String NOTHING = "";

    private static final Message OTHER = Message.of("transformer.family.choose-another");
    private static final Message DEQUANTISE = Message.of("transformer.family.dequantise");

    private static final List<Fixed> ALL = List.of(
            new Fixed("quantization_config", NOTHING, DEQUANTISE),
            new Fixed("compression_config", NOTHING, DEQUANTISE),
            new Fixed("pruned_heads", NOTHING, Message.of("transformer.family.before-pruning")),
            new Fixed("is_encoder_decoder", "false", OTHER),
            new Fixed("add_cross_attention", "false", OTHER));

    private static final List<Fixed> ENCODER =
            List.of(new Fixed("position_embedding_type", "absolute", OTHER), new Fixed("is_decoder", "false", OTHER));

    private static final List<Fixed> ROTARY = List.of(
            new Fixed("partial_rotary_factor", "1", OTHER),
            new Fixed("original_max_position_embeddings", NOTHING, Message.of("transformer.family.belongs-in-rope")));

    private static final Map<String, List<Fixed>> OF_FAMILY = Map.ofEntries(
            Map.entry("bert", ENCODER),
            Map.entry("roberta", ENCODER),
            Map.entry("xlm-roberta", ENCODER),
            Map.entry(
                    "gpt2",
                    List.of(
                            new Fixed("scale_attn_weights", "true", OTHER),
                            new Fixed("scale_attn_by_inverse_layer_idx", "false", OTHER))),
            Map.entry("llama", ROTARY),
            Map.entry("mistral", ROTARY),
            Map.entry("qwen2", ROTARY),
            Map.entry("qwen3", ROTARY),
            Map.entry("gemma2", with(ROTARY, new Fixed("use_bidirectional_attention", "false", OTHER))),
            Map.entry(
                    "gemma3_text",
                    with(
                            ROTARY,
                            new Fixed("use_bidirectional_attention", "false", OTHER),
                            // transformers reads it, but never passes it to the attention of Gemma 3.
                            new Fixed("attn_logit_softcapping", NOTHING, OTHER))));

    /// Other names that transformers reads for a field (`attribute_map`).
    private static final Map<String, Map<String, String>> ALIASES = Map.of(
            "gpt2",
            Map.of(
                    "hidden_size", "n_embd",
                    "max_position_embeddings", "n_positions",
                    "num_attention_heads", "n_head",
                    "num_hidden_layers", "n_layer"),
            "distilbert",
            Map.of("hidden_size", "dim", "num_attention_heads", "n_heads", "num_hidden_layers", "n_layers"));

    /// @param only the value that is implemented, also when the field is absent or null
    private record Fixed(String field, String only, Message remedy) {}

    private FixedFields() {}

    /// @throws Problem that names the first field with another value
    static void check(CheckpointConfig c) {
        Stream.concat(ALL.stream(), OF_FAMILY.getOrDefault(c.modelType(), List.of()).stream())
                .forEach(f -> c.require(f.field(), f.only(), f.remedy()));
        c.nested("auto_map").ifPresent(own -> ownProgram(c, own));
        ALIASES.getOrDefault(c.modelType(), Map.of()).forEach((alias, field) -> {
            if (c.has(alias) && c.size(alias) != c.size(field)) {
                throw Problem.of(
                        "transformer.family.setting-contradiction",
                        c.file(),
                        alias,
                        c.size(alias),
                        field,
                        c.size(field));
            }
        });
    }

    private static void ownProgram(CheckpointConfig c, CheckpointConfig own) {
        for (String kind : List.of("AutoModel", "AutoModelForSequenceClassification", "AutoModelForCausalLM")) {
            if (own.has(kind)) {
                throw Problem.of("transformer.family.own-program", c.file(), kind, own.text(kind, ""));
            }
        }
    }

    private static List<Fixed> with(List<Fixed> some, Fixed... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }
}
