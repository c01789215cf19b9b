package sirkuit;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The user's data outside of projects. The folder is below `SIRKUIT_HOME` if that is set, otherwise in the user's
/// state folder. If home cannot be written to, it is a folder of the user below the system's temporary folder. It is
/// never in a folder that others can write to.
public final class StateFolder {
    private static final Map<String, Path> FOUND = new ConcurrentHashMap<>();

    private StateFolder() {}

    /// A folder in it, created if it does not exist.
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
        // The folder with the user's number must itself belong to the user, or its content does not count.
        Path own = PrivateFolder.first(List.of(PrivateFolder.shared()));
        Path in = own == null ? null : PrivateFolder.first(List.of(own.resolve(name)));
        return in == null ? PrivateFolder.passing() : in;
    }

    /// A folder that an environment variable names is used only if it is safe.
    private static Path named(String home, String name) {
        Path folder = null;
        try {
            folder = PrivateFolder.made(Path.of(home, name));
        } catch (InvalidPathException e) {
            // Not a path, so not a folder.
        }
        if (folder == null) {
            throw Problem.of("ground.unsafe-home", home);
        }
        return folder;
    }
}
