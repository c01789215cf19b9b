package sirkuit.sample;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;

/// Where a sample's files are, and how requests and the project name them.
///
/// @param folder of the project
record SampleFiles(Recipe recipe, Path folder) {
    /// Longest text in tokens.
    static final int MAX_LENGTH = 32;

    Path checkpoint() {
        return folder.resolve("checkpoint");
    }

    Path file(Language language, String split) {
        return folder.resolve("data").resolve(language.id()).resolve(split + ".csv");
    }

    DataFile data(Language language, String split) {
        String path = file(language, split).toString();
        return recipe.pairs() ? new DataFile(path, "premise", "label", "hypothesis", null, null) : new DataFile(path);
    }

    @Nullable
    List<String> labels() {
        return null; // in config.json, or the verbalizer's
    }

    Request.Model model(Path checkpoint) {
        return new Request.Model(checkpoint.toString(), labels(), MAX_LENGTH, recipe.prompt());
    }

    ProjectFile project() {
        return new ProjectFile(
                ProjectFile.VERSION,
                recipe.title(),
                checkpoint().toString(),
                labels(),
                recipe.prompt(),
                new ProjectFile.Language(
                        recipe.source().title(), data(recipe.source(), "train"), data(recipe.source(), "test")),
                new ProjectFile.Language(
                        recipe.target().title(), data(recipe.target(), "train"), data(recipe.target(), "test")),
                MAX_LENGTH);
    }
}
