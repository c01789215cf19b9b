package sirkuit.transformer.family;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.CheckpointConfig;
import sirkuit.device.Backend;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TransformerSpec;

/// The supported families, by `model_type`.
public final class Families {
    private static final int SHOWN = 3;

    private static final Map<String, BiFunction<CheckpointConfig, Purpose, TransformerSpec>> KNOWN =
            new TreeMap<>(Map.ofEntries(
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

    /// What a checkpoint is.
    ///
    /// @param notes What to know before trusting its numbers: how its files were read
    public record Known(TransformerSpec spec, List<Message> notes) {
        public Known {
            notes = List.copyOf(notes);
        }
    }

    /// Loads a checkpoint as the family that it belongs to.
    ///
    /// @param labels class names in the order of the logits; empty for the checkpoint's own
    /// @throws Problem when it is not supported, or a tensor is missing or has another shape than config.json says
    public static ProxyModel load(Checkpoint checkpoint, List<String> labels, Backend backend) {
        return load(checkpoint, labels, List.of(), backend);
    }

    /// @param tokens of a causal language model: the token that speaks for each class; empty for a classifier
    /// @throws Problem as [#load(Checkpoint, List, Backend)]
    public static ProxyModel load(Checkpoint checkpoint, List<String> labels, List<Integer> tokens, Backend backend) {
        return ProxyModel.load(checkpoint, known(checkpoint, !tokens.isEmpty()).spec(), labels, tokens, backend);
    }

    /// @throws Problem when the family or something in the configuration is not supported
    public static TransformerSpec spec(Checkpoint checkpoint) {
        return known(checkpoint, false).spec();
    }

    /// @param words whether a verbalizer is given; a checkpoint that could be read as a classifier and as a
    ///              language model is then read as a language model
    /// @throws Problem when the family or something in the configuration is not supported
    public static Known known(Checkpoint checkpoint, boolean words) {
        CheckpointConfig config = checkpoint.config();
        BiFunction<CheckpointConfig, Purpose, TransformerSpec> family = family(config);
        FixedFields.check(config);
        Inventory.requireLayers(config);
        Wrappers.check(checkpoint);
        Purpose purpose = Purpose.of(checkpoint, words);
        TransformerSpec spec = family.apply(config, purpose);
        List<String> extras = Inventory.check(checkpoint, spec);
        List<Message> notes = new ArrayList<>(checkpoint.notes());
        notes.addAll(purpose.notes());
        if (!extras.isEmpty()) {
            String shown = String.join(", ", extras.subList(0, Math.min(SHOWN, extras.size())));
            notes.add(Message.of(
                    "transformer.family.unused-tensors",
                    checkpoint.weights().names(),
                    extras.size() > SHOWN ? Message.of("ground.and-more", shown, extras.size() - SHOWN) : shown));
        }
        return new Known(spec, notes);
    }

    /// A checkpoint as a classifier, whatever it holds at present.
    ///
    /// @param labels class names in the order of the logits
    /// @throws Problem when the family or something in the configuration is not supported
    static TransformerSpec classifier(Checkpoint checkpoint, List<String> labels) {
        CheckpointConfig config = checkpoint.config();
        BiFunction<CheckpointConfig, Purpose, TransformerSpec> family = family(config);
        FixedFields.check(config);
        Inventory.requireLayers(config);
        Wrappers.check(checkpoint);
        return family.apply(config, new Purpose(false, labels, List.of()));
    }

    private static BiFunction<CheckpointConfig, Purpose, TransformerSpec> family(CheckpointConfig config) {
        config.nested("text_config").ifPresent(text -> {
            String part = text.text("model_type", "");
            throw Problem.of(
                    "transformer.family.not-text-only",
                    config.file(),
                    config.modelType(),
                    part.isEmpty() ? "." : " (\"" + part + "\").",
                    KNOWN.containsKey(part)
                            ? Message.of("transformer.family.save-text-part", part)
                            : Message.of("transformer.family.supported", String.join(", ", KNOWN.keySet())));
        });
        BiFunction<CheckpointConfig, Purpose, TransformerSpec> family = KNOWN.get(config.modelType());
        if (family == null) {
            throw Problem.of(
                    "transformer.family.unsupported-type",
                    config.file(),
                    config.modelType(),
                    String.join(", ", KNOWN.keySet()));
        }
        return family;
    }
}
