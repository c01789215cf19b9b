package sirkuit.record;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import sirkuit.Json;

/// Where a result comes from: enough to reproduce it.
///
/// @param sirkuit          version of this program
/// @param checkpoint       folder; in a project relative to its folder
/// @param checkpointDigest SHA-256 of its configuration and weights
/// @param data             digest of each dataset used (SHA-256 of texts and labels), by its file; in a project
///                         relative to its folder
/// @param device           `cpu`, `cuda:0`, ...
/// @param backend          library that computed, with its version
/// @param createdAt        ISO-8601 instant
public record Provenance(
        String sirkuit,
        String checkpoint,
        String checkpointDigest,
        Map<String, String> data,
        String device,
        String backend,
        String createdAt) {
    public Provenance {
        Json.given(checkpoint, "provenance.checkpoint");
        data = data == null ? Map.of() : Map.copyOf(data);
    }

    /// The same, said to be made at another instant.
    Provenance madeAt(String instant) {
        return new Provenance(sirkuit, checkpoint, checkpointDigest, data, device, backend, instant);
    }

    /// The same with every path changed.
    Provenance withPaths(UnaryOperator<String> map) {
        Map<String, String> mapped = new TreeMap<>();
        data.forEach((file, digest) -> mapped.put(map.apply(file), digest));
        return new Provenance(sirkuit, map.apply(checkpoint), checkpointDigest, mapped, device, backend, createdAt);
    }
}
