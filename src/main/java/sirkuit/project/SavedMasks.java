package sirkuit.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import sirkuit.Problem;
import sirkuit.mask.HeadMask;

/// What is done to the masks that a project has saved.
public final class SavedMasks {
    private SavedMasks() {}

    /// Gives a mask another name, replacing the mask that had it.
    ///
    /// @throws Problem when the project is read-only, the name is not valid, or there is no such mask
    public static void rename(Project project, String from, String to) {
        HeadMask mask = project.mask(from);
        project.saveMask(to, mask);
        if (!from.equals(to)) {
            delete(project, from);
        }
    }

    ///
    /// @return the mask, to have it back
    /// @throws Problem when the project is read-only, there is no such mask, or it cannot be deleted
    public static HeadMask delete(Project project, String name) {
        project.requireWritable();
        HeadMask mask = project.mask(name);
        Path file = project.folder().resolve("masks").resolve(name + ".json");
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw Problem.of(e, "project.mask-not-deleted", file);
        }
        return mask;
    }
}
