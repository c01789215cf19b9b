package sirkuit.project;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.JsonKind;
import sirkuit.record.Paths;

/// `curves.json` of a project: the curves of accuracy against the number of heads, oldest first. Paths in it are
/// relative to the project's folder.
///
/// @param schemaVersion 1
public record KeptCurves(
        @JsonProperty(required = true) int schemaVersion,
        @JsonProperty(value = "curves", required = true) List<KeptCurve> curves) {
    private static final int VERSION = 1;

    public KeptCurves {
        curves = List.copyOf(Json.given(curves, "curves"));
    }

    /// None when there is no file. Paths are absolute.
    ///
    /// @throws sirkuit.Problem when it is damaged or of a newer version
    public static List<KeptCurve> read(Project project) {
        Path file = file(project);
        return !Files.exists(file)
                ? List.of()
                : Json.read(file, KeptCurves.class, VERSION, JsonKind.CURVES).curves.stream()
                        .map(c -> c.withPaths(p -> Paths.resolved(file, project.folder(), p)))
                        .toList();
    }

    /// @throws sirkuit.Problem when the project is read-only, the file cannot be written, or there is one that cannot
    ///                         be read: it is never written over
    public static void save(Project project, List<KeptCurve> curves) {
        project.requireWritable();
        read(project); // refuses what a newer version wrote, or what is damaged
        List<KeptCurve> stored = curves.stream()
                .map(c -> c.withPaths(p -> Paths.stored(project.folder(), p)))
                .toList();
        AtomicFile.write(file(project), Json.pretty(new KeptCurves(VERSION, stored)));
    }

    private static Path file(Project project) {
        return project.folder().resolve("curves.json");
    }
}
