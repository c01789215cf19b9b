package sirkuit.cli;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.engine.Event;
import sirkuit.engine.Quality;
import sirkuit.engine.Wire;
import sirkuit.project.RunFolder;

/// How a run stands, read from its events.
///
/// @param state   `finished`, `failed`, `cancelled`, or `begun` when its events have no end
/// @param step    the last optimizer step that was made
/// @param steps   how many there are to be; 0 when it has not begun
/// @param before  source quality of the checkpoint; null when it was not watched
/// @param target  quality of what was kept at the end; null until it has finished
/// @param source  the same on the source
/// @param why     what went wrong; null when nothing did
record RunOutcome(
        String state,
        int step,
        int steps,
        long trainable,
        @Nullable Quality before,
        @Nullable Quality target,
        @Nullable Quality source,
        @Nullable String why) {
    /// @throws Problem when the events cannot be read
    static RunOutcome of(RunFolder run) {
        String state = "begun";
        int step = 0;
        int steps = 0;
        long trainable = 0;
        Quality before = null;
        Quality target = null;
        Quality source = null;
        String why = null;
        boolean first = true;
        List<String> lines = run.eventLines();
        for (String line : lines) {
            switch (Wire.event(line).body()) {
                case Event.Started s -> {
                    steps = s.steps();
                    trainable = s.trainableParameters();
                }
                case Event.Stepped s -> step = s.step();
                case Event.Evaluated e -> {
                    before = first ? e.source() : before;
                    first = false;
                }
                case Event.Written w -> {
                    target = w.target();
                    source = w.source();
                }
                case Event.Failed f -> {
                    state = "failed";
                    why = f.what();
                }
                case Event.Cancelled c -> state = "cancelled";
                case Event.Finished f -> state = "finished";
                case Event.Resumed r -> {
                    state = "begun";
                    why = null;
                }
                default -> {}
            }
        }
        boolean finished = state.equals("finished");
        return new RunOutcome(
                state, step, steps, trainable, before, finished ? target : null, finished ? source : null, why);
    }

    /// Source accuracy lost, in percentage points; null when it was not watched or has not finished.
    @Nullable
    Double forgetting() {
        return before == null || source == null ? null : (Double) (100 * (before.accuracy() - source.accuracy()));
    }

    /// In words.
    String words() {
        if (target == null) {
            return state + " at step " + step + " of " + steps + (why == null ? "" : ": " + why);
        }
        Double lost = forgetting();
        return String.format(Locale.ROOT, "target %.1f %%", 100 * target.accuracy())
                + (source == null || lost == null
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "  source %.1f %%  forgotten %+.1f points",
                                100 * source.accuracy(),
                                lost));
    }
}
