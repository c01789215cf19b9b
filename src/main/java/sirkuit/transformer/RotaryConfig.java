package sirkuit.transformer;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.checkpoint.CheckpointConfig;

/// Rotary positions as `config.json` describes them: `rope_theta` with `rope_scaling` (transformers 4) or
/// `rope_parameters`, also one per layer type (transformers 5).
final class RotaryConfig {
    private RotaryConfig() {}

    /// @param layerType for configurations with one rotary a layer type
    /// @param otherBase θ where none is written
    /// @throws Problem when the kind of scaling is not known
    static Rotary read(CheckpointConfig c, String layerType, int headSize, double otherBase) {
        int size = (int) (headSize * c.number("partial_rotary_factor", 1));
        Optional<CheckpointConfig> parameters = c.nested("rope_parameters");
        if (parameters.isPresent()) {
            CheckpointConfig p = layerType.isEmpty()
                    ? parameters.get()
                    : parameters.get().nested(layerType).orElse(parameters.get());
            int turned =
                    p.has("partial_rotary_factor") ? (int) (headSize * p.number("partial_rotary_factor", 1)) : size;
            return new Rotary(p.number("rope_theta", otherBase), turned, scaling(c, p));
        }
        boolean local = layerType.equals("sliding_attention") && c.modelType().startsWith("gemma3");
        double base = local ? otherBase : c.number("rope_theta", otherBase);
        CheckpointConfig old = local ? null : c.nested("rope_scaling").orElse(null);
        return new Rotary(base, size, old == null ? null : scaling(c, old));
    }

    private static Rotary.@Nullable Scaling scaling(CheckpointConfig c, CheckpointConfig p) {
        String type = p.text("rope_type", p.text("type", "default"));
        int original = p.size("original_max_position_embeddings", c.size("max_position_embeddings"));
        return switch (type) {
            case "default" -> null;
            case "linear" -> new Rotary.Scaling.Linear(p.number("factor", 1));
            case "dynamic" -> new Rotary.Scaling.Dynamic(p.number("factor", 1), c.size("max_position_embeddings"));
            case "llama3" ->
                new Rotary.Scaling.Llama3(
                        p.number("factor", 8),
                        p.number("low_freq_factor", 1),
                        p.number("high_freq_factor", 4),
                        original);
            case "yarn" -> yarn(p, original);
            default ->
                throw c.unsupported(
                        "rope_type \"" + type + "\"", "Supported are default, linear, dynamic, llama3 and yarn.");
        };
    }

    private static Rotary.Scaling yarn(CheckpointConfig p, int original) {
        double factor = p.number("factor", 1);
        double attention = p.number("attention_factor", yarnAttention(p, factor));
        return new Rotary.Scaling.Yarn(
                factor,
                p.number("beta_fast", 32),
                p.number("beta_slow", 1),
                original,
                attention,
                p.flag("truncate", true));
    }

    private static double yarnAttention(CheckpointConfig p, double factor) {
        double all = p.number("mscale_all_dim", 0);
        return all == 0 || !p.has("mscale")
                ? mscale(factor, 1)
                : mscale(factor, p.number("mscale", 1)) / mscale(factor, all);
    }

    private static double mscale(double factor, double by) {
        return factor <= 1 ? 1 : 0.1 * by * Math.log(factor) + 1;
    }

    static int keyValueHeads(CheckpointConfig c, int heads) {
        int shared = c.size("num_key_value_heads", heads);
        if (heads % shared != 0) {
            throw new Problem(
                    c.file() + ": " + heads + " heads cannot share " + shared + " key and value heads.",
                    "Restore the config.json that belongs to this checkpoint.");
        }
        return shared;
    }
}
