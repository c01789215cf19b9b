package sirkuit.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.RunConfig;
import sirkuit.run.RunFolder;
import sirkuit.run.state.RunState;

/// Runs the unfinished runs of a study, one after another. All go to one engine, so that the checkpoint and the texts
/// are read once. A run that diverges is a failed point, and the study goes on.
///
/// @param allowOutside whether runs may read files outside the study's folder without an earlier agreement
/// @param dropAdapted  whether each run's adapted checkpoint is removed once it has been evaluated
public record StudyRunning(Study study, boolean allowOutside, boolean dropAdapted) {
    /// Receives the progress.
    public interface Listener {
        /// @param number of the run, counted from 1
        /// @param of     how many runs the whole grid has
        void begins(int number, int of, RunConfig config);

        void reported(Event event);

        /// @param state the state of a run that has ended
        void ended(RunState state);
    }

    /// @param engine handles a request, passes on its events and returns after the last
    public void run(BiConsumer<Request, Consumer<Event>> engine, Listener listener) {
        List<StudyPlan.Cell> cells = study.cells();
        Map<Path, Halving.Ended> ended = new HashMap<>();
        cells.forEach(cell -> ended(ended, cell, RunState.of(new RunFolder(cell.folder()).eventLines())));
        Set<Path> tried = new HashSet<>();
        StudyPlan.Cell cell;
        while ((cell = next(cells, ended, tried)) != null) {
            tried.add(cell.folder());
            listener.begins(ended.size() + 1, cells.size(), cell.config());
            RunState state = one(cell, engine, listener);
            ended(ended, cell, state);
            listener.ended(state);
        }
    }

    private StudyPlan.@Nullable Cell next(List<StudyPlan.Cell> cells, Map<Path, Halving.Ended> ended, Set<Path> tried) {
        return Halving.next(study.plan(), cells, ended).stream()
                .filter(cell -> !tried.contains(cell.folder()))
                .findFirst()
                .orElse(null);
    }

    private void ended(Map<Path, Halving.Ended> ended, StudyPlan.Cell cell, RunState state) {
        Halving.Ended how = Halving.Ended.of(state);
        if (how == null) {
            return;
        }
        ended.put(cell.folder(), how);
        RunFolder run = new RunFolder(cell.folder());
        if (dropAdapted && Files.exists(run.adapted())) {
            run.removeAdapted();
        }
    }

    private RunState one(StudyPlan.Cell cell, BiConsumer<Request, Consumer<Event>> engine, Listener listener) {
        RunFolder run = new RunFolder(cell.folder());
        boolean begun = Files.exists(run.configFile());
        String folder = run.folder().toString();
        RunState[] state = {begun ? RunState.of(run.eventLines()) : RunState.NONE};
        Request request = begun ? new Request.Resume(folder, allowOutside) : new Request.Tune(cell.config(), folder);
        try {
            engine.accept(request, event -> {
                state[0] = state[0].apply(event);
                listener.reported(event);
            });
        } catch (RuntimeException e) {
            if (!Diverged.is(state[0])) {
                throw e;
            }
        }
        return state[0];
    }
}
