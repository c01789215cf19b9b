package sirkuit.report;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sirkuit.Problem;
import sirkuit.protocol.Event;
import sirkuit.protocol.Quality;
import sirkuit.protocol.Wire;
import sirkuit.record.GuessedNames;
import sirkuit.record.RunConfig;
import sirkuit.record.RunTexts;
import sirkuit.run.RunFolder;
import sirkuit.run.RunOutcome;

/// What a run's events say, during the run or afterwards from its `events.jsonl`.
public final class RunStory {
    private static final Logger LOG = LoggerFactory.getLogger(RunStory.class);
    private static final Event.Started NOT_STARTED = new Event.Started("", 0, 0, 0, 0, 0);

    private Event.Started started = NOT_STARTED;
    private Event.@Nullable Evaluated first;
    private Event.@Nullable Evaluated latest;
    private Event.@Nullable Written written;
    private @Nullable Event end;
    private Event.@Nullable Estimated estimated;
    private boolean paused;
    private boolean going;
    private int step;
    private double seconds;
    private final List<Event.Evaluated> evaluations = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Event.Bound> bound = new ArrayList<>();

    /// A run as its folder has it; lines that are no events of this version are skipped.
    ///
    /// @throws Problem when the file cannot be read
    public static RunStory of(RunFolder run) {
        RunStory story = new RunStory();
        story.recall(run.eventLines());
        story.going = run.beingWorkedOn();
        return story;
    }

    public void recall(List<String> lines) {
        for (String line : lines) {
            try {
                take(Wire.event(line).body());
            } catch (Problem e) {
                LOG.info("passed over: {}", e.what()); // as the window does: another version may have written it
            }
        }
    }

    public void take(Event event) {
        switch (event) {
            case Event.Started s -> started = s;
            case Event.Stepped s -> step = s.step();
            case Event.Evaluated e -> {
                first = first == null ? e : first;
                latest = e;
                evaluations.add(e);
            }
            case Event.Estimated e -> estimated = e;
            case Event.Written w -> written = w;
            case Event.Noted n -> notes.add(n.what());
            case Event.Bound b -> bound.add(b);
            case Event.Paused p -> paused = true;
            case Event.Resumed r -> {
                paused = false;
                end = null;
            }
            case Event.Finished f -> {
                seconds = f.seconds();
                end = f;
            }
            case Event.Failed f -> end = f;
            case Event.Cancelled c -> end = c;
            default -> {}
        }
    }

    public Event.Started started() {
        return started;
    }

    /// What the run learnt, by its own events, or else by its settings.
    ///
    /// @param names for a run of a version that did not write them
    public RunTexts texts(RunConfig settings, GuessedNames names) {
        return started.texts(RunTexts.of(settings, names));
    }

    /// The last optimizer step that was made.
    public int step() {
        return step;
    }

    /// Which class the labels of each file were taken to mean; empty for runs of older versions.
    public List<Event.Bound> bound() {
        return Collections.unmodifiableList(bound);
    }

    /// The memory it was expected to take; null when that is not known.
    public Event.@Nullable Estimated estimated() {
        return estimated;
    }

    public double seconds() {
        return seconds;
    }

    /// How good the checkpoint was; null before the first evaluation.
    public Event.@Nullable Evaluated before() {
        return first;
    }

    /// All that was measured so far, in order.
    public List<Event.Evaluated> evaluations() {
        return Collections.unmodifiableList(evaluations);
    }

    /// What was kept; null until the adapted checkpoint is written.
    public Event.@Nullable Written kept() {
        return written;
    }

    /// `finished`, `failed`, `paused` (stopped where it can go on), `cancelled` (stopped before there was anything to
    /// go on from), `running`, or `interrupted` when its process died without a word.
    public String state() {
        return switch (end) {
            case Event.Finished f -> "finished";
            case Event.Failed f -> "failed";
            case Event.Cancelled c -> paused ? "paused" : "cancelled";
            case null, default -> going ? "running" : paused ? "paused" : "interrupted";
        };
    }

    /// Target quality of what was kept, or until then that of the last evaluation; null before the first.
    public @Nullable Quality latestTarget() {
        return written != null && written.target() != null ? written.target() : latest == null ? null : latest.target();
    }

    /// The same on the source.
    public @Nullable Quality latestSource() {
        return written != null && written.target() != null ? written.source() : latest == null ? null : latest.source();
    }

    /// What went wrong; null when nothing did.
    public @Nullable String why() {
        return end instanceof Event.Failed f ? f.what() : null;
    }

    /// Target quality of what was kept; null until the run has finished.
    public @Nullable Quality target() {
        return written == null || !state().equals("finished") ? null : written.target();
    }

    /// The same on the source.
    public @Nullable Quality source() {
        return target() == null || written == null ? null : written.source();
    }

    /// Source accuracy lost, in percentage points; null when one of the two is not known.
    public @Nullable Double forgetting(@Nullable Quality now) {
        Quality began = first == null ? null : first.source();
        return now == null || began == null ? null : (Double) (100 * (began.accuracy() - now.accuracy()));
    }

    /// Accuracies in words.
    public String words(Quality target, @Nullable Quality source, Map<String, Quality> watched) {
        StringBuilder words = new StringBuilder(String.format(Locale.ROOT, "target %.1f %%", 100 * target.accuracy()));
        Double points = forgetting(source);
        if (source != null && points != null) {
            words.append(String.format(
                    Locale.ROOT, "  source %.1f %%  forgotten %+.1f points", 100 * source.accuracy(), points));
        }
        watched.forEach((name, quality) ->
                words.append(String.format(Locale.ROOT, "  %s %.1f %%", name, 100 * quality.accuracy())));
        return words.toString();
    }

    /// Its result, for a model card.
    ///
    /// @throws Problem when the folder is not a run's, or the run left no checkpoint: then it says how it stands
    public RunOutcome outcome(RunFolder run) {
        requireRun(run);
        requireCheckpoint(run);
        List<String> told = new ArrayList<>(notes);
        if (end instanceof Event.Failed f) {
            told.add("It failed at step " + step + ": " + f.what());
        }
        return new RunOutcome(
                step,
                written == null ? step : written.step(),
                started.trainableParameters(),
                started.parameters(),
                started.trainExamples(),
                first == null
                        ? figures(null, null, Map.of())
                        : figures(first.target(), first.source(), first.watched()),
                after(),
                seconds,
                List.copyOf(told),
                texts(run.config(), GuessedNames.byName()));
    }

    /// Older versions did not write how good the kept values are: with them those are the last ones.
    private RunOutcome.Figures after() {
        if (written != null && written.target() != null) {
            return figures(written.target(), written.source(), written.watched());
        }
        return latest == null
                ? figures(null, null, Map.of())
                : figures(latest.target(), latest.source(), latest.watched());
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

    private void requireCheckpoint(RunFolder run) {
        boolean there = Files.isDirectory(run.adapted());
        String at = " at step " + step + " of " + started.steps();
        switch (end) {
            case Event.Finished f
            when !there -> throw Problem.of("report.adapted-missing", run.folder(), run.adapted());
            case Event.Failed f
            when !there || written == null ->
                throw Problem.of("report.failed-without-result", run.folder(), at, f.what(), f.remedy(), again(run));
            case Event.Cancelled c ->
                throw Problem.of(
                        "report.run-without-result",
                        run.folder(),
                        paused ? "is paused" : "was cancelled",
                        at,
                        again(run));
            case null ->
                throw Problem.of(
                        "report.run-not-finished",
                        run.folder(),
                        paused ? " paused" + at : at + ", running or cut short",
                        again(run));
            default -> {} // a loss that was no number: what it wrote are the last values that were
        }
    }

    private static String again(RunFolder run) {
        return run.resumable()
                ? "Resume it with sirkuit tune --resume " + run.folder() + "."
                : "Tune again to its end.";
    }
}
