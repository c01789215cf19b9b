package sirkuit.transformer.family;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.CheckpointConfig;
import sirkuit.checkpoint.Elements;
import sirkuit.checkpoint.TensorInfo;
import sirkuit.transformer.TensorNames;
import sirkuit.transformer.Tensors;
import sirkuit.transformer.TransformerSpec;

/// A checkpoint without a classifier, as the beginning of one: what transformers' `*ForSequenceClassification` takes
/// from it, and what is new. Heads of other tasks, such as that of masked language modelling, are left out.
///
/// @param architecture     the class of the classifier in transformers
/// @param decoder          whether the last token of a text is read
/// @param initializerRange standard deviation of new weights
/// @param kept             name in the file by name in the classifier, in the order of the model
/// @param fresh            what the file does not hold
public record BaseModel(
        String architecture, boolean decoder, double initializerRange, Map<String, String> kept, List<Fresh> fresh) {
    private static final Map<String, String> CLASSES = Map.ofEntries(
            Map.entry("bert", "Bert"),
            Map.entry("roberta", "Roberta"),
            Map.entry("xlm-roberta", "XLMRoberta"),
            Map.entry("distilbert", "DistilBert"),
            Map.entry("modernbert", "ModernBert"),
            Map.entry("gpt2", "GPT2"),
            Map.entry("llama", "Llama"),
            Map.entry("mistral", "Mistral"),
            Map.entry("qwen2", "Qwen2"),
            Map.entry("qwen3", "Qwen3"),
            Map.entry("gemma2", "Gemma2"),
            Map.entry("gemma3_text", "Gemma3Text"));

    /// What a new tensor is filled with.
    public enum Fill {
        /// Weights: normally distributed with mean 0.
        NORMAL,
        /// Biases.
        ZEROS,
        /// The gain of a norm.
        ONES
    }

    /// A tensor that the file does not hold.
    ///
    /// @param name its name in the classifier
    public record Fresh(String name, List<Long> shape, Fill fill) {}

    /// Reads headers only.
    ///
    /// @param labels class names in the order of the logits
    /// @throws Problem when it has a classifier already, is not supported, or lacks something else
    public static BaseModel of(Checkpoint checkpoint, List<String> labels) {
        CheckpointConfig config = checkpoint.config();
        TransformerSpec spec = Families.classifier(checkpoint, labels);
        requireBase(checkpoint);
        Map<String, String> kept = Inventory.places(checkpoint, spec);
        for (String stored : kept.values()) {
            TensorInfo info = checkpoint.weights().info(stored);
            if (!Elements.isFloating(info.type())) {
                throw Problem.of(
                        "transformer.quantised-tensor", checkpoint.weights().place(), stored, info.type());
            }
        }
        List<Fresh> fresh = fresh(spec, config, kept);
        fresh.forEach(tensor -> kept.remove(tensor.name));
        return new BaseModel(
                CLASSES.get(config.modelType()) + Purpose.CLASSIFIES,
                Purpose.isDecoder(config.modelType()),
                config.number("initializer_range", 0.02),
                kept,
                fresh);
    }

    private static void requireBase(Checkpoint checkpoint) {
        Object place = checkpoint.weights().place();
        String logits = Purpose.logits(checkpoint.config().modelType());
        if (Tensors.find(checkpoint, logits) != null) {
            Purpose is = Purpose.of(checkpoint, false); // refuses the heads of other tasks
            throw Problem.of(
                    "transformer.family.has-classifier",
                    place,
                    logits,
                    String.join(", ", is.labels()),
                    checkpoint.folder());
        }
        Message other = Purpose.otherHead(checkpoint);
        if (other != null) {
            throw Problem.of("transformer.family.other-classifier", place, logits, other)
                    .withRemedy(Message.of("transformer.family.other-head.remedy"));
        }
    }

    private static List<Fresh> fresh(TransformerSpec spec, CheckpointConfig config, Map<String, String> kept) {
        TensorNames.Readout out = spec.names().readout();
        long hidden = spec.hidden();
        List<Fresh> fresh = new ArrayList<>();
        if (missing(kept, out.pooler())) {
            boolean biased = !spec.family().equals("modernbert") || config.flag("classifier_bias", false);
            map(fresh, out.pooler(), hidden, hidden, biased);
        }
        if (missing(kept, out.poolerNorm())) {
            fresh.add(new Fresh(out.poolerNorm() + ".weight", List.of(hidden), Fill.ONES));
            if (spec.norm().biased()) {
                fresh.add(new Fresh(out.poolerNorm() + ".bias", List.of(hidden), Fill.ZEROS));
            }
        }
        map(fresh, out.classifier(), spec.classes(), hidden, spec.readout().reader() != TransformerSpec.Reader.LAST);
        return List.copyOf(fresh);
    }

    private static boolean missing(Map<String, String> kept, @Nullable String part) {
        return part != null && !kept.containsKey(part + ".weight");
    }

    private static void map(List<Fresh> fresh, @Nullable String name, long out, long in, boolean biased) {
        fresh.add(new Fresh(name + ".weight", List.of(out, in), Fill.NORMAL));
        if (biased) {
            fresh.add(new Fresh(name + ".bias", List.of(out), Fill.ZEROS));
        }
    }
}
