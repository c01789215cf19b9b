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

/// What the runs of a study that have finished came to.
///
/// @param outcomes in the order of the plan
public record StudyResults(Study study, List<StudyTable.Outcome> outcomes) {
    public StudyResults {
        outcomes = List.copyOf(outcomes);
    }

    /// A run of a study as it is now.
    ///
    /// @param texts what it learns
    public record Run(StudyPlan.Cell cell, RunState state, RunTexts texts) {}

    /// Of runs that somebody has read already.
    public static StudyResults of(Study study, List<Run> runs) {
        List<StudyTable.Outcome> found = new ArrayList<>();
        List<RunTexts> texts = new ArrayList<>();
        for (Run run : runs) {
            Quality target = run.state.finalTarget();
            if (target != null) {
                found.add(outcome(run.cell, target, run.state));
                texts.add(run.texts);
            }
        }
        return new StudyResults(study, StudyTable.apart(found, texts));
    }

    private static StudyTable.Outcome outcome(StudyPlan.Cell cell, Quality target, RunState state) {
        Quality source = state.finalSource();
        @Nullable Points lost = state.forgetting(source);
        return new StudyTable.Outcome(
                cell.target(),
                cell.strategy(),
                cell.seed(),
                target.accuracy(),
                source == null ? null : source.accuracy(),
                lost == null ? null : (Double) lost.value());
    }

    /// As its folder has them.
    ///
    /// @param damaged told of each run that cannot be read and is left out
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

    /// Means and standard deviations, and each strategy beside the first.
    public StudyTable table() {
        return StudyTable.of(study.plan(), outcomes);
    }

    /// The table in Markdown, and what chose the values that it is about.
    public String text() {
        String first = study.plan().strategies().getFirst().name();
        String chosen =
                ChosenOn.of(study.plan().settings(), study.plan().course()).sentence();
        String line = System.lineSeparator();
        return table().markdown(first) + (chosen == null ? "" : line + chosen + line);
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
