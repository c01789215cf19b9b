package sirkuit.app.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.app.data.CheckpointModel;
import sirkuit.app.data.LanguageModel;
import sirkuit.app.heatmap.HeatmapModel;
import sirkuit.app.heatmap.RelevanceModel;
import sirkuit.app.mask.MaskModel;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.RunsModel;
import sirkuit.app.runs.TuneModel;
import sirkuit.app.work.EngineSession;
import sirkuit.app.work.EngineState;
import sirkuit.app.work.Notice;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.engine.Event;
import sirkuit.engine.Request;
import sirkuit.mask.HeadMask;
import sirkuit.project.Project;
import sirkuit.project.ProjectFile;
import sirkuit.project.RunConfig;
import sirkuit.project.ScoreRecord;

/// An open project: its rooms, and what passes between them and its folder. Everything is written as it happens.
public final class WorkbenchModel implements AutoCloseable {
    private static final String CURRENT = "current";

    private final Project project;
    private final EngineSession engine;
    private final Notices notices;
    private final Threads threads;
    private final CheckpointModel checkpoint;
    private final LanguageModel source;
    private final LanguageModel target;
    private final RelevanceModel relevance;
    private final MaskModel mask = new MaskModel();
    private final HeatmapModel heatmap;
    private final RunsModel runs;
    private final TuneModel tune = new TuneModel();
    private final ObservableList<String> scores = FXCollections.observableArrayList();
    private final ObservableList<String> masks = FXCollections.observableArrayList();
    private final ObservableList<String> scoresView = FXCollections.unmodifiableObservableList(scores);
    private final ObservableList<String> masksView = FXCollections.unmodifiableObservableList(masks);
    private final ReadOnlyObjectWrapper<ProjectFile> file;
    private final ReadOnlyBooleanWrapper readOnly;
    private final AtomicReference<@Nullable HeadMask> unsaved = new AtomicReference<>();
    private final AtomicBoolean damagedMask = new AtomicBoolean();
    private Subscription stopListening = Subscription.EMPTY;

    /// What the folder holds besides its file.
    ///
    /// @param mask        the one that was being made; null when there is none or it cannot be read
    /// @param latest      the newest scores; null likewise
    /// @param damagedMask whether there is a mask that cannot be read
    /// @param problems    with single files: damage to one does not cost the others
    record Contents(
            List<String> scores,
            List<String> masks,
            @Nullable HeadMask mask,
            boolean damagedMask,
            @Nullable ScoreRecord latest,
            List<Problem> problems) {
        static Contents of(Project project) {
            List<Problem> problems = new ArrayList<>();
            List<String> scores = project.scoreIds();
            boolean hasMask = project.maskNames().contains(CURRENT);
            HeadMask mask = hasMask ? orTell(() -> project.mask(CURRENT), problems) : null;
            return new Contents(
                    scores,
                    savedMasks(project),
                    mask,
                    hasMask && mask == null,
                    scores.isEmpty() ? null : orTell(() -> project.scores(scores.getLast()), problems),
                    problems);
        }

        private static <T> @Nullable T orTell(Supplier<T> read, List<Problem> problems) {
            try {
                return read.get();
            } catch (Problem problem) {
                problems.add(problem);
                return null;
            }
        }
    }

    public WorkbenchModel(Project project, EngineSession engine, Notices notices, Threads threads) {
        this.project = project;
        this.engine = engine;
        this.notices = notices;
        this.threads = threads;
        file = new ReadOnlyObjectWrapper<>(project.resolved());
        readOnly = new ReadOnlyBooleanWrapper(project.readOnly());
        checkpoint = new CheckpointModel(engine);
        ObservableValue<Request.@Nullable Model> model = checkpoint.inspected().map(i -> request(file.get()));
        source = new LanguageModel(engine, model);
        target = new LanguageModel(engine, model);
        relevance = new RelevanceModel(engine, notices, this::scored);
        heatmap = new HeatmapModel(relevance, mask);
        runs = new RunsModel(project, engine, notices, threads);
    }

    /// Shows what the folder holds, and asks the engine about the rest.
    void open(Contents contents) {
        ProjectFile content = file.get();
        relevance.on(request(content), content.source().train());
        contents.problems().forEach(notices::tell);
        scores.setAll(contents.scores());
        masks.setAll(contents.masks());
        // Bound first: scores that arrive after the mask would choose heads anew over the ones that were kept.
        mask.scores().bind(relevance.complete());
        if (contents.latest() != null) {
            relevance.show(contents.latest());
        }
        HeadMask kept = contents.mask();
        if (kept != null) {
            mask.begin(kept.layers(), kept.heads(), kept);
        }
        damagedMask.set(contents.damagedMask());
        mask.mask().subscribe((was, now) -> autosave(now));
        runs.load();
        source.show(content.source());
        if (content.target() != null) {
            target.show(content.target());
        }
        checkpoint.inspected().subscribe(this::shaped);
        checkpoint.folder().set(content.checkpoint());
        stopListening = engine.state().subscribe(this::engineChanged);
        telling(checkpoint.problem());
        telling(source.train().problem());
        telling(source.test().problem());
        if (readOnly.get()) {
            notices.warn(
                    "This project is open in another window, so this one only reads.",
                    "Close the other window and open the project again to change it.");
        }
    }

    public Project project() {
        return project;
    }

    /// The project file with absolute paths.
    public ReadOnlyObjectProperty<ProjectFile> file() {
        return file.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty readOnly() {
        return readOnly.getReadOnlyProperty();
    }

    public CheckpointModel checkpoint() {
        return checkpoint;
    }

    public LanguageModel source() {
        return source;
    }

    public LanguageModel target() {
        return target;
    }

    public RelevanceModel relevance() {
        return relevance;
    }

    public HeatmapModel heatmap() {
        return heatmap;
    }

    public MaskModel mask() {
        return mask;
    }

    public RunsModel runs() {
        return runs;
    }

    public TuneModel tune() {
        return tune;
    }

    /// Ids of the scores, oldest first.
    public ObservableList<String> scores() {
        return scoresView;
    }

    /// Names of the masks that were saved by name.
    public ObservableList<String> masks() {
        return masksView;
    }

    public void showScores(String id) {
        threads.fetch(() -> project.scores(id), relevance::show, notices::tell);
    }

    public void loadMask(String name) {
        threads.fetch(() -> project.mask(name), this::taken, notices::tell);
    }

    public void saveMask(String name) {
        HeadMask now = mask.mask().get();
        if (now != null) {
            threads.fetch(
                    () -> {
                        project.saveMask(name, now);
                        return savedMasks(project);
                    },
                    masks::setAll,
                    notices::tell);
        }
    }

    /// Why a mask cannot be saved under this name, in a sentence; null when it can.
    public @Nullable String nameProblem(String name) {
        if (name.isBlank()) {
            return "Write a name.";
        }
        if (name.strip().equalsIgnoreCase(CURRENT)) {
            return "This name is taken by the mask you are making.";
        }
        return Project.isMaskName(name.strip()) ? null : "Use letters, digits, spaces, dots and dashes.";
    }

    /// Takes over the target texts that were chosen in the panel.
    public void targetChosen() {
        if (target.missing() == null) {
            ProjectFile changed = file.get().withTarget(target.language());
            threads.fetch(
                    () -> {
                        project.update(changed);
                        return project.resolved();
                    },
                    file::set,
                    notices::tell);
        }
    }

    /// Why no run can start now; null when one can.
    public @Nullable String tuneBlocked() {
        if (readOnly.get()) {
            return "This window only reads: the project is open in another one.";
        }
        return tune.blocked(
                mask.mask().get(), checkpoint.inspected().get(), file.get().target());
    }

    /// Starts a run with the settings as they are.
    public void startRun() {
        Event.Inspected known = checkpoint.inspected().get();
        ProjectFile content = file.get();
        if (known == null || content.target() == null || tuneBlocked() != null) {
            return;
        }
        HeadMask chosen = mask.mask().get();
        String name = tune.suggestedName(
                chosen, runs.runs().stream().map(RunModel::name).collect(Collectors.toSet()));
        RunConfig config = tune.config(chosen, known, content, name);
        runs.start(config);
    }

    @Override
    public void close() {
        stopListening.unsubscribe();
        engine.cancelAll();
        threads.background().execute(project::close);
    }

    private void taken(HeadMask saved) {
        try {
            mask.load(saved);
        } catch (Problem problem) {
            notices.tell(problem);
        }
    }

    private void shaped(Event.@Nullable Inspected known) {
        HeadMask now = mask.mask().get();
        if (known != null && (now == null || now.layers() != known.layers() || now.heads() != known.heads())) {
            mask.begin(known.layers(), known.heads(), null);
        }
    }

    private void scored(ScoreRecord record) {
        if (!readOnly.get()) {
            threads.fetch(() -> project.saveScores(record), scores::add, notices::tell);
        }
    }

    private void autosave(@Nullable HeadMask now) {
        // Only the latest of many quick changes is written.
        if (now != null && !readOnly.get() && unsaved.getAndSet(now) == null) {
            threads.background().execute(() -> {
                HeadMask latest = unsaved.getAndSet(null);
                try {
                    setDamagedAside();
                    project.saveMask(CURRENT, Objects.requireNonNull(latest));
                } catch (Problem problem) {
                    threads.window().execute(() -> notices.tell(problem));
                }
            });
        }
    }

    /// A mask that could not be read may be one of a newer version, or mendable.
    private void setDamagedAside() {
        if (damagedMask.getAndSet(false)) {
            Path aside = project.setMaskAside(CURRENT);
            threads.window()
                    .execute(() -> notices.inform(
                            "The mask that could not be read is kept as " + aside + ".",
                            "Nothing was lost; mend it there, or remove it."));
        }
    }

    private void engineChanged(EngineState now) {
        if (now instanceof EngineState.Ready) {
            checkpoint.retry();
            source.retry();
            target.retry();
        }
    }

    private static List<String> savedMasks(Project project) {
        return project.maskNames().stream().filter(n -> !n.equals(CURRENT)).toList();
    }

    private void telling(ObservableValue<@Nullable Notice> problem) {
        problem.subscribe(p -> {
            if (p != null) {
                notices.tell(p);
            }
        });
    }

    private static Request.Model request(ProjectFile content) {
        return new Request.Model(content.checkpoint(), content.labels(), content.maxLength());
    }
}
