package sirkuit.record;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.dataset.LabelMap;

/// `project.json`. Paths are relative to the project folder where they can be.
///
/// @param schemaVersion 1
/// @param name          what people call it
/// @param checkpoint    the proxy checkpoint's folder
/// @param labels        class names in the order of the logits when the checkpoint has none of its own
/// @param prompt        how texts are put to a language model; null for a classifier
/// @param source        the language the checkpoint knows the task in
/// @param target        the language to learn; null until chosen
/// @param maxLength     longest sequence in tokens
public record ProjectFile(
        @JsonProperty(required = true) int schemaVersion,
        @JsonProperty(required = true) String name,
        @JsonProperty(required = true) String checkpoint,
        @Nullable List<String> labels,
        @Nullable Prompt prompt,
        @JsonProperty(required = true) Language source,
        @Nullable Language target,
        int maxLength) {
    public static final int VERSION = 1;

    /// @throws sirkuit.Problem when something that is needed is missing
    public ProjectFile {
        Json.given(name, "name");
        Json.given(checkpoint, "checkpoint");
        Json.given(source, "source");
        labels = labels == null || labels.isEmpty() ? null : new LabelMap(labels).names();
        maxLength = maxLength == 0 ? RunConfig.Settings.DEFAULT.maxLength() : maxLength;
        if (maxLength < RunConfig.Settings.SHORTEST) {
            throw Problem.of("project.max-length-short", maxLength, RunConfig.Settings.SHORTEST);
        }
    }

    /// For a classifier.
    public ProjectFile(
            int schemaVersion,
            String name,
            String checkpoint,
            @Nullable List<String> labels,
            Language source,
            @Nullable Language target,
            int maxLength) {
        this(schemaVersion, name, checkpoint, labels, null, source, target, maxLength);
    }

    /// @param name  of the language, as people write it
    /// @param train texts to score from (source) or to learn from (target)
    /// @param test  held-out texts
    public record Language(String name, DataFile train, DataFile test) {
        public Language {
            Json.given(name, "name");
            Json.given(train, "train");
            Json.given(test, "test");
        }
    }

    /// All files and folders that it names.
    public List<String> namedFiles() {
        List<String> named = new ArrayList<>(
                List.of(checkpoint, source.train().file(), source.test().file()));
        if (target != null) {
            named.add(target.train().file());
            named.add(target.test().file());
        }
        return named;
    }

    public ProjectFile withCheckpoint(String other) {
        return new ProjectFile(schemaVersion, name, other, labels, prompt, source, target, maxLength);
    }

    public ProjectFile withName(String other) {
        return new ProjectFile(schemaVersion, other, checkpoint, labels, prompt, source, target, maxLength);
    }

    public ProjectFile withTarget(@Nullable Language other) {
        return new ProjectFile(schemaVersion, name, checkpoint, labels, prompt, source, other, maxLength);
    }
}
