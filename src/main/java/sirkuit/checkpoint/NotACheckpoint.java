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

/// Says what a folder without `config.json` or without weights is, and what to do with it. Only names and small JSON
/// files are read; nothing is loaded.
final class NotACheckpoint {
    private static final int LISTED = 10_000;
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

    /// For a path that is not a folder.
    static Problem noFolder(Path place) {
        if (Files.isRegularFile(place)) {
            String name = String.valueOf(place.getFileName());
            Path parent = place.toAbsolutePath().normalize().getParent();
            if (name.matches("(?i).*\\.(zip|tar|gz|tgz|xz|7z)")) {
                return Problem.of("checkpoint.is-archive", place);
            }
            return name.matches("(?i).*\\.(safetensors|json|txt)") || parent == null
                    ? Problem.of("checkpoint.is-checkpoint-file", place, parent)
                    : Problem.of("checkpoint.is-file", place);
        }
        if (RegularFile.isThere(place)) {
            return Problem.of("checkpoint.not-folder-or-link", place);
        }
        return Problem.of("checkpoint.no-such-folder", place);
    }

    /// For a folder without `config.json`.
    static Problem withoutConfig(Path folder) {
        NotACheckpoint it = new NotACheckpoint(folder);
        Problem known = it.known();
        if (known != null) {
            return known;
        }
        if (it.has(Weights.SINGLE::equals) || it.has(Weights.INDEX::equals)) {
            return Problem.of("checkpoint.weights-without-config", folder);
        }
        Problem others = it.otherWeights();
        if (others != null) {
            return others;
        }
        if (it.has(name -> name.matches(TOKENIZER))) {
            return Problem.of("checkpoint.only-tokenizer", folder);
        }
        return Problem.of("checkpoint.no-config-json", folder);
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
        return others != null ? others : Problem.of("checkpoint.no-weights", folder);
    }

    /// The problem for known kinds of folders, with or without a `config.json`; null for other folders.
    private @Nullable Problem known() {
        if (has(Adapter.CONFIG::equals)) {
            return Adapter.problem(folder);
        }
        if (has("model_index.json"::equals)) {
            return Problem.of("checkpoint.is-diffusers", folder);
        }
        if (has("modules.json"::equals)) {
            return Problem.of("checkpoint.is-sentence-transformers", folder);
        }
        return Subfolders.problem(folder);
    }

    private @Nullable Problem otherWeights() {
        if (has(name -> name.matches(PICKLE))) {
            return pickled();
        }
        if (has(name -> name.matches(SHARD))) {
            return Problem.of("checkpoint.no-shard-index", folder, first(name -> name.matches(SHARD)), Weights.INDEX);
        }
        if (has(name -> name.endsWith(".safetensors"))) {
            String found = first(name -> name.endsWith(".safetensors"));
            return Problem.of("checkpoint.other-weights-name", folder, found);
        }
        if (has(name -> name.endsWith(".gguf"))) {
            return Problem.of("checkpoint.only-gguf", folder, first(name -> name.endsWith(".gguf")));
        }
        String onnx = first(name -> name.endsWith(".onnx"));
        if (!onnx.isEmpty() || Files.isDirectory(folder.resolve("onnx"))) {
            return Problem.of("checkpoint.only-onnx", folder, onnx.isEmpty() ? "onnx/" : onnx);
        }
        for (String[] kind : new String[][] {{TENSORFLOW, "TensorFlow"}, {FLAX, "Flax"}}) {
            if (has(name -> name.matches(kind[0]))) {
                return Problem.of(
                        "checkpoint.only-other-framework", folder, kind[1], first(name -> name.matches(kind[0])));
            }
        }
        if (has(name -> name.matches(OTHER_PICKLE))) {
            return Problem.of("checkpoint.only-pickled-weights", folder, first(name -> name.matches(OTHER_PICKLE)));
        }
        return null;
    }

    /// Converts tensor by tensor, without a model class: `AutoModelForSequenceClassification` would add a random
    /// classifier to a file that has none, and save it.
    private Problem pickled() {
        String single = Python.text(folder.resolve(Weights.SINGLE));
        String all = Python.files(folder, "pytorch_model*.bin");
        return Problem.of("checkpoint.only-pytorch-bin", folder, all, single);
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
            throw Problem.of(e, "checkpoint.folder-not-listed", folder, e.getMessage());
        }
    }
}
