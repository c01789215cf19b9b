package sirkuit.project;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.JsonKind;

/// `groups.json` of a project: named sets of heads.
///
/// @param schemaVersion 1
/// @param groups        in the order in which they were made
public record HeadGroups(
        @JsonProperty(required = true) int schemaVersion,
        @JsonProperty("groups") @Nullable List<HeadGroup> groups) {
    private static final int VERSION = 1;

    public HeadGroups {
        groups = groups == null ? List.of() : usable(groups);
    }

    /// None when there is no file.
    ///
    /// @throws sirkuit.Problem when it is damaged or of a newer version
    public static List<HeadGroup> read(Project project) {
        Path file = file(project);
        HeadGroups read = Files.exists(file) ? Json.read(file, HeadGroups.class, VERSION, JsonKind.GROUPS) : null;
        return read == null || read.groups == null ? List.of() : read.groups;
    }

    /// @throws sirkuit.Problem when the project is read-only, the file cannot be written, or there is one that cannot
    ///                         be read: it is never written over
    public static void save(Project project, List<HeadGroup> groups) {
        project.requireWritable();
        read(project); // refuses what a newer version wrote, or what is damaged
        AtomicFile.write(file(project), Json.pretty(new HeadGroups(VERSION, groups)));
    }

    private static Path file(Project project) {
        return project.folder().resolve("groups.json");
    }

    /// A group without a name or without heads is left out; one with a name that is taken gets a number behind it.
    private static List<HeadGroup> usable(List<HeadGroup> read) {
        List<HeadGroup> kept = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (HeadGroup group : read) {
            if (group == null || group.name().isEmpty() || group.heads().isEmpty()) {
                continue;
            }
            String name = group.name();
            for (int i = 2; !names.add(name); i++) {
                name = group.name() + " " + i;
            }
            kept.add(group.named(name));
        }
        return List.copyOf(kept);
    }
}
