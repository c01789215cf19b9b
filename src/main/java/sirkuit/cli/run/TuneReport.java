package sirkuit.cli.run;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sirkuit.protocol.Event;
import sirkuit.protocol.Points;
import sirkuit.protocol.Quality;
import sirkuit.record.RunConfig;
import sirkuit.run.ChosenOn;
import sirkuit.run.RunFolder;
import sirkuit.run.state.AccuracyWords;
import sirkuit.run.state.RunState;

/// The output of a run: one line for each evaluation, and the result.
final class TuneReport {
    private RunState run = RunState.NONE;
    private long peak = -1;

    /// The result for scripts. In JSON all fields of the parts stand beside each other.
    ///
    /// @param target   name of the target
    /// @param source   name of the source; null without source texts
    /// @param folders  where it is
    /// @param progress how far it got
    /// @param change   scores before and after
    /// @param cost     what it took
    record Result(
            String name,
            @Nullable String target,
            @Nullable String source,
            @JsonUnwrapped Folders folders,
            @JsonUnwrapped Steps progress,
            @JsonUnwrapped Change change,
            @JsonUnwrapped Cost cost) {}

    /// @param run     the run's folder
    /// @param adapted the adapted checkpoint's folder
    record Folders(String run, String adapted) {}

    /// @param steps    optimizer steps that were made
    /// @param keptStep the kept step; differs from the last only with `--patience`, a valid split or
    ///                 `--max-forgetting`
    /// @param chosenOn which of the reported files, target or source, chose that step
    /// @param valid    scores of that step on the valid split, which chose it; absent without one
    record Steps(
            int steps,
            int keptStep,
            List<String> chosenOn,
            @Nullable Scores valid) {}

    /// @param before     scores of the checkpoint
    /// @param after      scores of the adapted checkpoint
    /// @param forgetting source accuracy lost, in percentage points; absent without source texts
    record Change(Both before, Both after, @Nullable Double forgetting) {}

    /// @param expectedMemory expected memory in bytes
    /// @param peakMemory     largest memory of the engine, in bytes; -1 if it is not known
    record Cost(long trainableParameters, @Nullable Long expectedMemory, long peakMemory, double seconds) {}

    /// @param watched further languages or tasks, by their names
    record Both(Scores target, @Nullable Scores source, Map<String, Scores> watched) {}

    /// @param low  lower end of the accuracy's 95 % Wilson interval
    /// @param high upper end
    record Scores(double accuracy, double macroF1, double loss, double low, double high) {
        static Scores of(Quality quality) {
            return new Scores(quality.accuracy(), quality.macroF1(), quality.loss(), quality.low(), quality.high());
        }
    }

    /// Takes the events of an earlier process of a resumed run, and prints nothing.
    void recall(List<String> lines) {
        run = run.applyAll(RunState.events(lines));
    }

    /// Takes an event, and prints a line on standard error if it is important.
    void show(Event event) {
        run = run.apply(event);
        switch (event) {
            case Event.Started s -> {
                if (s.target() != null) {
                    System.err.println("target: " + s.target() + (s.source() == null ? "" : ", source: " + s.source()));
                }
                System.err.printf(
                        Locale.ROOT,
                        "%,d of %,d parameters (%.1f %%), %d steps%n",
                        s.trainableParameters(),
                        s.parameters(),
                        100.0 * s.trainableParameters() / s.parameters(),
                        s.steps());
            }
            case Event.Evaluated e ->
                System.err.println(String.format(Locale.ROOT, "step %4d  ", e.step()) + AccuracyWords.of(run, e));
            case Event.Estimated e ->
                System.err.printf(
                        Locale.ROOT,
                        "memory: about %,d MB (weights %,d, gradients and moments %,d, activations %,d, program %,d)%n",
                        mb(e.total()),
                        mb(e.weights()),
                        mb(e.gradients() + e.moments()),
                        mb(e.activations()),
                        mb(e.program()));
            case Event.Memory m -> {
                peak = m.peak();
                Event.Estimated e = run.estimated();
                if (peak > 0 && e != null) {
                    System.err.printf(
                            Locale.ROOT, "memory: at most %,d MB used, %,d MB expected%n", mb(peak), mb(e.total()));
                }
            }
            default -> showInterruption(event);
        }
    }

    private static long mb(long bytes) {
        return Math.round(bytes / 1e6);
    }

    /// Prints on standard error why a run waits.
    static void showInterruption(Event event) {
        switch (event) {
            case Event.Paused p when p.ends() -> {} // reported with the end of the run
            case Event.Paused p -> System.err.println("paused: " + p.why());
            case Event.Resumed r -> System.err.println("resuming after step " + r.step());
            default -> {}
        }
    }

    /// The result, once the run has finished.
    Result result(Path folder) {
        Event.Written last = Objects.requireNonNull(run.written());
        Quality target = Objects.requireNonNull(last.target());
        Event.Evaluated first = Objects.requireNonNull(run.before());
        Points lost = run.forgetting(last.source());
        return new Result(
                run.start().name(),
                run.start().target(),
                run.start().source(),
                new Folders(folder.toString(), new RunFolder(folder).adapted().toString()),
                new Steps(
                        run.step(),
                        last.step(),
                        ChosenOn.of(new RunFolder(folder).config()).roles(),
                        last.valid() == null ? null : Scores.of(last.valid())),
                new Change(
                        both(Objects.requireNonNull(first.target()), first.source(), first.watched()),
                        both(target, last.source(), last.watched()),
                        lost == null ? null : (Double) lost.value()),
                cost());
    }

    Cost cost() {
        return new Cost(
                run.start().trainableParameters(),
                run.estimated() == null ? null : (Long) run.estimated().total(),
                peak,
                run.seconds());
    }

    /// The same in words.
    String summary(Path folder) {
        Event.Written last = Objects.requireNonNull(run.written());
        String which = which(last.step(), run.step(), new RunFolder(folder).config());
        Quality valid = last.valid();
        String chosen = valid == null
                ? ChosenOn.of(new RunFolder(folder).config()).sentence()
                : String.format(
                        Locale.ROOT,
                        "The valid split chose this step (%.1f %% there). The target texts chose nothing.",
                        100 * valid.accuracy());
        return which + ": "
                + AccuracyWords.of(run, Objects.requireNonNull(last.target()), last.source(), last.watched())
                + (chosen == null ? "" : System.lineSeparator() + chosen) + System.lineSeparator()
                + "adapted checkpoint: " + new RunFolder(folder).adapted();
    }

    /// Which step was kept, and why. Patience keeps the best step on the target, and a valid split the best one there.
    /// The forgetting limit keeps the
    /// last step within the limit. Both together keep the best step within the limit.
    private static String which(int kept, int steps, RunConfig run) {
        if (kept == steps) {
            return "step " + steps;
        }
        Double limit = run.course().maxForgetting();
        boolean best = run.settings().patience() > 0 || run.hasValid();
        String on = run.hasValid() ? "valid split" : "target";
        String allowed = limit == null ? "" : " that lost no more than " + limit + " points on the source";
        if (kept == 0) {
            String none = best
                    ? "no later evaluation" + allowed + " was better on the " + on
                    : "every later evaluation had lost more than " + limit + " points on the source";
            return "kept the values of step 0 of " + steps + ", the checkpoint's own: " + none;
        }
        return "kept the values of step " + kept + " of " + steps + ", the " + (best ? "best on the " + on : "last")
                + allowed;
    }

    private static Both both(Quality target, @Nullable Quality source, Map<String, Quality> watched) {
        Map<String, Scores> others = new LinkedHashMap<>();
        watched.forEach((name, quality) -> others.put(name, Scores.of(quality)));
        return new Both(Scores.of(target), source == null ? null : Scores.of(source), others);
    }
}
