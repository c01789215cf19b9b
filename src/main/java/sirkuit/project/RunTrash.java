package sirkuit.project;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import sirkuit.Problem;
import sirkuit.record.Paths;
import sirkuit.run.RunFolder;

/// `.trash/` of a project: deleted runs that can be restored. It is as deep as `runs/`, so that the relative paths in a
/// run's `config.json` are right in both. A run of a study stays beside its place, as `.deleted-seed-0`, for the same
/// reason.
///
/// @param project the project's folder
record RunTrash(Path project) {
    private static final String FOLDER = ".trash";
    private static final String STUDIES = "studies";
    private static final String DELETED = ".deleted-";
    /// `<name>/runs/<target>/<strategy>/<run>`, below the folder of the studies.
    private static final int DEPTH = 5;

    /// Moves a run to the trash.
    ///
    /// @throws Problem when a process is working on it, or it cannot be moved
    void take(RunFolder run) {
        if (run.beingWorkedOn()) {
            throw Problem.of("project.run-in-use", run.id());
        }
        String id = id(run);
        if (Files.exists(place(id))) {
            throw Problem.of("project.deleted-run-exists", place(id));
        }
        move(run.folder(), place(id));
    }

    /// The id of a run here: the name of its folder or, for a study's run, its place in the project.
    String id(RunFolder run) {
        if (!run.folder().startsWith(project.resolve(STUDIES))) {
            return run.id();
        }
        Path beside = run.folder().resolveSibling(run.id().replace(DELETED, ""));
        List<String> names = new ArrayList<>();
        project.relativize(beside).forEach(n -> names.add(n.toString()));
        return String.join("/", names);
    }

    private static boolean ofStudy(String id) {
        return id.startsWith(STUDIES + "/");
    }

    /// Restores a run.
    ///
    /// @throws Problem when it is no longer there, or cannot be moved
    RunFolder giveBack(String id) {
        RunFolder back = new RunFolder(
                ofStudy(id) ? project.resolve(id) : project.resolve("runs").resolve(id));
        if (Files.exists(back.folder())) {
            throw Problem.of("project.run-folder-exists", back.folder());
        }
        move(place(id), back.folder());
        return back;
    }

    /// The deleted runs, latest last.
    List<RunFolder> runs() {
        List<RunFolder> all = new ArrayList<>(found(project.resolve(STUDIES), DEPTH, DELETED));
        all.addAll(found(project.resolve(STUDIES), DEPTH + 1, DELETED)); // with a folder for each learning rate
        all.addAll(found(project.resolve(FOLDER), 1, ""));
        return List.copyOf(all);
    }

    /// Runs at some depth below a folder, by their names.
    private static List<RunFolder> found(Path below, int depth, String prefix) {
        if (!Files.isDirectory(below)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.walk(below, depth)) {
            return entries.filter(p -> below.relativize(p).getNameCount() == depth
                            && String.valueOf(p.getFileName()).startsWith(prefix))
                    .map(RunFolder::new)
                    .filter(r -> Files.exists(r.configFile()))
                    .sorted(Comparator.comparing(RunFolder::folder))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw Problem.of(e, "checkpoint.folder-not-listed", below, e.getMessage());
        }
    }

    private Path place(String id) {
        if (ofStudy(id)) {
            Path run = project.resolve(id);
            return run.resolveSibling(DELETED + run.getFileName());
        }
        return project.resolve(FOLDER).resolve(id);
    }

    private void move(Path from, Path to) {
        Paths.requireWithin(project, from);
        Paths.requireWithin(project, to);
        try {
            Files.createDirectories(to.getParent());
            Files.move(from, to);
        } catch (IOException e) {
            throw Problem.of(e, "project.run-not-moved", from, to, e.getMessage());
        }
    }
}
