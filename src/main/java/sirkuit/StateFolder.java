package sirkuit;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The user's data beside their projects. It is below `SIRKUIT_HOME` if that is set; else in the user's state folder;
/// else, if home cannot be written, in a folder of the user below the system's temporary folder. It is never in a
/// folder that others can write.
public final class StateFolder {
    private static final Map<String, Path> FOUND = new ConcurrentHashMap<>();

    private StateFolder() {}

    /// A folder in it, made when it is not there.
    ///
    /// @param name such as `log`
    /// @throws Problem when `SIRKUIT_HOME` is set and no such folder can be in it
    public static Path folder(String name) {
        return FOUND.computeIfAbsent(name, StateFolder::find);
    }

    private static Path find(String name) {
        String home = System.getenv("SIRKUIT_HOME");
        if (home != null && !home.isBlank()) {
            return named(home, name);
        }
        String user = System.getProperty("user.home");
        Path shared = user == null || user.isBlank()
                ? null
                : PrivateFolder.first(List.of(Path.of(user, ".local", "state", "sirkuit", name)));
        if (shared != null) {
            return shared;
        }
        // The folder with the user's number must itself be the user's, or what is in it is not.
        Path own = PrivateFolder.first(List.of(PrivateFolder.shared()));
        Path in = own == null ? null : PrivateFolder.first(List.of(own.resolve(name)));
        return in == null ? PrivateFolder.passing() : in;
    }

    /// What the environment says is meant, but is used only when it is safe.
    private static Path named(String home, String name) {
        Path folder = null;
        try {
            folder = PrivateFolder.made(Path.of(home, name));
        } catch (InvalidPathException e) {
            // No path, no folder.
        }
        if (folder == null) {
            throw Problem.of("ground.unsafe-home", home);
        }
        return folder;
    }
}
