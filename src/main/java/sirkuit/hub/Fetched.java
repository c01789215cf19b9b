package sirkuit.hub;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.Message;

/// A checkpoint that has been fetched, or was there.
///
/// @param folder      a Hugging Face folder
/// @param commit      the revision it is
/// @param files       names, in the order they were asked for; empty when the hub was not asked
/// @param bytes       that came over the network
/// @param unreachable why the hub was not asked and the cache answers for it; null when the hub was asked
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
