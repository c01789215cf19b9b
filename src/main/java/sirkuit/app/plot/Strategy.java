package sirkuit.app.plot;

import org.jspecify.annotations.Nullable;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.StudyPlace;

/// What the runs of a mean have in common.
///
/// @param study  the name of the study
/// @param target what they learn
/// @param way    the name of the strategy
/// @param name   the same, with its learning rate where it has several
record Strategy(String study, String target, String way, String name) {
    /// The strategy of a run; null if it is not part of a study.
    static @Nullable Strategy of(RunModel run) {
        StudyPlace place = run.place();
        return place == null ? null : new Strategy(place.study(), place.target(), place.strategy(), place.trained());
    }

    /// Whether it is the same strategy, perhaps at another learning rate.
    boolean sameWay(@Nullable Strategy other) {
        return other != null && study.equals(other.study) && target.equals(other.target) && way.equals(other.way);
    }
}
