package sirkuit.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sirkuit.AtomicFile;
import sirkuit.Problem;
import sirkuit.protocol.Points;
import sirkuit.protocol.Quality;
import sirkuit.record.GuessedNames;
import sirkuit.record.RunTexts;
import sirkuit.run.ChosenOn;
import sirkuit.run.RunFolder;
import sirkuit.run.state.RunState;

/// The results of a study's finished runs.
///
/// @param outcomes in the order of the plan
public record StudyResults(Study study, List<StudyTable.Outcome> outcomes) {
    public StudyResults {
        outcomes = List.copyOf(outcomes);
    }

    /// The current state of a study's run.
    ///
    /// @param texts its target and texts
    public record Run(StudyPlan.Cell cell, RunState state, RunTexts texts) {}

    /// Results from runs that have been read already.
    public static StudyResults of(Study study, List<Run> runs) {
        List<StudyTable.Outcome> found = new ArrayList<>();
        List<RunTexts> texts = new ArrayList<>();
        for (Run run : runs) {
            Quality target = run.state.finalTarget();
            if (target != null) {
                found.add(outcome(run.cell.target(), run.cell.strategy(), run.cell.seed(), target, run.state));
                texts.add(run.texts);
            }
        }
        return new StudyResults(study, StudyTable.apart(found, texts));
    }

    /// What a run came to; null if it has not finished with an accuracy.
    public static StudyTable.@Nullable Outcome outcome(String target, String strategy, long seed, RunState state) {
        Quality quality = state.finalTarget();
        return quality == null ? null : outcome(target, strategy, seed, quality, state);
    }

    private static StudyTable.Outcome outcome(String name, String strategy, long seed, Quality target, RunState state) {
        Quality source = state.finalSource();
        @Nullable Points lost = state.forgetting(source);
        return new StudyTable.Outcome(
                name,
                strategy,
                seed,
                target.accuracy(),
                source == null ? null : source.accuracy(),
                lost == null ? null : (Double) lost.value());
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

    /// Means and standard deviations, and each strategy compared with the first.
    public StudyTable table() {
        return StudyTable.of(study.plan(), outcomes);
    }

    /// The table in Markdown, what its signs mean, and a note on what chose the kept steps.
    public String text() {
        String first = study.plan().strategies().getFirst().name();
        String chosen = ChosenOn.of(study.plan().settings(), study.plan().course(), false)
                .sentence();
        String line = System.lineSeparator();
        StudyTable table = table();
        String key = table.key();
        return table.markdown(first)
                + (key.isEmpty() ? "" : line + key + line)
                + (chosen == null ? "" : line + chosen + line);
    }

    /// Writes `table.md` and `runs.csv` into the study's folder.
    ///
    /// @throws Problem when they cannot be written
    public void write() {
        Path folder = study.folder();
        AtomicFile.write(folder.resolve("table.md"), text());
        AtomicFile.write(folder.resolve("runs.csv"), StudyTable.csv(outcomes));
    }
}
