package sirkuit.app.look;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the system's dialogs for files begin: where the last one ended, otherwise in the open project, otherwise at
/// home. Used on the window's thread only.
public final class StartFolder {
    private static @Nullable Path project;
    private static @Nullable Path last;

    private StartFolder() {}

    /// Another project has been opened: dialogs begin there.
    ///
    /// @param folder null when none is open
    public static void opened(@Nullable Path folder) {
        project = folder;
        last = null;
    }

    /// A file or folder has been chosen: the next dialog begins beside it.
    public static void chosen(Path place) {
        last = place.toAbsolutePath().getParent();
    }

    /// The folder in which a dialog begins.
    public static File now() {
        return folder().toFile();
    }

    private static Path folder() {
        if (last != null && Files.isDirectory(last)) {
            return last;
        }
        return project != null && Files.isDirectory(project) ? project : Path.of(System.getProperty("user.home"));
    }
}
