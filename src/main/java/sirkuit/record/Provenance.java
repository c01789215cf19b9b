package sirkuit.record;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import sirkuit.Json;

/// Where a result comes from: enough to reproduce it, and to check later whether its files are still the same (decision
/// 41).
///
/// In files it also has the fields of earlier versions: `checkpoint`, `checkpointDigest`, `data`, `device` and
/// `backend`.
///
/// @param sirkuit   version of this program
/// @param files     the files that it was made from, by what for: [#CHECKPOINT], [#TOKENIZER], and [#DATA] or the roles
///                  of [RunConfig#files()]
/// @param machine   what computed it
/// @param createdAt ISO-8601 instant
public record Provenance(String sirkuit, Map<String, Used> files, Machine machine, String createdAt) {
    public static final String CHECKPOINT = "checkpoint";
    public static final String TOKENIZER = "tokenizer";
    public static final String DATA = "data";

    /// A checkpoint, a tokenizer or a data file.
    ///
    /// @param file    folder or file; in a project relative to its folder, in a run to the run's
    /// @param digest  SHA-256: of a checkpoint's configuration and weights, of what decides a tokenizer's tokens,
    ///                of the texts and labels that were read from a data file
    /// @param binding which class every label of a data file was taken to mean; null for the others, and in files
    ///                of older versions
    public record Used(String file, String digest, @Nullable LabelBinding binding) {
        public Used {
            Json.given(file, "provenance.files.file");
            Json.given(digest, "provenance.files.digest");
        }
    }

    /// What computed a result. Files of older versions have device and backend only.
    ///
    /// @param device       `cpu`, `cuda:0`, ...
    /// @param backend      library that computed, with its version
    /// @param threads      for the arithmetic on the CPU
    /// @param libtorch     version of libtorch
    /// @param system       operating system with its version
    /// @param architecture of the processor
    /// @param java         version of Java
    public record Machine(
            String device,
            String backend,
            @Nullable Integer threads,
            @Nullable String libtorch,
            @Nullable String system,
            @Nullable String architecture,
            @Nullable String java) {
        public Machine {
            Json.given(device, "provenance.machine.device");
            Json.given(backend, "provenance.machine.backend");
        }

        /// `cpu, 4 threads, PyTorch 2.7.1 (DJL 0.36.0), Linux 6.1, amd64, Java 25`
        public String words() {
            List<String> words = new ArrayList<>(List.of(device));
            if (threads != null) {
                words.add(threads == 1 ? "1 thread" : threads + " threads");
            }
            words.add(backend);
            if (libtorch != null) {
                words.add("libtorch " + libtorch);
            }
            if (system != null) {
                words.add(system);
            }
            if (architecture != null) {
                words.add(architecture);
            }
            if (java != null) {
                words.add("Java " + java);
            }
            return String.join(", ", words);
        }
    }

    public Provenance {
        Map<String, Used> named = new LinkedHashMap<>(files);
        named.values().removeIf(Objects::isNull);
        files = Collections.unmodifiableMap(named);
    }

    /// The record as versions without roles wrote it.
    ///
    /// @param data digest of each data file, by its file
    public Provenance(
            String sirkuit,
            String checkpoint,
            String checkpointDigest,
            Map<String, String> data,
            String device,
            String backend,
            String createdAt) {
        this(
                sirkuit,
                named(checkpoint, checkpointDigest, data),
                new Machine(device, backend, null, null, null, null, null),
                createdAt);
    }

    @JsonCreator
    static Provenance read(
            @JsonProperty("sirkuit") String sirkuit,
            @JsonProperty("files") @Nullable Map<String, Used> files,
            @JsonProperty("machine") @Nullable Machine machine,
            @JsonProperty("createdAt") String createdAt,
            @JsonProperty("checkpoint") @Nullable String checkpoint,
            @JsonProperty("checkpointDigest") @Nullable String checkpointDigest,
            @JsonProperty("data") @Nullable Map<String, String> data,
            @JsonProperty("device") @Nullable String device,
            @JsonProperty("backend") @Nullable String backend) {
        if (files == null) {
            Json.given(checkpoint, "provenance.checkpoint");
        }
        return new Provenance(
                sirkuit,
                files == null
                        ? named(
                                String.valueOf(checkpoint),
                                Objects.requireNonNullElse(checkpointDigest, ""),
                                data == null ? Map.of() : data)
                        : files,
                machine == null
                        ? new Machine(String.valueOf(device), String.valueOf(backend), null, null, null, null, null)
                        : machine,
                createdAt);
    }

    private static Map<String, Used> named(String checkpoint, String digest, Map<String, String> data) {
        Map<String, Used> files = new LinkedHashMap<>();
        files.put(CHECKPOINT, new Used(checkpoint, digest, null));
        new TreeMap<>(data)
                .forEach((file, d) -> files.put(data.size() == 1 ? DATA : DATA + " " + file, new Used(file, d, null)));
        return files;
    }

    /// Folder of the checkpoint.
    @JsonProperty(CHECKPOINT)
    public String checkpoint() {
        return used(CHECKPOINT).file;
    }

    /// SHA-256 of its configuration and weights.
    @JsonProperty("checkpointDigest")
    public String checkpointDigest() {
        return used(CHECKPOINT).digest;
    }

    private Used used(String role) {
        return Objects.requireNonNullElse(files.get(role), new Used("", "", null));
    }

    /// Digest of each data file, by its file.
    @JsonProperty(DATA)
    public Map<String, String> data() {
        Map<String, String> data = new TreeMap<>();
        files.forEach((role, used) -> {
            if (!role.equals(CHECKPOINT) && !role.equals(TOKENIZER)) {
                data.put(used.file, used.digest);
            }
        });
        return data;
    }

    @JsonProperty("device")
    public String device() {
        return machine.device;
    }

    @JsonProperty("backend")
    public String backend() {
        return machine.backend;
    }

    /// Version and machine in one line, for people.
    @JsonIgnore
    public String words() {
        return "Sirkuit " + sirkuit + ", " + machine.words();
    }

    /// The same with another time, and a machine with only device and backend, so that making a sample again gives
    /// the same file.
    public Provenance madeAt(String instant) {
        return new Provenance(
                sirkuit, files, new Machine(machine.device, machine.backend, null, null, null, null, null), instant);
    }

    /// The same with every path changed.
    public Provenance withPaths(UnaryOperator<String> map) {
        Map<String, Used> mapped = new LinkedHashMap<>();
        files.forEach((role, used) -> mapped.put(role, new Used(map.apply(used.file), used.digest, used.binding)));
        return new Provenance(sirkuit, mapped, machine, createdAt);
    }
}
