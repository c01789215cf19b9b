package sirkuit.hub;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.Message;

/// A checkpoint that has been fetched, or was already in the cache.
///
/// @param folder      a Hugging Face folder
/// @param commit      its revision
/// @param files       names, in the order in which they were requested; empty if the hub was not contacted
/// @param bytes       that came over the network
/// @param unreachable why the hub was not contacted and the copy in the cache is used; null if the hub was contacted
/// @param notes       what may surprise
public record Fetched(
        Path folder,
        String commit,
        List<String> files,
        long bytes,
        @Nullable Message unreachable,
        List<Message> notes) {
    public Fetched {
        files = List.copyOf(files);
        notes = List.copyOf(notes);
    }

    Fetched in(Path other) {
        return new Fetched(other, commit, files, bytes, unreachable, notes);
    }
}
