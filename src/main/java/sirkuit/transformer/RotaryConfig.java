package sirkuit.transformer;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.checkpoint.CheckpointConfig;

/// Rotary positions as `config.json` describes them: `rope_theta` with `rope_scaling` (transformers 4) or
/// `rope_parameters`, also one per layer type (transformers 5).
final class RotaryConfig {
    private RotaryConfig() {}

    /// @param layerType for configurations with one rotary a layer type; empty where all layers have the same
    /// @param otherBase θ where none is written
    /// @throws Problem when the kind of scaling is not known
    static Rotary read(CheckpointConfig c, String layerType, int headSize, double otherBase) {
        Optional<CheckpointConfig> old = c.nested("rope_scaling");
        Optional<CheckpointConfig> parameters = c.nested("rope_parameters");
        if (old.isPresent() && parameters.isPresent()) {
            throw c.unsupported(
                    "rope_scaling beside rope_parameters",
                    "Keep rope_scaling in config.json for transformers 4, rope_parameters for 5.");
        }
        if (parameters.isPresent()) {
            CheckpointConfig all = parameters.get();
            boolean apart = all.has("full_attention") || all.has(Fields.SLIDING);
            if (apart == layerType.isEmpty()) {
                throw c.unsupported(
                        "rope_parameters "
                                + (apart ? "for each layer type" : "without full_attention and " + Fields.SLIDING)
                                + " in a " + c.modelType(),
                        "Restore the config.json that belongs to this checkpoint.");
            }
        }
        boolean local = layerType.equals(Fields.SLIDING);
        double base = local ? otherBase : c.number("rope_theta", otherBase);
        // Gemma 3's rope_scaling is for the layers that see everything, ModernBERT's for all.
        boolean unscaled = local && c.modelType().startsWith("gemma");
        CheckpointConfig p = parameters
                .flatMap(all -> layerType.isEmpty() ? parameters : all.nested(layerType))
                .orElse(unscaled ? null : old.orElse(null));
        if (p == null) {
            return new Rotary(base, headSize, null);
        }
        if (!layerType.isEmpty() && parameters.isPresent()) {
            // Read by nobody: transformers looks for it beside the layer types, where it is none of them.
            p.require("truncate", "true", "Leave it out: transformers does not read it for a layer type.");
        }
        return new Rotary(p.number("rope_theta", base), headSize, scaling(c, p));
    }

    private static Rotary.@Nullable Scaling scaling(CheckpointConfig c, CheckpointConfig p) {
        p.require("partial_rotary_factor", "1");
        String type = p.text("rope_type", p.text("type", "default"));
        int original = p.size("original_max_position_embeddings", c.size("max_position_embeddings"));
        return switch (type) {
            case "default" -> null;
            case "linear" -> new Rotary.Scaling.Linear(p.number("factor"));
            case "dynamic" -> new Rotary.Scaling.Dynamic(p.number("factor"), c.size("max_position_embeddings"));
            case "llama3" ->
                new Rotary.Scaling.Llama3(
                        p.number("factor"), p.number("low_freq_factor"), p.number("high_freq_factor"), original);
            case "yarn" -> yarn(c, p, original);
            default ->
                throw c.unsupported(
                        "rope_type \"" + type + "\"", "Supported are default, linear, dynamic, llama3 and yarn.");
        };
    }

    private static Rotary.Scaling yarn(CheckpointConfig c, CheckpointConfig p, int original) {
        double factor = p.isNull("factor") ? (double) c.size("max_position_embeddings") / original : p.number("factor");
        double attention = p.number("attention_factor", yarnAttention(p, factor));
        return new Rotary.Scaling.Yarn(
                factor,
                orIfZero(p.number("beta_fast", 32), 32),
                orIfZero(p.number("beta_slow", 1), 1),
                original,
                attention,
                p.flag("truncate", true));
    }

    /// As transformers, which takes a zero for nothing written.
    private static double orIfZero(double value, double otherwise) {
        return value == 0 ? otherwise : value;
    }

    private static double yarnAttention(CheckpointConfig p, double factor) {
        double all = p.number("mscale_all_dim", 0);
        double some = p.number("mscale", 0);
        return all == 0 || some == 0 ? mscale(factor, 1) : mscale(factor, some) / mscale(factor, all);
    }

    private static double mscale(double factor, double by) {
        return factor <= 1 ? 1 : 0.1 * by * Math.log(factor) + 1;
    }

    static int keyValueHeads(CheckpointConfig c, int heads) {
        int shared = c.size("num_key_value_heads", heads);
        if (heads % shared != 0) {
            throw new Problem(
                    c.file() + ": num_key_value_heads is " + shared + ", which " + heads
                            + " heads cannot share evenly.",
                    "Restore the config.json that belongs to this checkpoint.");
        }
        return shared;
    }
}
