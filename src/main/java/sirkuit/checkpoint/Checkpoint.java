package sirkuit.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.RegularFile;

/// A checkpoint in a Hugging Face folder: `config.json`, `model.safetensors`, `tokenizer.json`.
///
/// @param folder  as the user named it
/// @param config  its settings
/// @param weights its tensors, memory-mapped
public record Checkpoint(Path folder, CheckpointConfig config, Weights weights) {
    /// Opens a folder. Only headers are read.
    ///
    /// @throws Problem that says which file is missing or damaged, and what to do
    public static Checkpoint open(Path folder) {
        return open(folder, () -> {});
    }

    /// For work that can be cancelled.
    ///
    /// @param beforeReading called before each tensor, or each piece of one, is read; an exception from it ends the
    ///                      reading
    /// @throws Problem that says which file is missing or damaged, and what to do
    public static Checkpoint open(Path folder, Runnable beforeReading) {
        if (!Files.isDirectory(folder)) {
            throw NotACheckpoint.noFolder(folder);
        }
        Path configFile = folder.resolve("config.json");
        requireNoRun(folder);
        if (!RegularFile.isThere(configFile)) {
            throw NotACheckpoint.withoutConfig(folder);
        }
        CheckpointConfig config = CheckpointConfig.read(configFile);
        return new Checkpoint(folder, config, Weights.open(folder, beforeReading));
    }

    /// A run also has a config.json, which does not describe a transformer.
    private static void requireNoRun(Path folder) {
        Path adapted = folder.resolve("adapted");
        if (Files.exists(folder.resolve(Weights.SINGLE)) || Files.exists(folder.resolve(Weights.INDEX))) {
            return;
        }
        if (Files.exists(adapted.resolve("config.json"))) {
            throw Problem.of("checkpoint.is-run", folder, adapted);
        }
        if (Files.exists(folder.resolve("events.jsonl"))) {
            throw Problem.of("checkpoint.run-without-checkpoint", folder);
        }
    }

    /// What to know before trusting the numbers of this folder.
    public List<Message> notes() {
        return Files.exists(folder.resolve(Adapter.CONFIG))
                ? List.of(Message.of("checkpoint.adapter-beside-weights", Adapter.CONFIG))
                : List.of();
    }

    /// Total number of parameters in the file.
    public long parameters() {
        return weights.tensors().values().stream().mapToLong(TensorInfo::size).sum();
    }

    /// SHA-256 over `config.json` and the weights, as hexadecimal. It identifies the checkpoint of a score or a
    /// run.
    public String digest() {
        return digest(Set.of(), weights::pieces, null);
    }

    /// The digest of a copy in which some tensors have new values; see [#writeAdapted].
    public String digest(Set<String> changed, Function<String, ByteBuffer> bytes) {
        return digest(changed, bytes, null);
    }

    /// @param settings the copy's config.json; null for this one's
    public String digest(Set<String> changed, Function<String, ByteBuffer> bytes, @Nullable String settings) {
        return digest(changed, Contents.of(name -> bytes.apply(name).duplicate()), settings);
    }

    private String digest(Set<String> changed, Contents contents, @Nullable String settings) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(
                    settings == null ? Files.readAllBytes(config.file()) : settings.getBytes(StandardCharsets.UTF_8));
            for (String name : weights.tensors().keySet()) {
                sha.update(name.getBytes(StandardCharsets.UTF_8));
                (changed.contains(name) ? contents : (Contents) weights::pieces).write(name, sha::update);
                if (weights.info(name).type() != ElementType.F32) {
                    weights.release(name); // copied when it was loaded; only the digest reads it again
                }
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (IOException e) {
            throw Problem.of(e, "ground.unreadable-file", config.file(), e.getMessage());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Writes a copy of this checkpoint in which some tensors have new values. Every other tensor and file is
    /// copied byte for byte, in the same shards. A `README.md` describes this checkpoint and not the copy, so it is
    /// kept as `README.base.md`. The folder appears when it is complete.
    ///
    /// @param target  a folder that does not exist yet
    /// @param changed names of the tensors that change
    /// @param bytes   new bytes of one tensor, in the dtype and shape it has in the file; requested for one at a
    ///                time
    /// @throws Problem when the folder cannot be written; nothing is left behind then
    public void writeAdapted(Path target, Set<String> changed, Function<String, ByteBuffer> bytes) {
        writeAdapted(target, changed, bytes, Map.of());
    }

    /// As [#writeAdapted(Path, Set, Function)], for tensors that may be larger than a buffer.
    ///
    /// @param texts the text of each added file, by its name
    public void writeAdaptedInPieces(Path target, Set<String> changed, Contents contents, Map<String, String> texts) {
        writeAdapted(target, changed, contents, texts);
    }

    /// As [#writeAdapted(Path, Set, Function)], with files that are added.
    ///
    /// @param texts the text of each added file, by its name
    public void writeAdapted(
            Path target, Set<String> changed, Function<String, ByteBuffer> bytes, Map<String, String> texts) {
        writeAdapted(target, changed, Contents.of(bytes), texts);
    }

    private void writeAdapted(Path target, Set<String> changed, Contents contents, Map<String, String> texts) {
        for (String name : changed) {
            if (!weights.tensors().containsKey(name)) {
                throw new IllegalArgumentException("not in the checkpoint: " + name);
            }
        }
        new CheckpointCopy(this, part -> weights.write(part, changed, contents), weights.indexed(), texts)
                .write(target);
    }

    /// Writes a checkpoint of other tensors beside this one's other files, as one `model.safetensors`. The tensors
    /// are copied piece by piece. The folder appears when it is complete.
    ///
    /// @param target  a folder that does not exist yet
    /// @param tensors in the order to write
    /// @param texts   the text of each added file, by its name
    /// @throws Problem when the folder cannot be written; nothing is left behind then
    public void writeWith(Path target, List<PlacedTensor> tensors, Map<String, String> texts) {
        new CheckpointCopy(this, part -> PlacedTensor.write(part.resolve(Weights.SINGLE), tensors), false, texts)
                .write(target);
    }
}
