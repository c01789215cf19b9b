package sirkuit.study;

import java.util.Set;
import sirkuit.protocol.Event;
import sirkuit.run.state.RunState;

/// Runs whose loss or gradient was no longer a number. In a study they are failed points: resuming such a run would
/// lead to the same problem.
public final class Diverged {
    /// What the engine says of such a run, with and without values of before.
    private static final Set<String> CODES = Set.of("tuning.diverged", "engine.worker.values-kept");

    private Diverged() {}

    /// Whether a run ended this way.
    public static boolean is(RunState state) {
        Event.Failed failure = state.failure();
        return state.status() == RunState.Status.FAILED
                && failure != null
                && failure.message() != null
                && CODES.contains(String.valueOf(failure.message().code()));
    }
}
