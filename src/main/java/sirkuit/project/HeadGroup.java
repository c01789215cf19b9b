package sirkuit.project;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import sirkuit.mask.Head;

/// A set of heads with a name.
///
/// @param name  what the user calls it
/// @param heads sorted by layer, then head
/// @param open  whether its heads are drawn one by one; otherwise they are one node of the circuit
public record HeadGroup(String name, SortedSet<Head> heads, boolean open) {
    /// What a file says; absent fields are empty.
    public HeadGroup(
            @JsonProperty("name") @Nullable String name,
            @JsonProperty("heads") @Nullable SortedSet<Head> heads,
            @JsonProperty("open") boolean open) {
        this.name = name == null ? "" : name.strip();
        this.heads = Collections.unmodifiableSortedSet(heads == null ? new TreeSet<>() : new TreeSet<>(heads));
        this.open = open;
    }

    public HeadGroup named(String other) {
        return new HeadGroup(other, heads, open);
    }

    public HeadGroup opened(boolean now) {
        return new HeadGroup(name, heads, now);
    }
}
