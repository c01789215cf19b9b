package sirkuit.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import sirkuit.Problem;

/// `.trash/` of a project: runs that were deleted and can be had back. It lies as deep as `runs/`, so that the
/// relative paths in a run's `config.json` hold in both.
///
/// @param project the project's folder
record RunTrash(Path project) {
    private static final String FOLDER = ".trash";

    /// Moves a run there.
    ///
    /// @throws Problem when a process is working on it, or it cannot be moved
    void take(RunFolder run) {
        if (run.beingWorkedOn()) {
            throw new Problem("The run " + run.id() + " is being worked on.", "Pause it first, then delete it.");
        }
        move(run.folder(), place(run.id()));
    }

    /// Puts a run back.
    ///
    /// @throws Problem when it is not there any more, or cannot be moved
    RunFolder giveBack(String id) {
        RunFolder back = new RunFolder(project.resolve("runs").resolve(id));
        if (Files.exists(back.folder())) {
            throw new Problem(back.folder() + " exists already.", "Rename that folder, then restore the run.");
        }
        move(place(id), back.folder());
        return back;
    }

    /// What lies there, latest last.
    List<RunFolder> runs() {
        if (!Files.isDirectory(project.resolve(FOLDER))) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(project.resolve(FOLDER))) {
            return entries.map(RunFolder::new)
                    .filter(r -> Files.exists(r.configFile()))
                    .sorted(java.util.Comparator.comparing(RunFolder::id))
                    .toList();
        } catch (IOException e) {
            throw new Problem(
                    project.resolve(FOLDER) + " could not be listed (" + e.getMessage() + ").",
                    "Check its permissions.",
                    e);
        }
    }

    private Path place(String id) {
        return project.resolve(FOLDER).resolve(id);
    }

    private static void move(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.move(from, to);
        } catch (IOException e) {
            throw new Problem(
                    from + " could not be moved to " + to + " (" + e.getMessage() + ").",
                    "Check that the disk is writable; nothing was deleted.",
                    e);
        }
    }
}
