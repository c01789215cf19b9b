package sirkuit.run;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.record.RunConfig;

/// The reported files of a run that also chose its kept step. The best of several figures on the same texts is probably
/// too good, so it is marked.
public enum ChosenOn {
    NEITHER,
    /// Patience keeps the best evaluation of the target texts.
    TARGET,
    /// A forgetting limit keeps the last evaluation of the source texts that is within the limit.
    SOURCE,
    BOTH;

    public static ChosenOn of(RunConfig run) {
        return of(run.settings(), run.course(), run.hasValid());
    }

    /// @param valid whether a valid split chooses in place of the reported target texts
    public static ChosenOn of(RunConfig.Settings settings, RunConfig.Course course, boolean valid) {
        boolean target = settings.patience() > 0 && !valid;
        boolean source = course.maxForgetting() != null;
        return target ? (source ? BOTH : TARGET) : source ? SOURCE : NEITHER;
    }

    /// The files' roles, for scripts.
    public List<String> roles() {
        List<String> roles = new ArrayList<>();
        if (this == TARGET || this == BOTH) {
            roles.add("target");
        }
        if (this == SOURCE || this == BOTH) {
            roles.add("source");
        }
        return List.copyOf(roles);
    }

    /// The warning to show with such a figure; null if none is needed.
    public @Nullable String sentence() {
        String target =
                "patience kept the evaluation with the best accuracy on the reported target texts, so that accuracy"
                        + " is likely too high";
        String source =
                "the limit on forgetting chose the evaluation by the reported source texts, so forgetting is likely"
                        + " understated";
        return switch (this) {
            case NEITHER -> null;
            case TARGET -> "Chosen on this file: " + target + ".";
            case SOURCE -> "Chosen on this file: " + source + ".";
            case BOTH -> "Chosen on these files: " + target + "; " + source + ".";
        };
    }
}
