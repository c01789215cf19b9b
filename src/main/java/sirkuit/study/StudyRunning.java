package sirkuit.study;

import java.nio.file.Files;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.RunConfig;
import sirkuit.run.RunFolder;
import sirkuit.run.state.RunState;

/// Runs the unfinished runs of a study, one after another. All go to one engine, so that the checkpoint and the texts
/// are read once.
///
/// @param allowOutside whether runs may read files outside the study's folder without an earlier agreement
/// @param dropAdapted  whether each run's adapted checkpoint is removed once it has been evaluated
public record StudyRunning(Study study, boolean allowOutside, boolean dropAdapted) {
    /// Receives the progress.
    public interface Listener {
        /// @param number of the run, counted from 1
        /// @param of     how many runs the study has
        void begins(int number, int of, RunConfig config);

        void reported(Event event);

        /// @param state the state of a run that has ended
        void ended(RunState state);
    }

    /// @param engine handles a request, passes on its events and returns after the last
    public void run(BiConsumer<Request, Consumer<Event>> engine, Listener listener) {
        List<StudyPlan.Cell> cells = study.cells();
        int number = 0;
        for (StudyPlan.Cell cell : cells) {
            number++;
            RunFolder run = new RunFolder(cell.folder());
            if (!run.finished()) {
                listener.begins(number, cells.size(), cell.config());
                one(cell, run, engine, listener);
            }
            if (dropAdapted && Files.exists(run.adapted())) {
                run.removeAdapted();
            }
        }
    }

    private void one(
            StudyPlan.Cell cell, RunFolder run, BiConsumer<Request, Consumer<Event>> engine, Listener listener) {
        boolean begun = Files.exists(run.configFile());
        String folder = run.folder().toString();
        RunState[] state = {begun ? RunState.of(run.eventLines()) : RunState.NONE};
        Request request = begun ? new Request.Resume(folder, allowOutside) : new Request.Tune(cell.config(), folder);
        engine.accept(request, event -> {
            state[0] = state[0].apply(event);
            listener.reported(event);
        });
        listener.ended(state[0]);
    }
}
