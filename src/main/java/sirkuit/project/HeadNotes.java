package sirkuit.project;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.JsonKind;
import sirkuit.mask.Head;

/// `notes.json` of a project: the user's notes on heads.
///
/// @param schemaVersion 1
/// @param heads         texts by head, written `layer.head`
public record HeadNotes(
        @JsonProperty(required = true) int schemaVersion,
        @JsonProperty("notes") @Nullable Map<String, String> heads) {
    private static final int VERSION = 1;

    public HeadNotes {
        heads = heads == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(heads));
    }

    /// Empty when there is no file.
    ///
    /// @throws sirkuit.Problem when it is damaged or of a newer version
    static HeadNotes read(Path file) {
        return Files.exists(file)
                ? Json.read(file, HeadNotes.class, VERSION, JsonKind.NOTES)
                : new HeadNotes(VERSION, Map.of());
    }

    /// @throws sirkuit.Problem when it cannot be written
    void write(Path file) {
        AtomicFile.write(file, Json.pretty(this));
    }

    /// Empty when there is none.
    public String of(Head head) {
        return heads == null ? "" : heads.getOrDefault(head.toString(), "");
    }

    public HeadNotes with(Head head, String text) {
        Map<String, String> changed = new TreeMap<>(heads == null ? Map.of() : heads);
        if (text.isBlank()) {
            changed.remove(head.toString());
        } else {
            changed.put(head.toString(), text);
        }
        return new HeadNotes(VERSION, changed);
    }
}
