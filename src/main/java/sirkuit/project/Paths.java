package sirkuit.project;

import java.nio.file.Path;
import java.util.Objects;

/// How paths stand in a project's files: relative to a folder, so that everything can be moved together.
final class Paths {
    private Paths() {}

    /// @param path absolute, or relative to `folder`
    static String stored(Path folder, String path) {
        Path base = folder.toAbsolutePath().normalize();
        Path normal = base.resolve(path).normalize();
        // On Windows there is no relative path to another drive.
        return Objects.equals(normal.getRoot(), base.getRoot())
                ? base.relativize(normal).toString().replace('\\', '/')
                : normal.toString();
    }

    /// The absolute path that was stored.
    static String resolved(Path folder, String path) {
        return folder.toAbsolutePath().resolve(path).normalize().toString();
    }
}
