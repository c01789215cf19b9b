package sirkuit.app.runs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sirkuit.study.StudyPlan;

/// The place of a run in a study.
///
/// @param study    name of the study
/// @param target   name of what is learned
/// @param strategy name of what is trained
/// @param rate     its learning rate, as its folder has it; null where the strategy has a single one
/// @param seed     of the run
public record StudyPlace(
        String study,
        String target,
        String strategy,
        @Nullable String rate,
        long seed) {
    private static final Pattern ID =
            Pattern.compile("([^/]+)/([^/]+)/([^/]+)/(?:" + StudyPlan.RATE + "([^/]+)/)?seed-(\\d+)");

    /// Reads it from the id of a run; null if that is not one of a study.
    public static @Nullable StudyPlace of(String id) {
        Matcher parts = ID.matcher(id);
        return parts.matches()
                ? new StudyPlace(
                        parts.group(1), parts.group(2), parts.group(3), parts.group(4), Long.parseLong(parts.group(5)))
                : null;
    }

    /// The strategy, with its learning rate where it has several.
    public String trained() {
        return rate == null ? strategy : strategy + ", " + rate;
    }
}
