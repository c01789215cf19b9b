package sirkuit.transformer.family;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.checkpoint.CheckpointConfig;
import sirkuit.transformer.Rotary;

/// Rotary positions as `config.json` describes them: `rope_theta` with `rope_scaling` (transformers 4) or
/// `rope_parameters`, also one per layer type (transformers 5).
final class RotaryConfig {
    private static final String BASE = "rope_theta";

    private RotaryConfig() {}

    /// @param layerType for configurations with one rotary per layer type; empty if all layers have the same
    /// @param baseField where transformers 4 writes θ
    /// @param otherBase θ if none is written
    /// @throws Problem when the kind of scaling is not known, or two places contradict each other
    static Rotary read(CheckpointConfig c, String layerType, String baseField, int headSize, double otherBase) {
        Optional<CheckpointConfig> parameters = c.nested("rope_parameters");
        if (parameters.isPresent()) {
            CheckpointConfig all = parameters.get();
            boolean apart = all.has("full_attention") || all.has(Fields.SLIDING);
            if (apart == layerType.isEmpty()) {
                throw c.unsupported(
                        apart
                                ? Message.of("transformer.family.rope-for-layer-types", c.modelType())
                                : Message.of(
                                        "transformer.family.rope-without-layer-types",
                                        "full_attention",
                                        Fields.SLIDING,
                                        c.modelType()),
                        Message.of("transformer.family.restore-config"));
            }
        }
        Optional<CheckpointConfig> fresh =
                parameters.flatMap(all -> layerType.isEmpty() ? Optional.of(all) : all.nested(layerType));
        // Gemma 3's rope_scaling applies to the layers that see everything, ModernBERT's to all.
        boolean unscaled = layerType.equals(Fields.SLIDING) && c.modelType().startsWith("gemma");
        Optional<CheckpointConfig> old =
                unscaled ? Optional.empty() : c.nested("rope_scaling").filter(p -> !p.isEmpty());
        Stream.of(old, fresh).flatMap(Optional::stream).forEach(p -> requireOneType(c, p));
        if (old.isPresent() && fresh.isPresent()) {
            requireSame(c, old.get(), fresh.get(), layerType.isEmpty() ? baseField : "", otherBase);
        }
        double base = base(c, baseField, old, fresh, otherBase);
        CheckpointConfig p = fresh.or(() -> old).orElse(null);
        if (p == null) {
            return new Rotary(base, headSize, null);
        }
        if (!layerType.isEmpty() && parameters.isPresent()) {
            // It is not read: transformers looks for it beside the layer types, where it has no meaning.
            p.require("truncate", "true", Message.of("transformer.family.leave-it-out"));
        }
        return new Rotary(base, headSize, scaling(c, p));
    }

    /// θ, which may be in three places.
    private static double base(
            CheckpointConfig c,
            String baseField,
            Optional<CheckpointConfig> old,
            Optional<CheckpointConfig> fresh,
            double otherBase) {
        Map<String, Double> written = new LinkedHashMap<>();
        fresh.filter(p -> p.has(BASE)).ifPresent(p -> written.put("rope_parameters." + BASE, p.number(BASE)));
        old.filter(p -> p.has(BASE)).ifPresent(p -> written.put("rope_scaling." + BASE, p.number(BASE)));
        if (c.has(baseField)) {
            written.put(baseField, c.number(baseField));
        }
        if (written.values().stream().distinct().count() > 1) {
            throw different(
                    c,
                    written.entrySet().stream()
                            .map(e -> e.getKey() + " = " + plain(e.getValue()))
                            .toList());
        }
        return written.isEmpty() ? otherBase : written.values().iterator().next();
    }

    private static void requireOneType(CheckpointConfig c, CheckpointConfig p) {
        if (p.has("rope_type") && p.has("type") && !p.text("rope_type", "").equals(p.text("type", ""))) {
            throw different(
                    c,
                    List.of(
                            "rope_type = \"" + p.text("rope_type", "") + "\"",
                            "type = \"" + p.text("type", "") + "\""));
        }
    }

    /// transformers 5 uses `rope_scaling` if both exist, and ignores the θ of the other.
    ///
    /// @param baseField where θ is then read; empty if it is not ignored
    private static void requireSame(
            CheckpointConfig c, CheckpointConfig old, CheckpointConfig fresh, String baseField, double otherBase) {
        old.firstDifference(fresh, Map.of("type", "rope_type"), Map.of("rope_type", "\"default\""), Set.of(BASE))
                .ifPresent(field -> {
                    throw different(c, List.of("rope_scaling." + field, "rope_parameters." + field));
                });
        boolean forgotten = !baseField.isEmpty() && !old.has(BASE) && !c.has(baseField);
        if (forgotten && fresh.number(BASE, otherBase) != otherBase) {
            throw different(
                    c,
                    List.of(
                            "rope_parameters." + BASE + " = " + plain(fresh.number(BASE)),
                            "rope_scaling without " + BASE + ", which is then " + plain(otherBase)));
        }
    }

    private static Problem different(CheckpointConfig c, List<String> said) {
        return Problem.of("transformer.family.rotary-contradiction", c.file(), String.join(" and ", said));
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
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
                        Message.of("transformer.family.setting-value", "rope_type", type),
                        Message.of("transformer.family.supported-values", "default, linear, dynamic, llama3, yarn"));
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

    /// As in transformers, a zero counts as not written.
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
            throw Problem.of("transformer.family.uneven-key-value-heads", c.file(), shared, heads);
        }
        return shared;
    }
}
