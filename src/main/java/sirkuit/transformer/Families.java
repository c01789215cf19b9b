package sirkuit.transformer;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import sirkuit.Problem;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.CheckpointConfig;

/// The families that are known, by `model_type`.
public final class Families {
    private static final Map<String, Function<CheckpointConfig, TransformerSpec>> KNOWN = new TreeMap<>(Map.ofEntries(
            Map.entry("bert", BertFamily::spec),
            Map.entry("roberta", RobertaFamily::spec),
            Map.entry("xlm-roberta", RobertaFamily::spec),
            Map.entry("distilbert", DistilBertFamily::spec),
            Map.entry("modernbert", ModernBertFamily::spec),
            Map.entry("gpt2", Gpt2Family::spec),
            Map.entry("llama", LlamaFamily::spec),
            Map.entry("mistral", LlamaFamily::spec),
            Map.entry("qwen2", LlamaFamily::spec),
            Map.entry("qwen3", LlamaFamily::spec),
            Map.entry("gemma2", GemmaFamily::spec),
            Map.entry("gemma3_text", GemmaFamily::spec)));

    private Families() {}

    /// @throws Problem when the family or something in the configuration is not supported
    public static TransformerSpec spec(Checkpoint checkpoint) {
        CheckpointConfig config = checkpoint.config();
        config.nested("text_config").ifPresent(text -> {
            String part = text.text("model_type", "");
            throw new Problem(
                    config.file() + ": model_type \"" + config.modelType()
                            + "\" reads more than texts: its text model is described apart, in text_config"
                            + (part.isEmpty() ? "." : " (\"" + part + "\")."),
                    "Choose a checkpoint of a text model alone"
                            + (KNOWN.containsKey(part)
                                    ? " (model_type \"" + part + "\"), or save that part on its own in transformers."
                                    : ". Supported are: " + String.join(", ", KNOWN.keySet()) + "."));
        });
        Function<CheckpointConfig, TransformerSpec> family = KNOWN.get(config.modelType());
        if (family == null) {
            throw new Problem(
                    config.file() + ": model_type \"" + config.modelType() + "\" is not supported.",
                    "Choose a checkpoint of a supported type: " + String.join(", ", KNOWN.keySet()) + ".");
        }
        FixedFields.check(config);
        TransformerSpec spec = family.apply(config);
        Inventory.check(checkpoint, spec);
        return spec;
    }
}
