package sirkuit.hub;

/// Receives the progress of a fetch, about ten times a second at most, on the thread that fetches.
@FunctionalInterface
public interface FetchProgress {
    /// @param file  what is being fetched
    /// @param done  bytes of all files so far
    /// @param total bytes of all files; it grows once when an index names its shards
    void at(String file, long done, long total);
}
