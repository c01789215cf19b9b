package sirkuit.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sirkuit.engine.Event;
import sirkuit.engine.Quality;
import sirkuit.project.RunFolder;

/// What a run says of itself: a line an evaluation while it goes on, and what it came to.
final class TuneReport {
    private Event.@Nullable Started started;
    private Event.@Nullable Evaluated before;
    private Event.@Nullable Written written;
    private int steps;
    private double seconds;

    /// The result as a script reads it.
    ///
    /// @param run        the run's folder
    /// @param adapted    the adapted checkpoint's folder
    /// @param steps      optimizer steps that were made
    /// @param keptStep   the step whose values were kept; another than the last only with `--patience`
    /// @param before     how good the checkpoint was
    /// @param after      how good the adapted one is
    /// @param forgetting source accuracy lost, in percentage points; absent when the source was not watched
    record Result(
            String name,
            String run,
            String adapted,
            int steps,
            int keptStep,
            Both before,
            Both after,
            @Nullable Double forgetting,
            long trainableParameters,
            double seconds) {}

    record Both(Scores target, @Nullable Scores source) {}

    record Scores(double accuracy, double macroF1) {
        static Scores of(Quality quality) {
            return new Scores(quality.accuracy(), quality.macroF1());
        }
    }

    /// Takes in an event, and prints on standard error what is worth a line.
    void show(Event event) {
        switch (event) {
            case Event.Started s -> {
                started = s;
                System.err.printf(
                        Locale.ROOT,
                        "%,d of %,d parameters (%.1f %%), %d steps%n",
                        s.trainableParameters(),
                        s.parameters(),
                        100.0 * s.trainableParameters() / s.parameters(),
                        s.steps());
            }
            case Event.Stepped s -> steps = s.step();
            case Event.Evaluated e -> {
                before = before == null ? e : before;
                System.err.println(String.format(Locale.ROOT, "step %4d  ", e.step()) + words(e.target(), e.source()));
            }
            case Event.Written w -> written = w;
            case Event.Finished f -> seconds = f.seconds();
            default -> {}
        }
    }

    /// Once the run has finished.
    Result result(Path run) {
        Event.Written last = Objects.requireNonNull(written);
        Quality target = Objects.requireNonNull(last.target());
        Event.Started plan = Objects.requireNonNull(started);
        Event.Evaluated first = Objects.requireNonNull(before);
        return new Result(
                plan.name(),
                run.toString(),
                new RunFolder(run).adapted().toString(),
                steps,
                last.step(),
                both(first.target(), first.source()),
                both(target, last.source()),
                forgetting(last.source()),
                plan.trainableParameters(),
                seconds);
    }

    /// The same in words.
    String summary(Path run) {
        Event.Written last = Objects.requireNonNull(written);
        String which = last.step() == steps
                ? "step " + steps
                : last.step() == 0
                        ? "kept the values of step 0 of " + steps + ": no evaluation was better than the checkpoint"
                        : "kept the values of step " + last.step() + " of " + steps + ", the best on the target";
        return which + ": " + words(Objects.requireNonNull(last.target()), last.source()) + System.lineSeparator()
                + "adapted checkpoint: " + new RunFolder(run).adapted();
    }

    private static Both both(Quality target, @Nullable Quality source) {
        return new Both(Scores.of(target), source == null ? null : Scores.of(source));
    }

    private String words(Quality target, @Nullable Quality source) {
        String words = String.format(Locale.ROOT, "target %.1f %%", 100 * target.accuracy());
        Double points = forgetting(source);
        return source == null || points == null
                ? words
                : words
                        + String.format(
                                Locale.ROOT,
                                "  source %.1f %%  forgotten %+.1f points",
                                100 * source.accuracy(),
                                points);
    }

    private @Nullable Double forgetting(@Nullable Quality source) {
        Quality began = before == null ? null : before.source();
        return source == null || began == null ? null : (Double) (100 * (began.accuracy() - source.accuracy()));
    }
}
