package sirkuit.tuning;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sirkuit.AccuracyChange;

/// The evaluations of all test texts after one step.
///
/// @param step    0 is before the first
/// @param target  held-out target texts
/// @param source  held-out source texts; null when they are not watched
/// @param watched further languages or tasks, by their names, in the order in which they were asked for
public record Measured(
        int step, Evaluation target, @Nullable Evaluation source, Map<String, Evaluation> watched) {
    public Measured {
        watched = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(watched));
    }

    /// Source accuracy lost since then, in percentage points; negative when it rose, null without source texts.
    public @Nullable Double forgetting(@Nullable Evaluation before) {
        return before == null || source == null
                ? null
                : (Double) AccuracyChange.lost(before.accuracy(), source.accuracy());
    }
}
