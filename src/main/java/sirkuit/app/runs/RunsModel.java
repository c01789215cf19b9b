package sirkuit.app.runs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.app.work.EngineSession;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.engine.Event;
import sirkuit.engine.Request;
import sirkuit.engine.Wire;
import sirkuit.project.Project;
import sirkuit.project.RunConfig;
import sirkuit.project.RunFolder;

/// All runs of a project, and starting another.
public final class RunsModel {
    private final Project project;
    private final EngineSession engine;
    private final Notices notices;
    private final Threads threads;
    private final Map<RunModel, RunFolder> going = new HashMap<>();
    private final ObservableList<RunModel> runs = FXCollections.observableArrayList();
    private final ObservableList<RunModel> view = FXCollections.unmodifiableObservableList(runs);
    private final ObjectProperty<@Nullable RunModel> selected = new SimpleObjectProperty<>();
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();

    public RunsModel(Project project, EngineSession engine, Notices notices, Threads threads) {
        this.project = project;
        this.engine = engine;
        this.notices = notices;
        this.threads = threads;
    }

    /// Oldest first.
    public ObservableList<RunModel> runs() {
        return view;
    }

    /// The run that stands out in plot and table.
    public ObjectProperty<@Nullable RunModel> selected() {
        return selected;
    }

    /// Whether one is going on.
    public ReadOnlyBooleanProperty running() {
        return running.getReadOnlyProperty();
    }

    /// Reads the runs that the project has.
    public void load() {
        List<Problem> damaged = new ArrayList<>();
        threads.fetch(
                () -> read(damaged),
                found -> {
                    runs.addAll(0, found);
                    damaged.forEach(notices::tell);
                },
                notices::tell);
    }

    /// Starts a run. Its folder says what it is from the first moment, whatever becomes of the engine.
    public void start(RunConfig config) {
        running.set(true);
        threads.fetch(
                () -> {
                    RunFolder folder = project.newRun();
                    folder.writeConfig(config);
                    return folder;
                },
                folder -> begin(folder, config),
                problem -> {
                    running.set(false);
                    notices.tell(problem);
                });
    }

    /// Writes the end of runs that the engine can write no more, because it has been closed.
    public void abandon() {
        Map.copyOf(going).forEach((run, folder) -> heard(run, folder, new Event.Cancelled()));
    }

    private void begin(RunFolder folder, RunConfig config) {
        RunModel run = new RunModel(folder.id(), runs.size(), config);
        runs.add(run);
        selected.set(run);
        going.put(run, folder);
        Request request = new Request.Tune(config, folder.folder().toString());
        engine.submit("Tuning " + config.name(), request, event -> heard(run, folder, event));
    }

    private void heard(RunModel run, RunFolder folder, Event event) {
        if (!run.active()) {
            return;
        }
        run.accept(event);
        if (event instanceof Event.Failed failed) {
            notices.tell(failed);
        }
        if (event.isLast()) {
            going.remove(run);
            running.set(!going.isEmpty());
            // An engine that has died, or refused the work, has not written this.
            String line = Wire.line(0, event, Instant.now());
            threads.write(() -> folder.conclude(line), notices::tell);
        }
    }

    private List<RunModel> read(List<Problem> damaged) {
        List<RunModel> found = new ArrayList<>();
        for (RunFolder folder : project.runs()) {
            try {
                found.add(RunModel.reopened(folder.id(), found.size(), folder.config(), folder.eventLines()));
            } catch (Problem problem) {
                damaged.add(problem);
            }
        }
        return found;
    }
}
