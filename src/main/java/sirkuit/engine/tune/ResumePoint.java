package sirkuit.engine.tune;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sirkuit.Json;
import sirkuit.JsonFault;
import sirkuit.Problem;
import sirkuit.checkpoint.ElementType;
import sirkuit.checkpoint.SafetensorsFile;
import sirkuit.checkpoint.SafetensorsWriter;
import sirkuit.checkpoint.TensorInfo;
import sirkuit.record.RunConfig;
import sirkuit.run.RunFolder;
import sirkuit.tuning.ResumePoints.Part;
import sirkuit.tuning.TrainingState;

/// A resume point as a file: one safetensors file with the arrays. Its metadata say which step the run has reached and
/// what it was made from (decision 14).
///
/// @param schemaVersion 1
/// @param standing      the state of the training
/// @param eventBytes    length of `events.jsonl` at this point
/// @param digests       of settings, checkpoint and texts, by role
/// @param places        absolute paths of these files, by role
/// @param machine       what computed
record ResumePoint(
        int schemaVersion,
        TrainingState standing,
        long eventBytes,
        Map<String, String> digests,
        Map<String, String> places,
        Machine machine) {
    private static final int VERSION = 1;
    private static final String STATE = "sirkuit.resume";

    /// The machine. On another one, the last digits of a sum may differ.
    record Machine(String sirkuit, String backend, String device, int threads) {}

    ResumePoint(TrainingState standing, long eventBytes, TuneInputs inputs, Machine machine) {
        this(VERSION, standing, eventBytes, inputs.digests(), inputs.places(), machine);
    }

    /// Writes the point, which replaces the previous one once it is complete.
    ///
    /// @throws Problem when it cannot be written; the previous one is then unchanged
    void write(RunFolder folder, List<Part> parts) {
        List<TensorInfo> tensors = new ArrayList<>();
        Map<String, Part> byName = new HashMap<>();
        long at = 0;
        for (Part part : parts) {
            long end = at + part.entries() * ElementType.F32.bytes();
            tensors.add(new TensorInfo(part.name(), ElementType.F32, List.of(part.entries()), at, end));
            byName.put(part.name(), part);
            at = end;
        }
        SafetensorsWriter.write(
                folder.resumePoint(), tensors, Map.of(STATE, Json.line(this)), (t, to) -> Objects.requireNonNull(
                                byName.get(t.name()))
                        .values()
                        .read((from, bytes) -> to.accept(bytes)));
    }

    /// A point with its arrays.
    record Saved(ResumePoint point, SafetensorsFile file) {
        /// @return null when there is no such part
        @Nullable
        Part part(String name) {
            TensorInfo info = file.tensors().get(name);
            if (info == null) {
                return null;
            }
            return new Part(name, info.size(), to -> {
                long[] done = new long[1];
                file.pieces(name, bytes -> {
                    to.take(done[0], bytes);
                    done[0] += bytes.remaining() / Float.BYTES;
                });
            });
        }
    }

    /// @return null when the run has none yet
    /// @throws Problem when it is damaged or was written by a newer version
    static @Nullable Saved read(RunFolder folder) {
        Path path = folder.resumePoint();
        if (!Files.exists(path)) {
            return null;
        }
        SafetensorsFile file = opened(path);
        String state = file.metadata().get(STATE);
        if (state == null) {
            throw Problem.of("engine.worker.not-resume-point", path);
        }
        try {
            JsonNode tree = Json.MAPPER.readTree(state);
            if (tree.path("schemaVersion").asInt() > VERSION) {
                throw Problem.of("engine.worker.newer-version", path);
            }
            return new Saved(Json.MAPPER.treeToValue(tree, ResumePoint.class), file);
        } catch (JsonProcessingException e) {
            throw Problem.of(e, "engine.worker.resume-point-unreadable", path, JsonFault.words(e));
        }
    }

    /// Opens the file. The usual messages about damaged weights speak of a download, which this is not.
    private static SafetensorsFile opened(Path path) {
        try {
            return SafetensorsFile.open(path);
        } catch (Problem e) {
            if (e.getCause() instanceof IOException) {
                throw e; // it is not damaged, but it cannot be read
            }
            throw Problem.of(e, "engine.worker.resume-point-damaged", e.what());
        }
    }

    /// The run's settings with the current places of checkpoint and texts. A run folder that was moved alone finds
    /// them at their old places.
    RunConfig found(RunConfig config) {
        Map<String, String> moved = new HashMap<>();
        Map<String, String> named = new HashMap<>();
        named.put(TuneInputs.CHECKPOINT, config.checkpoint());
        config.files().forEach((role, file) -> named.put(role, file.file()));
        named.forEach((role, path) -> {
            String before = places.get(role);
            if (!Files.exists(Path.of(path)) && before != null && Files.exists(Path.of(before))) {
                moved.put(role, before);
            }
        });
        return moved.isEmpty() ? config : config.at(moved);
    }

    /// @throws Problem that names what has changed
    void requireSame(RunFolder folder, TuneInputs inputs) {
        digests.forEach((role, digest) -> {
            if (!digest.equals(inputs.digests().get(role))) {
                throw Problem.of(
                        "engine.tune.changed-since",
                        changed(folder, role, inputs.places().get(role)));
            }
        });
    }

    private static String changed(RunFolder folder, String role, @Nullable String place) {
        return switch (role) {
            case TuneInputs.SETTINGS -> folder.configFile().toString();
            case TuneInputs.CHECKPOINT -> "The checkpoint " + place;
            case TuneInputs.TOKENIZER -> "The tokenizer in " + place + " (tokenizer.json or a file beside it)";
            default -> place + " (" + role + ")";
        };
    }
}
