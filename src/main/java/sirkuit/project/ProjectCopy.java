package sirkuit.project;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.record.OutsideFiles;
import sirkuit.record.Paths;
import sirkuit.record.ProjectFile;
import sirkuit.record.RunConfig;
import sirkuit.record.ScoreRecord;
import sirkuit.run.RunFolder;

/// A copy of a project's folder. What is in the folder is copied. Checkpoints and texts outside stay where they are,
/// and the copy's paths lead to them.
public final class ProjectCopy {
    private static final String FILE = "project.json";
    private static final Set<String> NOT_COPIED = Set.of(".lock", "stop");

    private final Path from;
    private final Path to;

    private ProjectCopy(Path from, Path to) {
        this.from = from;
        this.to = to;
    }

    /// @param name  of the copy
    /// @param place a folder that does not exist or is empty
    /// @throws Problem when the folder is not empty, is inside the project, or cannot be written
    public static void make(Project project, String name, Path place) {
        Path from = project.folder();
        Path to = place.toAbsolutePath().normalize();
        if (to.startsWith(from)) {
            throw Problem.of("project.copy-inside-project", to);
        }
        if (Files.exists(to) && !empty(to)) {
            throw Problem.of("project.copy-folder-not-empty", to);
        }
        new ProjectCopy(from, to).copy(project.resolved().withName(name));
    }

    private void copy(ProjectFile content) {
        try {
            Files.createDirectories(to);
            Files.walkFileTree(from, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                        throws IOException {
                    Files.createDirectories(to.resolve(from.relativize(folder)));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (attributes.isRegularFile()
                            && !NOT_COPIED.contains(file.getFileName().toString())) {
                        one(file, to.resolve(from.relativize(file)));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(to, e);
        }
        // Last, so that an interrupted copy is not a project.
        ProjectFile stored = Project.mapPaths(content, p -> Paths.stored(to, moved(p)));
        AtomicFile.write(to.resolve(FILE), Json.pretty(stored));
        // It is open in this window, so the user was asked when it was opened.
        OutsideFiles.of(to, Project.mapPaths(stored, p -> Paths.resolved(to, p)).namedFiles())
                .remember();
    }

    private void one(Path file, Path copy) throws IOException {
        Path inside = from.relativize(file);
        try {
            if (inside.equals(Path.of(FILE))) {
                return;
            }
            if (inside.getNameCount() == 2
                    && inside.startsWith("scores")
                    && file.toString().endsWith(".json")) {
                ScoreRecord.read(file)
                        .withPaths(p -> Paths.stored(to, moved(Paths.resolved(from, p))))
                        .write(copy);
                return;
            }
            if (inside.getNameCount() == 3 && inside.startsWith("runs") && inside.endsWith("config.json")) {
                RunConfig config = new RunFolder(Path.of(String.valueOf(file.getParent()))).config();
                new RunFolder(Path.of(String.valueOf(copy.getParent()))).writeConfig(config.withPaths(this::moved));
                return;
            }
        } catch (Problem damaged) {
            // copied as it is, like everything else
        }
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    }

    /// The path in the copy. Files inside the project are copied with it.
    private String moved(String path) {
        Path place = Path.of(path);
        return place.startsWith(from) ? to.resolve(from.relativize(place)).toString() : path;
    }

    private static boolean empty(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }
}
