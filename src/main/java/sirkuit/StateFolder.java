package sirkuit;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What this program keeps of the user's beside their projects: under `SIRKUIT_HOME`, else in the user's state folder,
/// else, where home cannot be written, in a folder of the user's below the system's temporary one. Never in a folder
/// that others can write.
public final class StateFolder {
    private static final Map<String, Path> FOUND = new ConcurrentHashMap<>();

    private StateFolder() {}

    /// A folder in it, made when it is not there.
    ///
    /// @param name such as `log`
    public static Path folder(String name) {
        return FOUND.computeIfAbsent(name, StateFolder::find);
    }

    private static Path find(String name) {
        List<Path> places = new ArrayList<>();
        add(places, System.getenv("SIRKUIT_HOME"), name);
        if (places.isEmpty()) {
            add(places, System.getProperty("user.home"), ".local", "state", "sirkuit", name);
        }
        Path shared = PrivateFolder.first(places);
        if (shared != null) {
            return shared;
        }
        // The folder with the user's number must itself be the user's, or what is in it is not.
        Path own = PrivateFolder.first(List.of(PrivateFolder.shared()));
        Path in = own == null ? null : PrivateFolder.first(List.of(own.resolve(name)));
        return in == null ? PrivateFolder.passing() : in;
    }

    private static void add(List<Path> places, @org.jspecify.annotations.Nullable String first, String... more) {
        if (first == null || first.isBlank()) {
            return;
        }
        try {
            places.add(Path.of(first, more));
        } catch (InvalidPathException e) {
            // No path, no folder: the next place is taken.
        }
    }
}
