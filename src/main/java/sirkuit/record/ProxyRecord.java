package sirkuit.record;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.List;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.JsonKind;

/// `proxy.json` in the folder of a run that makes a proxy: which base it is made from.
///
/// @param schemaVersion 1
/// @param base          folder of the base; in the file relative to the run's folder where it can be
/// @param baseDigest    SHA-256 of its configuration and weights
/// @param labels        class names in the order of the logits
/// @param fresh         names of the tensors that the base does not have, and that began with random numbers
public record ProxyRecord(
        @JsonProperty(required = true) int schemaVersion,
        @JsonProperty(required = true) String base,
        @JsonProperty(required = true) String baseDigest,
        List<String> labels,
        List<String> fresh) {
    public static final int VERSION = 1;
    public static final String FILE = "proxy.json";

    /// @throws sirkuit.Problem when something that is needed is missing
    public ProxyRecord {
        Json.given(base, "base");
        Json.given(baseDigest, "baseDigest");
        labels = labels == null ? List.of() : List.copyOf(labels);
        fresh = fresh == null ? List.of() : List.copyOf(fresh);
    }

    /// @param run the run's folder
    /// @throws sirkuit.Problem when there is none or it is damaged
    public static ProxyRecord read(Path run) {
        Path file = run.resolve(FILE);
        ProxyRecord read = Json.read(file, ProxyRecord.class, VERSION, JsonKind.PROXY);
        return read.at(Paths.resolved(file, run, read.base));
    }

    /// @param run the run's folder
    /// @throws sirkuit.Problem when it cannot be written
    public void write(Path run) {
        AtomicFile.write(run.resolve(FILE), Json.pretty(at(Paths.stored(run, base))));
    }

    private ProxyRecord at(String place) {
        return new ProxyRecord(schemaVersion, place, baseDigest, labels, fresh);
    }
}
