package sirkuit.presentation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sirkuit.mask.HeadMask;

/// `present-answers.json`: the engine's answers in a rehearsal, in case it does not answer later.
///
/// @param schemaVersion 1
/// @param checkpoint    the checkpoint that answered, as the project names it
/// @param labels        its classes
/// @param answers       probabilities of the classes, by the heads that were off (see [#key]), then by what was asked
///                      about (see [GivenText#shown])
/// @param kept          what the finished runs make of the source sentences; null when that was not found out
/// @param lesson        how long the last live run took; null when there was none
public record Rehearsed(
        int schemaVersion,
        String checkpoint,
        List<String> labels,
        Map<String, Map<String, double[]>> answers,
        @Nullable ForgettingComparison kept,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Lesson lesson) {
    public static final int VERSION = 1;
    public static final String NAME = "present-answers.json";

    public Rehearsed {
        labels = labels == null ? List.of() : List.copyOf(labels);
        answers = answers == null ? new LinkedHashMap<>() : new LinkedHashMap<>(answers);
    }

    /// How long a live run took on this computer.
    ///
    /// @param seconds from its beginning to its end, with all evaluations
    /// @param epochs  how often it saw each text
    public record Lesson(double seconds, int epochs) {}

    /// The key of answers with these heads off; with all heads if it is null.
    public static String key(@Nullable HeadMask off) {
        return off == null ? "" : off.selected().toString();
    }
}
