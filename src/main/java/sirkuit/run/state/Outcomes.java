package sirkuit.run.state;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.protocol.Event;
import sirkuit.protocol.Quality;
import sirkuit.record.GuessedNames;
import sirkuit.run.ProxyFolder;
import sirkuit.run.RunFolder;
import sirkuit.run.RunOutcome;

/// The result of a run that left a checkpoint, for a model card.
public final class Outcomes {
    private Outcomes() {}

    /// @param state what its events say
    /// @throws Problem when the folder is not a run's, or the run left no checkpoint, with the state of the run
    public static RunOutcome of(RunFolder run, RunState state) {
        requireRun(run);
        requireCheckpoint(run, state);
        List<String> told =
                new ArrayList<>(state.notes().stream().map(Event.Noted::what).toList());
        if (state.why() != null) {
            told.add("It failed at step " + state.step() + ": " + state.why());
        }
        Event.Written written = state.written();
        Event.Started start = state.start();
        return new RunOutcome(
                state.step(),
                written == null ? state.step() : written.step(),
                start.trainableParameters(),
                start.parameters(),
                start.trainExamples(),
                figures(state.before()),
                after(state),
                state.seconds(),
                List.copyOf(told),
                state.texts(run.config(), GuessedNames.byName()),
                state.provenance());
    }

    /// Where the kept step is, in epochs; the end of the run if it was not evaluated.
    public static double keptEpoch(RunState state) {
        int kept = state.written() == null ? state.step() : state.written().step();
        return state.evaluations().stream()
                .filter(e -> e.step() == kept)
                .mapToDouble(Event.Evaluated::epoch)
                .findFirst()
                .orElse(state.start().epochs());
    }

    /// The accuracies after the run. Older versions did not write those of the kept step; with them, the last ones
    /// are used.
    private static RunOutcome.Figures after(RunState state) {
        Event.Written written = state.written();
        return written != null && written.target() != null
                ? figures(written.target(), written.source(), written.watched())
                : figures(
                        state.evaluations().isEmpty()
                                ? null
                                : state.evaluations().getLast());
    }

    private static RunOutcome.Figures figures(Event.@Nullable Evaluated e) {
        return e == null ? figures(null, null, Map.of()) : figures(e.target(), e.source(), e.watched());
    }

    private static RunOutcome.Figures figures(
            @Nullable Quality target, @Nullable Quality source, Map<String, Quality> watched) {
        Map<String, RunOutcome.Figure> others = new LinkedHashMap<>();
        watched.forEach((name, quality) -> others.put(name, figure(quality)));
        return new RunOutcome.Figures(
                target == null ? null : figure(target), source == null ? null : figure(source), others);
    }

    private static RunOutcome.Figure figure(Quality q) {
        return new RunOutcome.Figure(q.examples(), q.accuracy(), q.macroF1());
    }

    private static void requireRun(RunFolder run) {
        if (!Files.isDirectory(run.folder())) {
            throw Problem.of("report.no-such-folder", run.folder());
        }
        if (!Files.exists(run.eventsFile()) || !Files.exists(run.configFile())) {
            throw Problem.of(
                    "report.not-a-run", run.folder(), Files.exists(run.configFile()) ? "events.jsonl" : "config.json");
        }
    }

    /// Checks that there is a checkpoint. A run that diverged may have failed and still have one: the last values
    /// that were numbers.
    private static void requireCheckpoint(RunFolder run, RunState state) {
        boolean there = Files.isDirectory(run.adapted());
        Message at = Message.of("report.at-step", state.step(), state.planned());
        switch (state.status()) {
            case FINISHED -> {
                ProxyFolder proxy = ProxyFolder.of(run);
                if (!there && proxy != null && proxy.made()) {
                    throw Problem.of("report.run-made-proxy", run.folder(), proxy.folder());
                }
                if (!there) {
                    throw Problem.of("report.adapted-missing", run.folder(), run.adapted());
                }
            }
            case FAILED -> {
                Event.Failed failure = state.failure();
                if (failure != null && (!there || state.written() == null)) {
                    throw Problem.of(
                            "report.failed-without-result",
                            run.folder(),
                            at,
                            failure.problem().message(),
                            failure.problem().advice(),
                            again(run));
                }
            }
            case CANCELLED ->
                throw Problem.of(
                        "report.run-without-result", run.folder(), Message.of("report.was-cancelled"), at, again(run));
            case PAUSED ->
                throw Problem.of(
                        "report.run-without-result", run.folder(), Message.of("report.is-paused"), at, again(run));
            case WAITING, RUNNING, INTERRUPTED ->
                throw Problem.of(
                        "report.run-not-finished",
                        run.folder(),
                        Message.of(state.pause() == null ? "report.running-or-interrupted" : "report.paused-at", at),
                        again(run));
        }
    }

    private static String again(RunFolder run) {
        return run.resumable() ? "Resume it with " + run.resumeCommand() + "." : "Tune again to its end.";
    }
}
