package sirkuit.app.project;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.app.look.Words;
import sirkuit.app.preferences.Preferences;
import sirkuit.project.Project;
import sirkuit.project.ProjectCopy;

/// A sample project as it is shipped. People work on copies of it.
public record SampleFolder(Path folder) {
    public static final List<String> NAMES = List.of("reviews", "inference", "decoder");

    /// @param name `reviews`, `inference`, `decoder`
    /// @throws Problem when the samples are not beside the program
    public static SampleFolder find(String name) {
        List<Path> places = Stream.concat(
                        Stream.of(Path.of("sample-projects")), besideProgram().map(p -> p.resolve("sample-projects")))
                .toList();
        for (Path place : places) {
            if (Files.exists(place.resolve(name).resolve("project.json"))) {
                return new SampleFolder(place.resolve(name).toAbsolutePath().normalize());
            }
        }
        throw Problem.plain(
                Words.of("shell.sample.missing", name, String.valueOf(places)),
                Words.of("shell.sample.missing.remedy"));
    }

    /// Folders above the one that contains this program's classes.
    private static Stream<Path> besideProgram() {
        try {
            Path code = Path.of(SampleFolder.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Stream.<@Nullable Path>iterate(code.getParent(), p -> p != null, p -> p.getParent())
                    .limit(3)
                    .map(p -> java.util.Objects.requireNonNull(p));
        } catch (java.net.URISyntaxException e) {
            return Stream.of();
        }
    }

    /// The user's own copy, created if it does not exist yet.
    ///
    /// @param wanted where; null for the folder of the preferences
    public Path working(@Nullable Path wanted) {
        Path copy = (wanted == null ? Preferences.folder().resolve("samples") : wanted)
                .resolve(folder.getFileName().toString());
        if (!Files.exists(copy.resolve("project.json"))) {
            copyTo(copy);
        }
        return copy;
    }

    /// @param to folder that does not exist, or an empty one
    /// @throws Problem when it is not empty or cannot be written
    public void copyTo(Path to) {
        try (Project sample = Project.openReadOnly(folder)) {
            ProjectCopy.make(sample, sample.file().name(), to);
        }
    }
}
