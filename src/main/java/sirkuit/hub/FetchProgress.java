package sirkuit.hub;

/// Receives the progress of a fetch, about ten times a second at most, in the thread that fetches.
@FunctionalInterface
public interface FetchProgress {
    /// @param file  what is being fetched
    /// @param done  bytes of all files that are there
    /// @param total bytes of all files; it grows once when an index names its shards
    void at(String file, long done, long total);
}
