package sirkuit.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sirkuit.Json;
import sirkuit.Problem;

/// Which files of a repository make a checkpoint: data files at its top level. Formats that run code when they are
/// loaded (pickles: `.bin`, `.pt`) are never among them.
final class ModelFiles {
    static final String CONFIG = "config.json";
    static final String WEIGHTS = "model.safetensors";
    static final String INDEX = "model.safetensors.index.json";
    static final String TOKENIZER = "tokenizer.json";

    private static final List<String> BESIDE = List.of(
            TOKENIZER,
            "tokenizer_config.json",
            "special_tokens_map.json",
            "added_tokens.json",
            "vocab.txt",
            "vocab.json",
            "merges.txt",
            "generation_config.json",
            "README.md",
            "LICENSE",
            "LICENSE.txt",
            "LICENSE.md",
            "NOTICE");
    private static final Pattern SHARD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*\\.safetensors");
    private static final Pattern OTHER_WEIGHTS = Pattern.compile(".*\\.(bin|pt|pth|ckpt|h5|msgpack|onnx|gguf|pkl)");

    private ModelFiles() {}

    /// The files to fetch first, small files before the large one. For a sharded checkpoint the last one is the
    /// index, which names the shards.
    ///
    /// @throws Problem when the repository has no usable checkpoint
    static List<HubFile> wanted(HubModel model, HubListing listing) {
        Map<String, HubFile> byName = byName(listing);
        if (!byName.containsKey(CONFIG)) {
            throw Problem.of("hub.no-config", model);
        }
        String weights = byName.containsKey(WEIGHTS) ? WEIGHTS : INDEX;
        if (!byName.containsKey(weights)) {
            throw withoutWeights(model, byName.keySet());
        }
        List<HubFile> wanted = new ArrayList<>();
        wanted.add(get(byName, CONFIG));
        BESIDE.stream().filter(byName::containsKey).forEach(n -> wanted.add(get(byName, n)));
        wanted.add(get(byName, weights));
        return wanted;
    }

    /// Whether a checkpoint with these files has a tokenizer of a supported kind.
    static boolean haveTokenizer(List<String> names) {
        return names.contains(TOKENIZER)
                || names.contains("vocab.txt")
                || names.containsAll(List.of("vocab.json", "merges.txt"));
    }

    private static Problem withoutWeights(HubModel model, Set<String> names) {
        List<String> others =
                names.stream().filter(n -> OTHER_WEIGHTS.matcher(n).matches()).toList();
        if (others.stream().anyMatch(n -> n.matches(".*\\.(bin|pt|pth|ckpt|pkl)"))) {
            return Problem.of("hub.unsafe-weights", model, String.join(", ", others), model.repository());
        }
        return others.isEmpty()
                ? Problem.of("hub.no-safetensors", model)
                : Problem.of("hub.only-other-weights", model, String.join(", ", others));
    }

    /// The shards that an index names.
    ///
    /// @throws Problem when it names none, or files that are not in the repository
    static List<HubFile> shards(HubModel model, HubListing listing, Path index) {
        Map<String, HubFile> byName = byName(listing);
        List<HubFile> shards = new ArrayList<>();
        for (String name : shardNames(index)) {
            if (!SHARD.matcher(name).matches() || !byName.containsKey(name)) {
                throw Problem.of("hub.index-unknown-shard", model, name);
            }
            shards.add(get(byName, name));
        }
        if (shards.isEmpty()) {
            throw Problem.of("hub.index-without-shards", model);
        }
        return shards;
    }

    private static Set<String> shardNames(Path index) {
        Set<String> names = new TreeSet<>();
        for (JsonNode shard : Json.tree(index).path("weight_map")) {
            names.add(shard.asText());
        }
        return names;
    }

    /// The first file that a folder needs to be a checkpoint and does not have; null if it is one.
    static @Nullable String missing(Path folder) {
        if (!Files.isRegularFile(folder.resolve(CONFIG))) {
            return CONFIG;
        }
        if (Files.isRegularFile(folder.resolve(WEIGHTS))) {
            return null;
        }
        Path index = folder.resolve(INDEX);
        if (!Files.isRegularFile(index)) {
            return WEIGHTS;
        }
        return shardNames(index).stream()
                .filter(n -> !SHARD.matcher(n).matches() || !Files.isRegularFile(folder.resolve(n)))
                .findFirst()
                .orElse(null);
    }

    private static HubFile get(Map<String, HubFile> files, String name) {
        HubFile file = files.get(name);
        if (file == null) {
            throw new IllegalStateException(name);
        }
        return file;
    }

    private static Map<String, HubFile> byName(HubListing listing) {
        return listing.files().stream().collect(Collectors.toMap(HubFile::name, f -> f, (a, b) -> a));
    }
}
