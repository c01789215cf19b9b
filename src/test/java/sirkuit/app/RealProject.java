package sirkuit.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.Json;
import sirkuit.Shared;
import sirkuit.app.preferences.Preferences;
import sirkuit.project.Project;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;

/// A project of the real Indonesian checkpoint whose target language is Minangkabau. The window opens it first.
///
/// @param train how many texts of each training file it has at most: a test that waits for the engine needs few
/// @param test  how many of each test file
record RealProject(Path folder, int train, int test) {
    /// With all texts.
    static RealProject whole(Path folder) {
        return new RealProject(folder, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /// Makes the project and the preferences that name it, and ends the test where the shared material is absent.
    ///
    /// @param language of the window; null for the system's
    /// @return the project's folder
    Path create(@Nullable String language) throws IOException {
        Path place = folder.resolve("project");
        ProjectFile file = new ProjectFile(
                ProjectFile.VERSION,
                "NusaX sentiment",
                Shared.path("real/indonesian-sentiment-bert").toString(),
                null,
                texts("Indonesian"),
                texts("Minangkabau"),
                64);
        Project.create(place, file).close();
        Files.writeString(
                folder.resolve("preferences.json"),
                Json.pretty(new Preferences(
                        null, List.of(place.toString()), null, null, language, null, null, null, null)));
        return place;
    }

    private ProjectFile.Language texts(String name) throws IOException {
        Path all = Shared.path("real/nusax-senti").resolve(name.toLowerCase(java.util.Locale.ROOT));
        return new ProjectFile.Language(
                name,
                new DataFile(first(all.resolve("train.csv"), train).toString()),
                new DataFile(first(all.resolve("test.csv"), test).toString()));
    }

    /// A copy of the first texts of a file in which each text is a line.
    private Path first(Path all, int texts) throws IOException {
        List<String> lines = Files.readAllLines(all);
        if (texts >= lines.size() - 1) {
            return all;
        }
        Path copy = folder.resolve(all.getParent().getFileName()).resolve(all.getFileName());
        Files.createDirectories(copy.getParent());
        return Files.write(copy, lines.subList(0, texts + 1));
    }
}
