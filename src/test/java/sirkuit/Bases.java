package sirkuit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Base models, made from classifiers by taking the classifier away.
public final class Bases {
    /// What a base model of each family lacks; BERT's pooler too, as after masked language modelling.
    private static final Map<String, String> HEADS = Map.of(
            "bert", "classifier\\..*|bert\\.pooler\\..*",
            "roberta", "classifier\\..*",
            "xlm-roberta", "classifier\\..*",
            "distilbert", "(pre_)?classifier\\..*");

    private static final Map<String, String> PREFIXES = Map.of(
            "bert",
            "bert.",
            "roberta",
            "roberta.",
            "xlm-roberta",
            "roberta.",
            "distilbert",
            "distilbert.",
            "gpt2",
            "transformer.");

    private Bases() {}

    /// A base model of a shared reference model, with its tensors as they are called in a model for a task.
    public static Path of(String golden, Path folder) throws IOException {
        OddCheckpoint.copyOf(golden, folder);
        return without(golden, folder, name -> name);
    }

    /// The same as the bare model is saved: without the prefix of the names.
    public static Path bare(String golden, Path folder) throws IOException {
        OddCheckpoint.copyOf(golden, folder);
        String prefix = PREFIXES.getOrDefault(golden, "model.");
        return without(golden, folder, name -> name.startsWith(prefix) ? name.substring(prefix.length()) : name);
    }

    /// The tiny BERT as a base model, with its pooler.
    public static Path tiny(Path folder, long seed) throws IOException {
        TinyCheckpoint.write(folder, seed);
        OddCheckpoint.renamed(folder, name -> name.startsWith("classifier") ? "" : name);
        return asBase(folder, "BertModel");
    }

    private static Path without(String golden, Path folder, UnaryOperator<String> rename) throws IOException {
        String head = HEADS.getOrDefault(golden, "score\\..*");
        OddCheckpoint.renamed(folder, name -> name.matches(head) ? "" : rename.apply(name));
        return asBase(folder, "");
    }

    private static Path asBase(Path folder, String architecture) throws IOException {
        return OddCheckpoint.config(folder, c -> {
            c.remove(java.util.List.of("id2label", "label2id", "architectures"));
            if (!architecture.isEmpty()) {
                c.putArray("architectures").add(architecture);
            }
        });
    }
}
