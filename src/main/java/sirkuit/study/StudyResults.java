package sirkuit.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sirkuit.AtomicFile;
import sirkuit.Problem;
import sirkuit.protocol.Points;
import sirkuit.protocol.Quality;
import sirkuit.record.GuessedNames;
import sirkuit.record.RunTexts;
import sirkuit.run.RunFolder;
import sirkuit.run.state.RunState;

/// The results of a study's runs that have ended.
///
/// @param outcomes of those that finished, in the order of the plan
/// @param failures of those that diverged
/// @param next     the runs to make next; empty when the study is complete
public record StudyResults(
        Study study, List<StudyTable.Outcome> outcomes, List<StudyTable.Failure> failures, List<StudyPlan.Cell> next) {
    public StudyResults {
        outcomes = List.copyOf(outcomes);
        failures = List.copyOf(failures);
        next = List.copyOf(next);
    }

    /// The current state of a study's run.
    ///
    /// @param texts its target and texts
    public record Run(StudyPlan.Cell cell, RunState state, RunTexts texts) {}

    /// Results from runs that have been read already.
    public static StudyResults of(Study study, List<Run> runs) {
        List<StudyTable.Outcome> found = new ArrayList<>();
        List<StudyTable.Failure> failed = new ArrayList<>();
        List<RunTexts> texts = new ArrayList<>();
        Map<Path, Halving.Ended> ended = new HashMap<>();
        for (Run run : runs) {
            StudyPlan.Cell cell = run.cell;
            StudyTable.Outcome outcome = outcome(cell.target(), cell.strategy(), cell.rate(), cell.seed(), run.state);
            if (outcome != null) {
                found.add(outcome);
                texts.add(run.texts);
            } else if (Diverged.is(run.state)) {
                failed.add(new StudyTable.Failure(
                        cell.target(), cell.strategy(), cell.rate(), cell.seed(), String.valueOf(run.state.why())));
            }
            Halving.Ended how = Halving.Ended.of(run.state);
            if (how != null) {
                ended.put(cell.folder(), how);
            }
        }
        List<StudyPlan.Cell> next = Halving.next(study.plan(), study.cells(), ended);
        return new StudyResults(study, StudyTable.apart(found, texts), failed, next);
    }

    /// What a run came to; null if it has not finished with an accuracy.
    public static StudyTable.@Nullable Outcome outcome(
            String target, String strategy, double rate, long seed, RunState state) {
        Quality quality = state.finalTarget();
        if (quality == null) {
            return null;
        }
        Quality source = state.finalSource();
        Quality valid = state.finalValid();
        @Nullable Points lost = state.forgetting(source);
        @Nullable Points won = state.gain();
        return new StudyTable.Outcome(
                target,
                strategy,
                rate,
                seed,
                quality.accuracy(),
                source == null ? null : source.accuracy(),
                lost == null ? null : (Double) lost.value(),
                won == null ? null : (Double) won.value(),
                valid == null ? null : valid.accuracy(),
                "");
    }

    /// Results from the study's folder.
    ///
    /// @param damaged receives a problem for each run that cannot be read and is left out
    public static StudyResults read(Study study, Consumer<Problem> damaged) {
        List<Run> runs = new ArrayList<>();
        GuessedNames names = GuessedNames.byName();
        for (StudyPlan.Cell cell : study.cells()) {
            try {
                RunState state = RunState.of(new RunFolder(cell.folder()));
                runs.add(new Run(cell, state, state.texts(cell.config(), names)));
            } catch (Problem e) {
                damaged.accept(e);
            }
        }
        return of(study, runs);
    }

    /// Means and standard deviations, and each strategy compared with the first unless rates have to be chosen.
    public StudyTable table() {
        return StudyTable.of(study.plan(), outcomes, failures);
    }

    /// The strategies at their own best rates, at equal gain and at equal forgetting.
    ///
    /// @param gain gain to compare at, in percentage points; null for the smaller of the two largest ones
    public FairStudy fair(@Nullable Double gain) {
        return FairStudy.of(study.plan(), outcomes, gain);
    }

    /// The tables in Markdown, what their signs mean, and the verdict.
    ///
    /// @param gain gain to compare at; null for the smaller of the two largest ones
    public String text(@Nullable Double gain) {
        return new StudyText(study.plan()).of(table(), fair(gain));
    }

    /// How many runs have finished, and what became of the others.
    public String count() {
        int given = !next.isEmpty() ? 0 : study.size() - outcomes.size() - failures.size();
        return outcomes.size() + " of " + study.size() + " runs have finished"
                + (failures.isEmpty() ? "" : "; " + failures.size() + " diverged")
                + (given == 0 ? "" : "; halving gave up " + given);
    }

    /// Writes `table.md` and `runs.csv` into the study's folder.
    ///
    /// @throws Problem when they cannot be written
    public void write(@Nullable Double gain) {
        Path folder = study.folder();
        AtomicFile.write(folder.resolve("table.md"), text(gain));
        AtomicFile.write(folder.resolve("runs.csv"), StudyTable.csv(outcomes));
    }
}
