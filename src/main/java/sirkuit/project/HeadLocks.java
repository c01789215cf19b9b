package sirkuit.project;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.JsonKind;
import sirkuit.mask.Head;

/// `locks.json` of a project: heads that strategies do not change (decision 27).
///
/// @param schemaVersion 1
/// @param locked        sorted by layer, then head
record HeadLocks(
        @JsonProperty(required = true) int schemaVersion,
        @JsonProperty("locked") @Nullable List<Head> locked) {
    private static final int VERSION = 1;

    HeadLocks {
        locked = locked == null ? List.of() : List.copyOf(locked);
    }

    List<Head> heads() {
        return locked == null ? List.of() : locked;
    }

    static HeadLocks of(Collection<Head> heads) {
        return new HeadLocks(VERSION, List.copyOf(new TreeSet<>(heads)));
    }

    /// None when there is no file.
    ///
    /// @throws sirkuit.Problem when it is damaged or of a newer version
    static HeadLocks read(Path file) {
        return Files.exists(file) ? Json.read(file, HeadLocks.class, VERSION, JsonKind.LOCKS) : of(List.of());
    }

    /// @throws sirkuit.Problem when it cannot be written
    void write(Path file) {
        AtomicFile.write(file, Json.pretty(this));
    }
}
