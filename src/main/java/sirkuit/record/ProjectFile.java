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
/// @param target        the language to learn now; null until chosen
/// @param maxLength     longest sequence in tokens
/// @param targets       all languages to learn, with the one to learn now, if there are several; otherwise null
public record ProjectFile(
        @JsonProperty(required = true) int schemaVersion,
        @JsonProperty(required = true) String name,
        @JsonProperty(required = true) String checkpoint,
        @Nullable List<String> labels,
        @Nullable Prompt prompt,
        @JsonProperty(required = true) Language source,
        @Nullable Language target,
        int maxLength,
        @Nullable List<Language> targets) {
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
        List<Language> all = Targets.of(target, targets);
        target = target == null && !all.isEmpty() ? all.getFirst() : target;
        targets = all.size() < 2 ? null : all;
    }

    /// With one target, or none.
    public ProjectFile(
            int schemaVersion,
            String name,
            String checkpoint,
            @Nullable List<String> labels,
            @Nullable Prompt prompt,
            Language source,
            @Nullable Language target,
            int maxLength) {
        this(schemaVersion, name, checkpoint, labels, prompt, source, target, maxLength, null);
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

        /// Whether it has this name, whatever its capitals.
        public boolean isNamed(String other) {
            return name.strip().equalsIgnoreCase(other.strip());
        }
    }

    /// All files and folders that it names.
    public List<String> namedFiles() {
        List<String> named = new ArrayList<>(
                List.of(checkpoint, source.train().file(), source.test().file()));
        allTargets().forEach(t -> {
            named.add(t.train().file());
            named.add(t.test().file());
        });
        return named;
    }

    public ProjectFile withCheckpoint(String other) {
        return new ProjectFile(schemaVersion, name, other, labels, prompt, source, target, maxLength, targets);
    }

    public ProjectFile withName(String other) {
        return new ProjectFile(schemaVersion, other, checkpoint, labels, prompt, source, target, maxLength, targets);
    }

    /// All languages to learn, in the order in which they were added; empty until one is chosen.
    public List<Language> allTargets() {
        return targets != null ? targets : target == null ? List.of() : List.of(target);
    }

    /// The target with this name, whatever its capitals; null if there is none.
    public @Nullable Language targetNamed(String wanted) {
        return allTargets().stream().filter(t -> t.isNamed(wanted)).findFirst().orElse(null);
    }

    /// Another language or other texts in place of the target to learn now. The other targets stay.
    ///
    /// @param other null to remove the target to learn now
    public ProjectFile withTarget(@Nullable Language other) {
        return with(other, Targets.replaced(allTargets(), target, other));
    }

    /// One more target, which is the one to learn now.
    ///
    /// @throws Problem when there is a target with its name
    public ProjectFile adding(Language other) {
        List<Language> all = new ArrayList<>(allTargets());
        all.add(other);
        return with(other, all);
    }

    /// Another of its targets to learn now; the same if there is none with this name.
    public ProjectFile choosing(String wanted) {
        Language found = targetNamed(wanted);
        return found == null ? this : with(found, allTargets());
    }

    /// A target under another name.
    ///
    /// @throws Problem when another target has it
    public ProjectFile renaming(String wanted, String other) {
        Language was = targetNamed(wanted);
        if (was == null) {
            return this;
        }
        Language now = new Language(other, was.train(), was.test());
        return with(was.equals(target) ? now : target, Targets.replaced(allTargets(), was, now));
    }

    /// Without a target. If it was the one to learn now, the next one is, or else the last.
    public ProjectFile removing(String wanted) {
        Language was = targetNamed(wanted);
        if (was == null) {
            return this;
        }
        List<Language> left = Targets.replaced(allTargets(), was, null);
        int next = Math.min(allTargets().indexOf(was), left.size() - 1);
        return with(!was.equals(target) ? target : left.isEmpty() ? null : left.get(next), left);
    }

    private ProjectFile with(@Nullable Language now, List<Language> all) {
        return new ProjectFile(schemaVersion, name, checkpoint, labels, prompt, source, now, maxLength, all);
    }
}
