package sirkuit;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The JSON files that people give to Sirkuit, recognised by fields that only they have. A good file in the wrong place
/// is then called by its kind and not called damaged.
public enum JsonKind {
    MASK(Message.of("ground.kind-mask"), Message.of("ground.name-mask"), "layers", "selected"),
    SCORES(Message.of("ground.kind-scores"), Message.of("ground.name-scores"), "method", "score"),
    RUN(Message.of("ground.kind-run"), Message.of("ground.name-run"), "what", "targetEval"),
    STUDY(Message.of("ground.kind-study"), Message.of("ground.name-study"), "strategies", "seeds"),
    PROJECT(Message.of("ground.kind-project"), Message.of("ground.name-project"), "checkpoint", "source", "maxLength"),
    NOTES(Message.of("ground.kind-notes"), Message.of("ground.name-such"), "schemaVersion", "notes"),
    LOCKS(Message.of("ground.kind-locks"), Message.of("ground.name-such"), "schemaVersion", "locked"),
    GROUPS(Message.of("ground.kind-groups"), Message.of("ground.name-such"), "schemaVersion", "groups"),
    CURVES(Message.of("ground.kind-curves"), Message.of("ground.name-such"), "schemaVersion", "curves"),
    PRESENTATION(Message.of("ground.kind-presentation"), Message.of("ground.name-such"), "schemaVersion", "pages"),
    REHEARSAL(Message.of("ground.kind-rehearsal"), Message.of("ground.name-such"), "schemaVersion", "answers"),
    PROXY(Message.of("ground.kind-proxy"), Message.of("ground.name-such"), "base", "baseDigest"),
    CHECKPOINT(Message.of("ground.kind-checkpoint"), Message.of("ground.name-such"), "model_type"),
    TOKENIZER(Message.of("ground.kind-tokenizer"), Message.of("ground.name-such"), "added_tokens", "model");

    private final Message words;
    private final Message advice;
    private final List<String> fields;

    JsonKind(Message words, Message advice, String... fields) {
        this.words = words;
        this.advice = advice;
        this.fields = List.of(fields);
    }

    /// @return null when it is none of them, or of a shape that only a newer version knows
    static @Nullable JsonKind of(JsonNode file) {
        return Arrays.stream(values())
                .filter(kind -> kind.fits(file))
                .findFirst()
                .orElse(null);
    }

    boolean fits(JsonNode file) {
        return fields.stream().allMatch(file::has);
    }

    /// @throws Problem when the file is clearly one of another kind
    void require(Path path, JsonNode file) {
        JsonKind is = fits(file) ? this : of(file);
        if (is != null && is != this) {
            throw Problem.of("ground.file-of-other-kind", path, is.words, words, advice);
        }
    }

    /// The problem of a missing file, with the command that makes one if people make such files themselves.
    Problem missing(Path path, Problem problem) {
        String place = ShellWord.of(path.toAbsolutePath().normalize().toString());
        return switch (this) {
            case MASK -> problem.withRemedy(Message.of("ground.missing-mask.remedy", place));
            case SCORES -> problem.withRemedy(Message.of("ground.missing-scores.remedy", place));
            default -> problem;
        };
    }

    /// The message for a file without a version. Every file that Sirkuit wrote has one, but masks are also written
    /// by hand.
    Problem notOurs(Path path) {
        return this == MASK
                ? Problem.of("ground.not-a-saved-mask", path)
                : Problem.of("ground.schema-version-missing", path);
    }
}
