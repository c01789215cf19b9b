package sirkuit.app.runs;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.app.look.Words;
import sirkuit.app.work.Job;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.app.work.WindowEngine;
import sirkuit.project.Project;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.protocol.Wire;
import sirkuit.record.GuessedNames;
import sirkuit.record.ProjectFile;
import sirkuit.record.RunConfig;
import sirkuit.record.RunTexts;
import sirkuit.run.RunFolder;
import sirkuit.run.RunGroup;
import sirkuit.run.RunLabel;
import sirkuit.run.state.RunState;
import sirkuit.study.StudyPlan;

/// All runs of a project, and the way to start another.
public final class RunsModel {
    private static final int POLL_MILLIS = 400;

    private final Project project;
    private final WindowEngine engine;
    private final Notices notices;
    private final Threads threads;
    private final Map<RunModel, RunFolder> going = new HashMap<>();
    private final Map<RunModel, Job> jobs = new HashMap<>();
    private final Map<RunModel, Runnable> afterwards = new HashMap<>();
    private final Map<RunModel, RunFolder> followed = new ConcurrentHashMap<>();
    private final Map<RunModel, RunFolder> folders = new ConcurrentHashMap<>();
    // Sorting and drawing must also react to changes inside the runs.
    private final ObservableList<RunModel> runs =
            FXCollections.observableArrayList(r -> new Observable[] {r.label(), r.status(), r.evaluations()});
    private final ObservableList<RunModel> view;
    private final ObjectProperty<@Nullable RunModel> selected = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable RunModel> second = new SimpleObjectProperty<>();
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable RunModel> begun = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<List<RunGroup<RunModel>>> groups = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<@Nullable RunGroup<RunModel>> compared = new ReadOnlyObjectWrapper<>();
    private final BooleanProperty allTargets = new SimpleBooleanProperty();
    private final BooleanBinding beside =
            Bindings.createBooleanBinding(() -> allTargets.get() && groups.get().size() > 1, allTargets, groups);
    private final ObjectProperty<ProjectFile> file;
    private final Map<String, Integer> removed = new HashMap<>();
    private int numbers;

    public RunsModel(Project project, WindowEngine engine, Notices notices, Threads threads) {
        this.project = project;
        this.engine = engine;
        this.notices = notices;
        this.threads = threads;
        file = new SimpleObjectProperty<>(project.resolved());
        runs.addListener((ListChangeListener<RunModel>) change -> group());
        selected.subscribe(run -> group());
        selected.subscribe((was, now) -> {
            if (now != null && now == second.get()) {
                second.set(was); // the two change places
            }
        });
        file.subscribe(now -> group());
        view = FXCollections.unmodifiableObservableList(runs); // listeners must find the current groups
    }

    private void group() {
        List<RunGroup<RunModel>> now = RunGroup.of(runs, RunModel::texts, run -> run.texts()
                .leastDifferences(file.get())
                .isEmpty());
        if (!now.equals(groups.get())) {
            groups.set(now);
        }
        RunModel first = selected.get() != null && runs.contains(selected.get())
                ? selected.get()
                : runs.isEmpty() ? null : runs.getLast();
        compared.set(
                now.stream().filter(g -> g.runs().contains(first)).findFirst().orElse(null));
    }

    /// Groups of runs that can be compared. Those of the project's current targets and texts come first, in the order
    /// of their first runs.
    public ReadOnlyObjectProperty<List<RunGroup<RunModel>>> groups() {
        return groups.getReadOnlyProperty();
    }

    /// The group that the plots show: the selected run and all runs comparable with it, or else the latest run's
    /// group; null without runs.
    public ReadOnlyObjectProperty<@Nullable RunGroup<RunModel>> compared() {
        return compared.getReadOnlyProperty();
    }

    /// The runs of [#compared()], oldest first.
    public List<RunModel> comparedRuns() {
        RunGroup<RunModel> group = compared.get();
        return group == null ? List.of() : group.runs();
    }

    /// Shows another group in the plots, by selecting its latest run.
    public void compare(RunGroup<RunModel> group) {
        if (!group.equals(compared.get())) {
            selected.set(group.runs().getLast());
        }
    }

    /// Whether the plots show all groups, each in a plot of its own, if there are several.
    public BooleanProperty allTargets() {
        return allTargets;
    }

    /// Whether the groups are shown beside one another now.
    public ObservableValue<Boolean> besideOneAnother() {
        return beside;
    }

    /// The groups that the plots show: [#compared()], or all of them beside one another.
    public List<RunGroup<RunModel>> plottedGroups() {
        RunGroup<RunModel> group = compared.get();
        return beside.get() ? groups.get() : group == null ? List.of() : List.of(group);
    }

    /// The group of a run; null if the run is not in the list.
    public @Nullable RunGroup<RunModel> groupOf(RunModel run) {
        return groups.get().stream()
                .filter(g -> g.runs().contains(run))
                .findFirst()
                .orElse(null);
    }

    /// The project as it is now, with absolute paths.
    public ObjectProperty<ProjectFile> file() {
        return file;
    }

    /// Whether to show the targets of the runs: they differ, or the project has several, or one is not the project's
    /// current target. A changed checkpoint of the project is shown elsewhere.
    public boolean showsTargets() {
        List<RunGroup<RunModel>> all = groups.get();
        return all.size() > 1
                || (!all.isEmpty() && file.get().allTargets().size() > 1)
                || (!all.isEmpty()
                        && file.get().target() != null
                        && all.getFirst().runs().stream()
                                .map(run -> run.texts().differences(file.get()))
                                .noneMatch(d -> EnumSet.of(RunTexts.Difference.CHECKPOINT)
                                        .containsAll(d)));
    }

    /// Oldest first.
    public ObservableList<RunModel> runs() {
        return view;
    }

    /// The run that is highlighted in plot and table.
    public ObjectProperty<@Nullable RunModel> selected() {
        return selected;
    }

    /// The run that the selected one is compared with; null for none.
    public ObjectProperty<@Nullable RunModel> second() {
        return second;
    }

    /// The run that was started last in this window; null before the first.
    public ReadOnlyObjectProperty<@Nullable RunModel> begun() {
        return begun.getReadOnlyProperty();
    }

    /// Whether a run is in progress.
    public ReadOnlyBooleanProperty running() {
        return running.getReadOnlyProperty();
    }

    /// Reads the project's runs.
    public void load() {
        List<Problem> damaged = new ArrayList<>();
        threads.fetch(
                () -> read(damaged),
                found -> {
                    runs.addAll(0, found);
                    numbers = Math.max(numbers, runs.size());
                    followed.forEach(this::follow);
                    count();
                    damaged.forEach(notices::tell);
                },
                notices::tell);
    }

    public boolean readOnly() {
        return project.readOnly();
    }

    /// The folder of a run.
    public RunFolder folder(RunModel run) {
        return Objects.requireNonNull(folders.get(run), "a run has a folder");
    }

    /// Adds a restored run.
    void add(RunFolder folder) {
        Path place = project.folder().relativize(folder.folder());
        String study = place.startsWith("studies") ? place.getName(1).toString() : null;
        // studies/<name>/runs/<target>/<strategy>/<run>, or with a folder for the rate before <run>
        String id = study == null ? folder.id() : id(project.folder().resolve("studies", study), folder.folder());
        Integer known = removed.remove(id);
        int number = known == null ? numbers++ : known; // it keeps its colour
        String learnt = study == null ? null : place.getName(3).toString();
        threads.fetch(
                () -> read(new Place(folder, id, learnt), number),
                run -> {
                    int at = 0;
                    while (at < runs.size() && runs.get(at).id().compareTo(run.id()) < 0) {
                        at++;
                    }
                    runs.add(at, run);
                    selected.set(run);
                },
                notices::tell);
    }

    /// Removes a run from the list.
    void remove(RunModel run) {
        int at = runs.indexOf(run);
        if (selected.get() == run) {
            selected.set(null);
        }
        if (second.get() == run) {
            second.set(null);
        }
        runs.remove(run);
        folders.remove(run);
        removed.put(run.id(), run.number());
        if (selected.get() == null && !runs.isEmpty()) {
            selected.set(runs.get(Math.clamp(at, 0, runs.size() - 1)));
        }
    }

    /// Pauses a run, so that it can be resumed later. If another process works on it, a file in its folder requests
    /// the pause.
    public void pause(RunModel run) {
        if (project.readOnly()) {
            return;
        }
        Job job = jobs.get(run);
        RunFolder folder = followed.get(run);
        if (job != null) {
            job.cancel();
        } else if (folder != null) {
            threads.write(folder::requestStop, notices::tell);
        }
    }

    /// Stops a run if it is in progress, and does something when it has ended.
    void stop(RunModel run, Runnable then) {
        if (jobs.containsKey(run)) {
            afterwards.put(run, then);
            pause(run);
        } else {
            then.run();
        }
    }

    /// What the engine does for a run of this window; null if the run is not in progress here.
    public @Nullable Job job(RunModel run) {
        return jobs.get(run);
    }

    /// How long a run took with all evaluations; null if it has not finished, or not in one go.
    public @Nullable Double seconds(RunModel run) {
        double seconds = run.speed().seconds();
        return Double.isFinite(seconds) ? (Double) seconds : null;
    }

    /// How long a run with these settings would take, according to earlier runs that trained on the same texts; null if
    /// there is none.
    public @Nullable Double secondsLike(RunConfig next) {
        List<RunModel> alike = runs.stream()
                .filter(r -> r.config().train().equals(next.train()))
                .toList();
        Integer texts = alike.stream()
                .map(RunModel::started)
                .filter(Objects::nonNull)
                .map(Event.Started::trainExamples)
                .max(Integer::compare)
                .orElse(null);
        return texts == null
                ? null
                : RunForecast.of(alike, next, 0, texts, Double.NaN).seconds();
    }

    /// Resumes a run from its last resume point, or from the beginning if there is none.
    public void resume(RunModel run) {
        if (!run.status().get().resumable() || project.readOnly()) {
            return;
        }
        selected.set(run);
        again(run);
    }

    /// Reads what another process writes about the run, as it comes.
    private void follow(RunModel run, RunFolder folder) {
        Thread.ofVirtual().name("follow-" + folder.id()).start(() -> {
            long read = run.bytesRead();
            long length = -1;
            try {
                while (followed.containsKey(run)) {
                    boolean goesOn = folder.beingWorkedOn(); // checked first: its last lines are read below
                    long now = folder.eventsFile().toFile().length();
                    if (now != length) {
                        RunModel.News fresh = RunModel.News.of(folder.linesFrom(read));
                        length = now;
                        read = fresh.end();
                        threads.window().execute(() -> run.tell(fresh));
                    }
                    if (!goesOn) {
                        threads.window().execute(() -> followedToItsEnd(run));
                        return;
                    }
                    Thread.sleep(POLL_MILLIS);
                }
            } catch (Problem problem) {
                threads.window().execute(() -> {
                    followedToItsEnd(run);
                    notices.tell(problem);
                });
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void followedToItsEnd(RunModel run) {
        followed.remove(run);
        run.end();
        count();
    }

    private void count() {
        running.set(!going.isEmpty() || !followed.isEmpty());
    }

    /// Whether the selected run has another status, or cannot be changed.
    public ObservableValue<Boolean> forbidden(Predicate<RunState.Status> allowed) {
        return selected.flatMap(RunModel::status)
                .map(s -> project.readOnly() || !allowed.test(s))
                .orElse(true);
    }

    public void pauseSelected() {
        Optional.ofNullable(selected.get()).ifPresent(this::pause);
    }

    public void resumeSelected() {
        Optional.ofNullable(selected.get()).ifPresent(this::resume);
    }

    /// Whether this window's engine works on a run, or has one in its queue.
    public boolean own() {
        return !going.isEmpty();
    }

    /// Starts a run. Its folder describes it from the first moment, even if the engine dies.
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
                    count();
                    notices.tell(problem);
                });
    }

    /// Queues a run of a study, without selecting it.
    public RunModel queue(String id, RunFolder folder, RunConfig config) {
        RunModel run = new RunModel(id, numbers++, config);
        folders.put(run, folder);
        runs.add(run);
        submit(run, folder, new Request.Tune(config, folder.folder().toString()));
        return run;
    }

    /// Resumes a run without selecting it.
    public void again(RunModel run) {
        if (run.status().get().resumable() && !project.readOnly()) {
            run.again();
            submit(run, folder(run), new Request.Resume(folder(run).folder().toString()));
        }
    }

    /// Stops receiving events of runs that continue without this window.
    public void letGo() {
        going.clear();
        followed.clear();
    }

    /// Writes the final event of runs whose engine has been closed.
    public void abandon() {
        followed.clear();
        Map.copyOf(going).forEach((run, folder) -> heard(run, folder, new Event.Cancelled()));
    }

    private void begin(RunFolder folder, RunConfig config) {
        RunModel run = new RunModel(folder.id(), numbers++, config);
        folders.put(run, folder);
        runs.add(run);
        selected.set(run);
        begun.set(run);
        submit(run, folder, new Request.Tune(config, folder.folder().toString()));
    }

    private void submit(RunModel run, RunFolder folder, Request request) {
        going.put(run, folder);
        count();
        jobs.put(run, engine.submit(Words.of("runs.job", run.name()), request, event -> heard(run, folder, event)));
    }

    private void heard(RunModel run, RunFolder folder, Event event) {
        if (!run.active() || !going.containsKey(run)) {
            return;
        }
        run.accept(event);
        if (event instanceof Event.Failed failed) {
            notices.tell(failed);
        }
        if (event.isLast()) {
            going.remove(run);
            jobs.remove(run);
            count();
            // An engine that died or refused the work has not written this.
            String line = Wire.line(0, event, Instant.now());
            threads.fetch(
                    () -> {
                        folder.conclude(line);
                        return folder.beingWorkedOn();
                    },
                    elsewhere -> over(run, folder, event, elsewhere),
                    notices::tell);
        }
    }

    /// Reads the folder of a run that this engine did not get, because another process has it or it has ended
    /// meanwhile.
    private void over(RunModel run, RunFolder folder, Event last, boolean elsewhere) {
        Runnable then = afterwards.remove(run);
        if (elsewhere) {
            followed.put(run, folder);
            count();
        } else if (then != null) {
            then.run();
            return;
        }
        if (elsewhere || (last instanceof Event.Failed && run.wasResumed())) {
            threads.fetch(
                    () -> RunModel.News.of(folder.linesFrom(0)),
                    all -> {
                        run.reread(all);
                        if (elsewhere) {
                            follow(run, folder);
                        } else {
                            run.end();
                        }
                    },
                    notices::tell);
        }
    }

    private List<RunModel> read(List<Problem> damaged) {
        List<Place> places = new ArrayList<>();
        project.runs().forEach(folder -> places.add(new Place(folder, folder.id(), null)));
        for (Path study : project.studies()) {
            try {
                places.addAll(places(study));
            } catch (Problem problem) {
                damaged.add(problem);
            }
        }
        GuessedNames names = GuessedNames.reading();
        List<RunModel> found = new ArrayList<>();
        // There may be a thousand runs, and each is three files.
        for (Read read : places.parallelStream().map(RunsModel::files).toList()) {
            try {
                found.add(run(read.files(), found.size(), names));
            } catch (Problem problem) {
                damaged.add(problem);
            }
        }
        return found;
    }

    private static List<Place> places(Path study) {
        return StudyPlan.read(study).cells(study).stream()
                .map(cell -> new Place(new RunFolder(cell.folder()), id(study, cell), cell.target()))
                .filter(place -> java.nio.file.Files.exists(place.folder.configFile()))
                .toList();
    }

    /// An id that distinguishes a study's run from all others.
    public static String id(Path study, StudyPlan.Cell cell) {
        return id(study, cell.folder());
    }

    private static String id(Path study, Path run) {
        StringBuilder id = new StringBuilder(String.valueOf(study.getFileName()));
        study.resolve("runs").relativize(run).forEach(part -> id.append('/').append(part));
        return id.toString();
    }

    /// @param learnt the target according to the study; null for a run outside of studies
    private record Place(
            RunFolder folder, String id, @Nullable String learnt) {}

    /// What reading a run came to.
    private sealed interface Read {
        /// @throws Problem when they cannot be read
        Files files();
    }

    /// What the files of a run say.
    ///
    /// @param news   its events; of a finished run without most of its steps
    /// @param goesOn whether a process works on it
    private record Files(
            Place place, RunConfig config, RunModel.News news, boolean finished, boolean goesOn, RunLabel label)
            implements Read {
        @Override
        public Files files() {
            return this;
        }
    }

    private record Damaged(Problem why) implements Read {
        @Override
        public Files files() {
            throw why;
        }
    }

    private static Read files(Place place) {
        try {
            RunFolder folder = place.folder;
            boolean goesOn = folder.beingWorkedOn();
            RunConfig config = folder.config();
            RunFolder.NewLines lines = folder.linesFrom(0);
            boolean finished = !goesOn && RunModel.News.finished(lines);
            if (!finished) {
                folder.requireEvents();
            }
            RunModel.News news = finished ? RunModel.News.withoutSteps(lines) : RunModel.News.of(lines);
            return new Files(place, config, news, finished, goesOn, folder.label());
        } catch (Problem problem) {
            return new Damaged(problem);
        }
    }

    private RunModel read(Place place, int number) {
        return run(files(place).files(), number, GuessedNames.reading());
    }

    /// @param names for a run that does not record them
    private RunModel run(Files files, int number, GuessedNames names) {
        RunFolder folder = files.place.folder;
        RunConfig config = files.config;
        RunTexts texts = RunTexts.of(
                config.target() == null ? config.named(files.place.learnt, config.source()) : config, names);
        RunModel run = new RunModel(files.place.id, number, config, texts);
        if (files.finished) {
            run.tell(files.news, () -> RunModel.News.of(folder.linesFrom(0)));
        } else {
            run.tell(files.news);
        }
        if (!files.goesOn) {
            run.end();
        }
        run.label(files.label);
        folders.put(run, folder);
        if (files.goesOn) {
            followed.put(run, folder);
        }
        return run;
    }
}
