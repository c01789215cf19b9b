package sirkuit.tuning;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sirkuit.AccuracyChange;

/// The evaluations of all held-out texts after one step.
///
/// @param step    0 is before the first
/// @param target  held-out target texts; null where a valid split is measured in their place
/// @param source  held-out source texts; null when they are not watched
/// @param watched further languages or tasks, by their names, in the order in which they were asked for
/// @param valid   the valid split; null without one
public record Measured(
        int step,
        @Nullable Evaluation target,
        @Nullable Evaluation source,
        Map<String, Evaluation> watched,
        @Nullable Evaluation valid) {
    public Measured {
        watched = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(watched));
    }

    /// Without a valid split.
    public Measured(int step, Evaluation target, @Nullable Evaluation source, Map<String, Evaluation> watched) {
        this(step, target, source, watched, null);
    }

    /// The texts that choose the kept step: the valid split, or the target texts where there is none.
    public Evaluation choosing() {
        return valid == null ? reported() : valid;
    }

    /// The held-out target texts.
    ///
    /// @throws NullPointerException when they were not measured
    public Evaluation reported() {
        return Objects.requireNonNull(target, "the target texts were not measured");
    }

    /// With the held-out target texts measured as well.
    Measured with(Evaluation measured) {
        return new Measured(step, measured, source, watched, valid);
    }

    /// Source accuracy lost since then, in percentage points; negative when it rose, null without source texts.
    public @Nullable Double forgetting(@Nullable Evaluation before) {
        return before == null || source == null
                ? null
                : (Double) AccuracyChange.lost(before.accuracy(), source.accuracy());
    }
}
