package sirkuit.project;

import java.util.Map;

/// Where a result comes from: enough to reproduce it.
///
/// @param sirkuit          version of this program
/// @param checkpoint       folder, as given
/// @param checkpointDigest SHA-256 of its configuration and weights
/// @param data             digest of each dataset used (SHA-256 of texts and labels), by its file as given
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
        String createdAt) {}
