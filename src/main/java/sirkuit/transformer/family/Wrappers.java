package sirkuit.transformer.family;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.Python;
import sirkuit.transformer.Tensors;

/// Recognises tensor names which show that a wrapper around the model was saved. transformers finds none of these
/// tensors and starts with random numbers.
final class Wrappers {
    /// Where a part of a name comes from.
    private static final Map<String, String> MARKS = Map.of(
            "_orig_mod", "torch.compile puts it there",
            "module", "torch.nn.DataParallel and DistributedDataParallel put it there",
            "_module", "the library Opacus puts it there",
            "_forward_module", "Lightning with DeepSpeed puts it there",
            "_fsdp_wrapped_module", "FullyShardedDataParallel puts it there",
            "_checkpoint_wrapped_module", "activation checkpointing puts it there");

    private static final Set<String> ADAPTED =
            Set.of("lora_A", "lora_B", "lora_embedding_A", "base_layer", "modules_to_save", "original_module");

    private static final String PEFT = "base_model.model.";

    private static final Map<String, String> TOKENS = Map.of(
            "bert", "embeddings.word_embeddings.weight",
            "roberta", "embeddings.word_embeddings.weight",
            "xlm-roberta", "embeddings.word_embeddings.weight",
            "distilbert", "embeddings.word_embeddings.weight",
            "modernbert", "embeddings.tok_embeddings.weight",
            "gpt2", "wte.weight");

    private Wrappers() {}

    /// @throws Problem that says what is around the model, where it comes from and how to remove it
    static void check(Checkpoint checkpoint) {
        String place = checkpoint.weights().place().toString();
        for (String name : checkpoint.weights().tensors().keySet()) {
            for (String part : name.split("\\.", -1)) {
                if (ADAPTED.contains(part)) {
                    throw adapted(place, name);
                }
                String how = MARKS.get(part);
                if (how != null) {
                    throw wrapped(checkpoint, name, part + ".", how, "replace(\"" + part + ".\", \"\")");
                }
            }
        }
        String prefix = prefix(checkpoint);
        if (prefix == null) {
            return;
        }
        String own = checkpoint.weights().tensors().keySet().stream()
                .filter(name -> !name.startsWith(prefix))
                .findFirst()
                .orElse(null);
        if (own != null && !checkpoint.weights().tensors().containsKey(prefix + logits(checkpoint))) {
            throw ofOnesOwn(place, prefix, own);
        }
        throw wrapped(
                checkpoint,
                checkpoint.weights().tensors().keySet().stream()
                        .filter(name -> name.startsWith(prefix))
                        .findFirst()
                        .orElseThrow(),
                prefix,
                prefix.equals(PEFT)
                        ? "the library PEFT puts it there"
                        : "a class around the model puts it there, as in PyTorch Lightning",
                "removeprefix(\"" + prefix + "\")");
    }

    private static String logits(Checkpoint checkpoint) {
        return Purpose.logits(checkpoint.config().modelType());
    }

    /// The problem for an unknown class. Removing the prefix would give numbers, but only that class knows how its
    /// parts belong together.
    private static Problem ofOnesOwn(String place, String prefix, String own) {
        return Problem.of("transformer.family.saved-by-other-class", place, prefix, own);
    }

    private static Problem adapted(String place, String name) {
        return Problem.of("transformer.family.adapter-not-merged", place, name);
    }

    private static Problem wrapped(Checkpoint checkpoint, String name, String mark, String how, String off) {
        String file = Python.text(checkpoint.folder().resolve("model.safetensors"));
        return Problem.of(
                "transformer.family.wrapped-names",
                checkpoint.weights().place(),
                mark,
                name,
                how,
                file,
                off,
                Python.files(checkpoint.folder(), "*.safetensors"));
    }

    /// The prefix before the names of the whole model; null if there is none, or no token embedding.
    private static @Nullable String prefix(Checkpoint checkpoint) {
        String tokens = TOKENS.getOrDefault(checkpoint.config().modelType(), "embed_tokens.weight");
        String own = Tensors.prefix(checkpoint.config().modelType());
        if (Tensors.find(checkpoint, own + tokens) != null) {
            return null;
        }
        return checkpoint.weights().tensors().keySet().stream()
                .filter(name -> name.endsWith("." + tokens))
                .map(name -> name.substring(0, name.length() - tokens.length()))
                .map(before ->
                        before.endsWith("." + own) ? before.substring(0, before.length() - own.length()) : before)
                .filter(before -> !before.isEmpty())
                .findFirst()
                .orElse(null);
    }
}
