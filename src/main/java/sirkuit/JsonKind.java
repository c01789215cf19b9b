package sirkuit;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The JSON files that people give to Sirkuit, recognised by fields that only they have. A good file in the wrong place
/// is then called by its name and not called damaged.
public enum JsonKind {
    MASK("a head mask", "Name a mask, as sirkuit mask --out writes it", "layers", "selected"),
    SCORES("scores of heads", "Name a scores file, as sirkuit score --out writes it", "method", "score"),
    RUN("the settings of a run", "Name the folder of a run, as sirkuit tune --out makes it", "what", "targetEval"),
    STUDY("the plan of a study", "Name the folder of a study, as sirkuit study --out makes it", "strategies", "seeds"),
    PROJECT("a project", "Name the folder of a project", "checkpoint", "source", "maxLength"),
    NOTES("notes on heads", "Name a file of that kind", "schemaVersion", "notes"),
    LOCKS("locked heads of a project", "Name a file of that kind", "schemaVersion", "locked"),
    PRESENTATION("the texts of a presentation", "Name a file of that kind", "schemaVersion", "pages"),
    REHEARSAL("the answers of a presentation", "Name a file of that kind", "schemaVersion", "answers"),
    CHECKPOINT("the config.json of a checkpoint", "Name a file of that kind", "model_type"),
    TOKENIZER("a tokenizer", "Name a file of that kind", "added_tokens", "model");

    private final String words;
    private final String advice;
    private final List<String> fields;

    JsonKind(String words, String advice, String... fields) {
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

    /// @throws Problem when the file is evidently one of another kind
    void require(Path path, JsonNode file) {
        JsonKind is = fits(file) ? this : of(file);
        if (is != null && is != this) {
            throw Problem.of("ground.file-of-other-kind", path, is.words, words, advice);
        }
    }

    /// The message for a file without a version: every one that Sirkuit wrote has it. Masks are also written by hand.
    Problem notOurs(Path path) {
        return this == MASK
                ? Problem.of("ground.not-a-saved-mask", path)
                : Problem.of("ground.schema-version-missing", path, Json.MEND);
    }
}
