package sirkuit.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Set;
import sirkuit.Json;
import sirkuit.Message;
import sirkuit.Problem;

/// A folder that the library PEFT wrote: an adapter (such as LoRA) that was trained beside a base model, not the model
/// itself.
final class Adapter {
    static final String CONFIG = "adapter_config.json";
    private static final String TENSORS = "adapter_model.safetensors";
    private static final String CLASSIFIER =
            "(.*\\.)?(score|classifier|classifier\\.out_proj)(\\.modules_to_save(\\.default)?)?\\.weight";

    /// Adapter types that put something before the texts and cannot be merged into weights.
    private static final Set<String> PROMPTS =
            Set.of("PROMPT_TUNING", "MULTITASK_PROMPT_TUNING", "P_TUNING", "PREFIX_TUNING", "ADAPTION_PROMPT");

    private Adapter() {}

    static Problem problem(Path folder) {
        JsonNode config = Json.tree(folder.resolve(CONFIG));
        String kind = config.path("peft_type").asText("LORA");
        String base = config.path("base_model_name_or_path").asText("");
        String library = kind.equals("LORA") ? "LoRA" : "PEFT";
        String merge = merge(folder, config);
        Problem problem = base.isEmpty()
                ? Problem.of("checkpoint.is-adapter-of-unnamed-base", folder, library, CONFIG, kind, merge)
                : Problem.of("checkpoint.is-adapter", folder, library, CONFIG, kind, base, merge);
        return PROMPTS.contains(kind)
                ? problem.withRemedy(Message.of("checkpoint.adapter-not-mergeable.remedy"))
                : problem;
    }

    /// The number of classes comes from the adapter, because its base does not have it.
    private static String merge(Path folder, JsonNode config) {
        OptionalLong classes = classes(folder);
        String task = config.path("task_type").asText("");
        boolean speaks = task.equals("CAUSAL_LM") || !task.equals("SEQ_CLS") && classes.isEmpty();
        String kind = speaks ? "ForCausalLM" : "ForSequenceClassification";
        String labels = classes.isPresent() && !speaks ? ", num_labels=" + classes.getAsLong() : "";
        String merged = Python.text(Path.of(folder + "-merged"));
        String here = Python.text(folder);
        String base = config.path("base_model_name_or_path").asText("");
        String named = base.isEmpty() ? "\"BASE MODEL\"" : Json.line(base);
        String words = Files.exists(folder.resolve("tokenizer.json")) || Files.exists(folder.resolve("vocab.txt"))
                ? here
                : named;
        String model = base.isEmpty()
                ? "from peft import PeftModel; from transformers import AutoModel" + kind
                        + " as Model, AutoTokenizer; PeftModel.from_pretrained(Model.from_pretrained(" + named + labels
                        + "), " + here + ")"
                : "from peft import AutoPeftModel" + kind
                        + " as Model; from transformers import AutoTokenizer; Model.from_pretrained(" + here + labels
                        + ")";
        return model + ".merge_and_unload().save_pretrained(" + merged + "); AutoTokenizer.from_pretrained(" + words
                + ").save_pretrained(" + merged + ")";
    }

    /// Rows of the classifier that was trained with the adapter; empty if there is none.
    private static OptionalLong classes(Path folder) {
        try {
            return SafetensorsFile.open(folder.resolve(TENSORS)).tensors().values().stream()
                    .filter(t -> t.name().matches(CLASSIFIER) && t.shape().size() == 2)
                    .mapToLong(t -> t.shape().getFirst())
                    .findFirst();
        } catch (Problem e) {
            return OptionalLong.empty(); // a pickle, or incomplete: the message leaves the number out
        }
    }
}
