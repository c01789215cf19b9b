package sirkuit.record;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import sirkuit.Problem;

/// The paths in a project's files: relative to a folder, so that everything can be moved together.
public final class Paths {
    private Paths() {}

    /// @param path absolute, or relative to `folder`
    public static String stored(Path folder, String path) {
        Path base = folder.toAbsolutePath().normalize();
        Path normal = base.resolve(path).normalize();
        // On Windows there is no relative path to another drive.
        return Objects.equals(normal.getRoot(), base.getRoot())
                ? base.relativize(normal).toString().replace('\\', '/')
                : normal.toString();
    }

    /// The absolute path of a stored path.
    public static String resolved(Path folder, String path) {
        return resolved(folder, folder, path);
    }

    /// The same for a path in a file.
    ///
    /// @throws Problem naming the file when it is not a valid path
    public static String resolved(Path file, Path folder, String path) {
        try {
            return folder.toAbsolutePath().resolve(path).normalize().toString();
        } catch (InvalidPathException e) {
            throw Problem.of(e, "record.bad-path", file, path.replaceAll("\\p{Cntrl}", "?"), e.getReason());
        }
    }

    public static Path parent(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
    }

    /// The real path. If the file does not exist, as far as its folders exist.
    public static Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        for (Path there = absolute; there != null; there = there.getParent()) {
            try {
                return there.toRealPath().resolve(there.relativize(absolute)).normalize();
            } catch (IOException e) {
                // the folder above may exist
            }
        }
        return absolute;
    }

    /// Checks a path before something is written there: a folder from elsewhere may contain links.
    ///
    /// @param root folder that must not be left
    /// @param file to be written in it
    /// @throws Problem when a link on the way leads out of the folder
    public static void requireWithin(Path root, Path file) {
        Path beside = file.toAbsolutePath().getParent();
        if (beside != null && !real(beside).startsWith(real(root))) {
            throw Problem.of("record.link-leads-out", beside, root);
        }
    }
}
