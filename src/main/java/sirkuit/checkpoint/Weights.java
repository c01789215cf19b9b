package sirkuit.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import sirkuit.Json;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.RegularFile;

/// The tensors of a checkpoint folder: `model.safetensors`, or the shards that `model.safetensors.index.json` names.
public final class Weights {
    public static final String SINGLE = "model.safetensors";
    public static final String INDEX = "model.safetensors.index.json";

    /// An entry takes about a hundred bytes, and the largest models have some thousand entries.
    private static final long LARGEST_INDEX = 32L << 20;

    private static final int SHOWN = 3;

    private final Path folder;
    private final List<SafetensorsFile> files;
    private final Map<String, SafetensorsFile> byTensor = new LinkedHashMap<>();
    private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();

    private Weights(Path folder, List<SafetensorsFile> files) {
        this.folder = folder;
        this.files = List.copyOf(files);
        for (SafetensorsFile file : files) {
            for (TensorInfo info : file.tensors().values()) {
                if (byTensor.putIfAbsent(info.name(), file) != null) {
                    throw Problem.of("checkpoint.tensor-in-two-shards", file.file(), info.name());
                }
                tensors.put(info.name(), info);
            }
        }
    }

    /// @param beforeReading see [SafetensorsFile#open(Path, Runnable)]
    /// @throws Problem when a file is missing, damaged, or lies outside the folder
    static Weights open(Path folder, Runnable beforeReading) {
        Path single = folder.resolve(SINGLE);
        if (RegularFile.isThere(single)) {
            return new Weights(folder, List.of(SafetensorsFile.open(single, beforeReading)));
        }
        Path index = folder.resolve(INDEX);
        if (RegularFile.isThere(index)) {
            return sharded(folder, index, beforeReading);
        }
        throw NotACheckpoint.withoutWeights(folder);
    }

    private static Weights sharded(Path folder, Path index, Runnable beforeReading) {
        RegularFile.require(index, LARGEST_INDEX);
        JsonNode map = Json.tree(index).path("weight_map");
        if (!map.isObject() || map.isEmpty()) {
            throw Problem.of("checkpoint.no-weight-map", index);
        }
        Set<String> names = new TreeSet<>();
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            String name = entry.getValue().asText();
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*\\.safetensors")) {
                throw Problem.of("checkpoint.bad-shard-name", index, Json.line(name));
            }
            names.add(name);
        }
        requireAll(folder, index, names);
        List<SafetensorsFile> shards = new ArrayList<>();
        for (String name : names) {
            shards.add(SafetensorsFile.open(folder.resolve(name), beforeReading));
        }
        Weights weights = new Weights(folder, shards);
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            SafetensorsFile in = weights.byTensor.get(entry.getKey());
            if (in == null
                    || !in.file()
                            .getFileName()
                            .toString()
                            .equals(entry.getValue().asText())) {
                throw Problem.of(
                        "checkpoint.tensor-not-in-shard",
                        index,
                        entry.getKey(),
                        entry.getValue().asText());
            }
        }
        return weights;
    }

    private static void requireAll(Path folder, Path index, Set<String> names) {
        List<String> missing = names.stream()
                .filter(name -> !RegularFile.isThere(folder.resolve(name)))
                .toList();
        if (!missing.isEmpty()) {
            String shown = String.join(", ", missing.subList(0, Math.min(SHOWN, missing.size())));
            throw Problem.of(
                    "checkpoint.shards-missing",
                    index,
                    Message.of(names.size() == 1 ? "checkpoint.shard" : "checkpoint.shards", names.size()),
                    Message.of(
                            missing.size() == 1 ? "checkpoint.is-missing" : "checkpoint.are-missing",
                            missing.size() > SHOWN
                                    ? Message.of("ground.and-more", shown, missing.size() - SHOWN)
                                    : shown),
                    Message.of(missing.size() == 1 ? "ground.it" : "ground.them"));
        }
    }

    /// The place to name in an error: the file, or the folder of the shards.
    public Path place() {
        return files.size() == 1 ? files.getFirst().file() : folder;
    }

    /// The same for a sentence about the whole checkpoint, which need not name its folder.
    public String names() {
        return files.size() == 1 ? files.getFirst().file().getFileName().toString() : "one of the shards";
    }

    /// Every tensor by name, in the order of the files.
    public Map<String, TensorInfo> tensors() {
        return java.util.Collections.unmodifiableMap(tensors);
    }

    /// @throws Problem when there is no such tensor
    public TensorInfo info(String name) {
        return in(name).info(name);
    }

    /// See [SafetensorsFile#bytes].
    public ByteBuffer bytes(String name) {
        return in(name).bytes(name);
    }

    /// See [SafetensorsFile#pieces].
    public void pieces(String name, Consumer<ByteBuffer> to) {
        in(name).pieces(name, to);
    }

    /// @param most bytes of a piece; a multiple of eight
    public void pieces(String name, int most, Consumer<ByteBuffer> to) {
        in(name).pieces(name, most, to);
    }

    /// For tensors that have been copied: lets the system release the memory of their part of the file.
    public void release(String name) {
        in(name).release(name);
    }

    private SafetensorsFile in(String name) {
        SafetensorsFile file = byTensor.get(name);
        if (file == null) {
            throw Problem.of("checkpoint.tensor-missing", place(), name, SafetensorsFile.incomplete(name));
        }
        return file;
    }

    /// Writes a copy with the same files, in which some tensors have other bytes. The index is not copied.
    ///
    /// @param contents of a tensor that changes, requested for one at a time
    void write(Path target, Set<String> changed, Contents contents) {
        for (SafetensorsFile file : files) {
            SafetensorsWriter.write(
                    target.resolve(file.file().getFileName()),
                    List.copyOf(file.tensors().values()),
                    file.metadata(),
                    (tensor, to) -> {
                        if (changed.contains(tensor.name())) {
                            contents.write(tensor.name(), to);
                        } else {
                            file.pieces(tensor.name(), to);
                        }
                        file.release(tensor.name()); // else the whole file is in memory too
                    });
        }
    }

    /// Whether an index says which shard has which tensor, even if there is only one shard.
    boolean indexed() {
        return !files.getFirst().file().getFileName().toString().equals(SINGLE);
    }
}
