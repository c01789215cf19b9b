package sirkuit.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.RegularFile;

/// What a folder is that lacks `config.json` or weights, and what to do with it. Only names are looked at, and small
/// JSON files; nothing is loaded.
final class NotACheckpoint {
    private static final int LISTED = 10_000;
    private static final String WANTED = "a folder with config.json, model.safetensors and tokenizer.json";

    private static final String PICKLE =
            "pytorch_model(-\\d+-of-\\d+)?\\.bin|pytorch_model\\.bin\\.index\\.json"; // as transformers 4 wrote it
    private static final String OTHER_PICKLE = "(?i).*\\.(bin|pt|pth|ckpt|pkl)";
    private static final String SHARD = "model-\\d+-of-\\d+\\.safetensors";
    private static final String TENSORFLOW = "tf_model.*\\.h5|saved_model\\.pb|.*\\.ckpt(-\\d+)?\\.index";
    private static final String FLAX = "flax_model.*\\.msgpack";
    private static final String TOKENIZER =
            "tokenizer(_config)?\\.json|vocab\\.(txt|json)|merges\\.txt|.*\\.(model|spm)|special_tokens_map\\.json";

    private final Path folder;
    private final List<String> names;

    private NotACheckpoint(Path folder) {
        this.folder = folder;
        names = namesIn(folder);
    }

    /// For a path that is no folder.
    static Problem noFolder(Path place) {
        if (Files.isRegularFile(place)) {
            String name = String.valueOf(place.getFileName());
            Path parent = place.toAbsolutePath().normalize().getParent();
            if (name.matches("(?i).*\\.(zip|tar|gz|tgz|xz|7z)")) {
                return new Problem(
                        place + " is an archive, not a folder.",
                        "Unpack it and choose the folder in it: " + WANTED + ".");
            }
            return name.matches("(?i).*\\.(safetensors|json|txt)") || parent == null
                    ? new Problem(place + " is a file, not a folder.", "Choose the folder it lies in: " + parent + ".")
                    : new Problem(
                            place + " is a file, not a folder.",
                            "A checkpoint is " + WANTED + ": choose such a folder.");
        }
        if (RegularFile.isThere(place)) {
            return new Problem(place + " is not a folder, or a link that leads nowhere.", "Choose " + WANTED + ".");
        }
        return new Problem("There is no checkpoint folder " + place + ".", "Choose " + WANTED + ".");
    }

    /// For a folder without `config.json`.
    static Problem withoutConfig(Path folder) {
        NotACheckpoint it = new NotACheckpoint(folder);
        Problem known = it.known();
        if (known != null) {
            return known;
        }
        if (it.has(Weights.SINGLE::equals) || it.has(Weights.INDEX::equals)) {
            return new Problem(
                    folder + " has weights but no config.json, which says how they are computed with.",
                    "Copy the config.json of the model that they belong to into it, with its id2label.");
        }
        Problem others = it.otherWeights();
        if (others != null) {
            return others;
        }
        if (it.has(name -> name.matches(TOKENIZER))) {
            return new Problem(
                    folder + " holds a tokenizer only: it has no config.json and no weights.",
                    "Choose the folder that transformers' save_pretrained wrote the model to: " + WANTED + ".");
        }
        return new Problem(
                folder + " has no config.json.",
                "Choose the folder that transformers' save_pretrained wrote (config.json, model.safetensors,"
                        + " tokenizer.json).");
    }

    /// For a folder with `config.json` and without weights in safetensors.
    static Problem withoutWeights(Path folder) {
        NotACheckpoint it = new NotACheckpoint(folder);
        if (it.has(name -> name.matches(PICKLE))) {
            return it.pickled();
        }
        Problem known = it.known();
        if (known != null) {
            return known;
        }
        Problem others = it.otherWeights();
        return others != null
                ? others
                : new Problem(
                        folder + " has no model.safetensors.",
                        "Choose the folder that transformers' save_pretrained wrote, or fetch the missing file.");
    }

    /// What is said whether or not there is a `config.json`; null when it is none of them.
    private @Nullable Problem known() {
        if (has(Adapter.CONFIG::equals)) {
            return Adapter.problem(folder);
        }
        if (has("model_index.json"::equals)) {
            return new Problem(
                    folder + " is a diffusers folder (model_index.json), which makes pictures.",
                    "Choose a checkpoint of a text model: " + WANTED + ".");
        }
        if (has("modules.json"::equals)) {
            return new Problem(
                    folder + " is a sentence-transformers folder (modules.json): it makes vectors of texts and holds no"
                            + " classifier.",
                    "Choose a checkpoint that has been fine-tuned to classify.");
        }
        return Subfolders.problem(folder);
    }

    private @Nullable Problem otherWeights() {
        if (has(name -> name.matches(PICKLE))) {
            return pickled();
        }
        if (has(name -> name.matches(SHARD))) {
            return new Problem(
                    folder + " has shards (" + first(name -> name.matches(SHARD)) + ") but no " + Weights.INDEX
                            + ", which says what is in which.",
                    "Fetch that file into the folder too.");
        }
        if (has(name -> name.endsWith(".safetensors"))) {
            String found = first(name -> name.endsWith(".safetensors"));
            return new Problem(
                    folder + " has no model.safetensors, only " + found + ".",
                    "If that holds the weights of the whole model, name it model.safetensors.");
        }
        Problem frozen = other(name -> name.endsWith(".gguf"), "GGUF", "converted");
        frozen = frozen != null ? frozen : other(name -> name.endsWith(".onnx"), "ONNX", "exported");
        frozen = frozen != null || !Files.isDirectory(folder.resolve("onnx"))
                ? frozen
                : new Problem(what("ONNX", "onnx/"), remedy("exported"));
        if (frozen != null) {
            return frozen;
        }
        for (String[] kind : new String[][] {{TENSORFLOW, "TensorFlow"}, {FLAX, "Flax"}}) {
            if (has(name -> name.matches(kind[0]))) {
                return new Problem(
                        folder + " has its weights only for " + kind[1] + " (" + first(name -> name.matches(kind[0]))
                                + "), which are not read here, nor by transformers 5.",
                        "Fetch the same model as model.safetensors (often in the branch refs/pr/1 of its repository) or"
                                + " choose another.");
            }
        }
        if (has(name -> name.matches(OTHER_PICKLE))) {
            return new Problem(
                    folder + " has its weights only as " + first(name -> name.matches(OTHER_PICKLE))
                            + ", which is never opened: loading it could run any program.",
                    "In the Python program that made it, save the model with model.save_pretrained(folder), and the"
                            + " tokenizer too.");
        }
        return null;
    }

    private @Nullable Problem other(Predicate<String> which, String kind, String made) {
        return has(which) ? new Problem(what(kind, first(which)), remedy(made)) : null;
    }

    private String what(String kind, String file) {
        return folder + " has its weights only as " + kind + " (" + file + "), from which nothing can be tuned.";
    }

    private static String remedy(String made) {
        return "Choose the checkpoint that it was " + made + " from: " + WANTED + ".";
    }

    /// Tensor by tensor, without a model's class: `AutoModelForSequenceClassification` would add a classifier of random
    /// numbers to a file that holds none, and save it.
    private Problem pickled() {
        String single = Python.text(folder.resolve(Weights.SINGLE));
        String all = Python.files(folder, "pytorch_model*.bin");
        return new Problem(
                folder + " has its weights only as pytorch_model.bin, which is never opened: loading it could run"
                        + " any program.",
                "Convert it in Python: import torch; from pathlib import Path; from safetensors.torch import save_file;"
                        + " save_file({k: v.contiguous().clone() for f in " + all
                        + " for k, v in torch.load(f, map_location=\"cpu\", weights_only=True).items()}, " + single
                        + ", {\"format\": \"pt\"})");
    }

    private boolean has(Predicate<String> which) {
        return names.stream().anyMatch(which);
    }

    private String first(Predicate<String> which) {
        return names.stream().filter(which).findFirst().orElse("");
    }

    private static List<String> namesIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.limit(LISTED)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new Problem(folder + " could not be listed (" + e.getMessage() + ").", "Check its permissions.", e);
        }
    }
}
