package sirkuit.checkpoint.delta;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.ElementType;
import sirkuit.checkpoint.SafetensorsFile;
import sirkuit.checkpoint.SafetensorsWriter;
import sirkuit.checkpoint.TensorInfo;

/// A delta: it makes an adapted checkpoint from the one that the run started from. It is a safetensors file with one U8
/// tensor for each tensor that differs, under the same name, which holds its [ChangedEntries]. The file's metadata has
/// `format` (`sirkuit-delta`), `version`, `base` and `result` (see [Checkpoint#digest]), `rounded` (`true` if
/// differences were rounded), `contents` (SHA-256 over the rest of the metadata and the tensors) and what the writer
/// adds. If the class names differ from the base's, `config` has the result's config.json, and the version is 2.
public final class CheckpointDelta {
    private static final String FORMAT = "sirkuit-delta";
    private static final String VERSION = "1";
    private static final String VERSION_WITH_CONFIG = "2";
    private static final String CONFIG = "config";
    private static final String CONTENTS = "contents";

    private final SafetensorsFile file;

    private CheckpointDelta(SafetensorsFile file) {
        this.file = file;
    }

    /// The result of writing a delta.
    ///
    /// @param tensors how many differ
    /// @param entries how many of their entries differ
    /// @param result  digest of the checkpoint that applying it gives
    public record Written(int tensors, long entries, String result) {}

    /// Writes the delta from one checkpoint to another.
    ///
    /// @param rounded whether differences are rounded to ten bits (F32 and F64 only), which gives a third of the
    ///                size and a result close to the adapted checkpoint; otherwise the result is exact, bit for bit
    /// @param notes   more metadata, from the digest of the result
    /// @throws Problem when the file cannot be written
    public static Written write(
            Path file, Changes changes, boolean rounded, Function<String, Map<String, String>> notes) {
        Checkpoint base = changes.base();
        ChangedEntries.Kind kind = rounded ? ChangedEntries.Kind.STEPS : ChangedEntries.Kind.BITS;
        // Packed twice, when it is needed, so that a large delta is never in memory as a whole.
        Function<String, byte[]> packed = name -> ChangedEntries.pack(
                base.weights().info(name),
                base.weights().bytes(name),
                changes.adapted().weights().bytes(name),
                kind);
        String result = base.digest(
                changes.names(),
                name -> applied(file, base, name, ByteBuffer.wrap(packed.apply(name))),
                changes.config());
        Checkpoint adapted = changes.adapted();
        if (!rounded && !result.equals(adapted.digest(Set.of(), adapted.weights()::bytes, changes.config()))) {
            throw Problem.work(
                    "checkpoint.delta-does-not-match", changes.adapted().folder());
        }
        Map<String, String> metadata = new TreeMap<>(notes.apply(result));
        metadata.put("format", FORMAT);
        metadata.put("version", changes.config() == null ? VERSION : VERSION_WITH_CONFIG);
        if (changes.config() != null) {
            metadata.put(CONFIG, changes.config());
        }
        metadata.put("base", base.digest());
        metadata.put("rounded", Boolean.toString(rounded));
        metadata.put("result", result);
        List<TensorInfo> tensors = new ArrayList<>();
        Map<String, byte[]> digests = new LinkedHashMap<>();
        long end = 0;
        for (String name : changes.names()) {
            byte[] bytes = packed.apply(name);
            digests.put(name, sha().digest(bytes));
            tensors.add(new TensorInfo(name, ElementType.U8, List.of((long) bytes.length), end, end + bytes.length));
            end += bytes.length;
        }
        metadata.put(CONTENTS, contents(metadata, digests));
        SafetensorsWriter.write(file, tensors, metadata, t -> ByteBuffer.wrap(packed.apply(t.name())));
        return new Written(changes.names().size(), changes.entries(), result);
    }

    /// Opens a delta and checks it completely.
    ///
    /// @throws Problem when it is not a delta, is damaged, or has a newer version
    public static CheckpointDelta open(Path path) {
        SafetensorsFile file = SafetensorsFile.open(path);
        Map<String, String> metadata = file.metadata();
        if (!FORMAT.equals(metadata.get("format"))) {
            throw Problem.of("checkpoint.not-delta", path);
        }
        if (!Set.of(VERSION, VERSION_WITH_CONFIG).contains(String.valueOf(metadata.get("version")))) {
            throw Problem.of("checkpoint.unknown-delta-version", path, metadata.get("version"));
        }
        Map<String, byte[]> digests = new LinkedHashMap<>();
        file.tensors().keySet().forEach(name -> {
            MessageDigest sha = sha();
            sha.update(file.bytes(name));
            digests.put(name, sha.digest());
        });
        if (!contents(metadata, digests).equals(metadata.get(CONTENTS))
                || !metadata.containsKey("base")
                || !metadata.containsKey("result")) {
            throw damaged(path, Message.of("checkpoint.delta-contents-changed"), null);
        }
        return new CheckpointDelta(file);
    }

    /// The file's metadata.
    public Map<String, String> metadata() {
        return file.metadata();
    }

    /// Writes the adapted checkpoint; see [Checkpoint#writeAdapted].
    ///
    /// @param base  the checkpoint that it was made for
    /// @param texts files to add, by name
    /// @throws Problem when `base` is another checkpoint, the delta is damaged, or the folder cannot be written;
    ///         nothing is left behind then
    public void apply(Checkpoint base, Path target, Map<String, String> texts) {
        String wanted = file.metadata().get("base");
        String found = base.digest();
        if (!found.equals(wanted)) {
            throw Problem.of("checkpoint.delta-base-differs", file.file(), wanted, base.folder(), found);
        }
        for (String name : file.tensors().keySet()) {
            if (!base.weights().tensors().containsKey(name)) {
                throw damaged(file.file(), Message.of("checkpoint.delta-tensor-unknown", name), null);
            }
        }
        Function<String, ByteBuffer> bytes = name -> applied(file.file(), base, name, file.bytes(name));
        String config = file.metadata().get(CONFIG);
        String result = base.digest(file.tensors().keySet(), bytes, config);
        if (!result.equals(file.metadata().get("result"))) {
            throw damaged(file.file(), Message.of("checkpoint.delta-result-differs"), null);
        }
        Map<String, String> all = new TreeMap<>(texts);
        if (config != null) {
            all.put("config.json", config);
        }
        base.writeAdapted(target, file.tensors().keySet(), bytes, all);
    }

    private static ByteBuffer applied(Path file, Checkpoint base, String name, ByteBuffer packed) {
        try {
            return ChangedEntries.apply(
                    base.weights().info(name), base.weights().bytes(name), packed);
        } catch (IOException e) {
            throw damaged(file, Message.of("checkpoint.delta-tensor-damaged", name, why(e)), e);
        }
    }

    private static Message why(IOException e) {
        return switch (e) {
            case ChangedEntries.Damaged damaged -> damaged.reason();
            case EOFException _ -> Message.of("checkpoint.delta-ends-early");
            default -> Message.of("checkpoint.delta-not-unpacked", e.getMessage());
        };
    }

    private static Problem damaged(Path file, Message reason, @Nullable Throwable cause) {
        return Problem.of(cause, "checkpoint.delta-damaged", file, reason);
    }

    private static String contents(Map<String, String> metadata, Map<String, byte[]> digests) {
        MessageDigest sha = sha();
        new TreeMap<>(metadata).forEach((key, value) -> {
            if (!key.equals(CONTENTS)) {
                update(sha, key);
                update(sha, value);
            }
        });
        digests.forEach((name, digest) -> {
            update(sha, name);
            sha.update(digest);
        });
        return HexFormat.of().formatHex(sha.digest());
    }

    /// The length comes first, so that no two lists of texts give the same bytes.
    private static void update(MessageDigest sha, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        sha.update(bytes);
    }

    private static MessageDigest sha() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
