package sirkuit.app.workbench;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.ObservableList;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.app.action.Actions;
import sirkuit.app.browser.BrowserModel;
import sirkuit.app.browser.Choices;
import sirkuit.app.data.CheckpointModel;
import sirkuit.app.data.LanguageModel;
import sirkuit.app.data.TargetsModel;
import sirkuit.app.heatmap.HeatmapModel;
import sirkuit.app.heatmap.RelevanceModel;
import sirkuit.app.look.Words;
import sirkuit.app.mask.MaskModel;
import sirkuit.app.mask.OtherHeads;
import sirkuit.app.project.OpenedProject;
import sirkuit.app.runs.RunActions;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.RunsModel;
import sirkuit.app.runs.table.RunPair;
import sirkuit.app.study.StudiesModel;
import sirkuit.app.study.StudyForm;
import sirkuit.app.tune.Trainable;
import sirkuit.app.tune.TuneModel;
import sirkuit.app.work.EngineState;
import sirkuit.app.work.Notice;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.app.work.WindowEngine;
import sirkuit.mask.HeadMask;
import sirkuit.project.Project;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.ProjectFile;
import sirkuit.record.RunConfig;
import sirkuit.record.ScoreRecord;

/// An open project: its view models, and the connections between them and its folder. Everything is saved as it
/// happens.
public final class WorkbenchModel implements AutoCloseable {
    private final OpenedProject opened;
    private final Project project;
    private final WindowEngine engine;
    private final Notices notices;
    private final Threads threads;
    private final CheckpointModel checkpoint;
    private final LanguageModel source;
    private final LanguageModel target;
    private final TargetsModel targets;
    private final RelevanceModel relevance;
    private final MaskModel mask = new MaskModel();
    private final HeatmapModel heatmap;
    private final ExplorationViews exploring;
    private final RunsModel runs;
    private final BrowserModel browser;
    private final RunActions runActions;
    private final StudiesModel studies;
    private final TuneModel tune = new TuneModel();
    private final LastView lastView = new LastView(this);
    private final Actions actions = new Actions();
    private final MaskShelf masks;
    private final ReadOnlyObjectWrapper<ProjectFile> file;
    private final ReadOnlyBooleanWrapper readOnly;
    private final AtomicReference<@Nullable HeadMask> unsaved = new AtomicReference<>();
    private Subscription stopListening = Subscription.EMPTY;
    private boolean beginning;

    public WorkbenchModel(OpenedProject opened, WindowEngine engine, Notices notices, Threads threads) {
        this.opened = opened;
        project = opened.project();
        this.engine = engine;
        this.notices = notices;
        this.threads = threads;
        file = new ReadOnlyObjectWrapper<>(opened.file());
        readOnly = new ReadOnlyBooleanWrapper(project.readOnly());
        checkpoint = new CheckpointModel(engine);
        ObservableValue<Request.@Nullable Model> model = checkpoint.inspected().map(i -> request(file.get()));
        source = new LanguageModel(engine, model);
        target = new LanguageModel(engine, model);
        target.labels().like(source.labels());
        masks = new MaskShelf(project, mask, notices, threads);
        relevance = new RelevanceModel(engine, notices, this::scored);
        heatmap = new HeatmapModel(relevance, mask);
        exploring = new ExplorationViews(project, engine, notices, threads, model, relevance, heatmap, mask);
        runs = new RunsModel(project, engine, notices, threads);
        file.subscribe(now -> runs.file().set(now));
        targets = new TargetsModel(
                project, target, file.getReadOnlyProperty(), file::set, this::runsOf, threads, notices);
        Choices choices =
                new Choices(file, runs.runs(), id -> project.run(id).adapted().toString());
        browser = new BrowserModel(engine, notices, threads, choices);
        exploring.sentence().words().offer(choices.checkpoints());
        runActions = new RunActions(project, runs, engine, notices, threads, this::checkpointChanged, this::duplicate);
        studies = new StudiesModel(project, runs, notices, threads, this::basis);
        studies.textsBy(file -> file.equals(target.language().train())
                ? target.train().described().get()
                : null);
        actions.register(WorkbenchActions.of(this));
    }

    /// Shows the folder's content, and asks the engine about the rest.
    public void open() {
        ProjectFile content = file.get();
        relevance.on(request(content), content.source().train());
        exploring.open(content, opened, masks::read);
        masks.fill(opened.masks());
        opened.problems().forEach(notices::tell);
        // Bound first. Otherwise scores that arrive after the mask would replace its heads by a new selection.
        mask.scores().bind(relevance.complete());
        ScoreRecord shown = opened.shown() != null ? opened.shown() : opened.latest();
        if (shown != null) {
            String before = opened.view().scores();
            lastView.scores()
                    .set(
                            before != null && opened.shown() != null
                                    ? before
                                    : opened.scores().getLast());
            relevance.show(shown);
        }
        HeadMask kept = opened.mask().mask();
        if (kept != null) {
            mask.begin(kept.layers(), kept.heads(), kept);
        }
        mask.mask().subscribe((was, now) -> autosave(now));
        tune.beginAs(runs.runs());
        mask.mask().subscribe(exploring::seekScores);
        runs.selected().subscribe(this::outline);
        mask.draft().subscribe((was, now) -> {
            if (now != null && !readOnly.get()) {
                masks.saveDraft(now);
            }
        });
        runs.load();
        runActions.load();
        studies.load();
        lastView.restore(opened.view());
        source.show(content.source());
        targets.show();
        checkpoint.inspected().subscribe(this::shaped);
        checkpoint.folder().set(content.checkpoint());
        stopListening = engine.state().subscribe(this::engineChanged).and(exploring.causal()::letGo);
        telling(checkpoint.problem());
        telling(source.train().problem());
        telling(source.test().problem());
        if (readOnly.get()) {
            notices.warn(
                    Words.of(opened.onlyRead() ? "shell.read-only" : "window.read-only"),
                    Words.of(opened.onlyRead() ? "shell.read-only.remedy" : "window.read-only.remedy"));
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

    /// The targets of the project, of which [#target()] is the one to learn now.
    public TargetsModel targets() {
        return targets;
    }

    private int runsOf(String name) {
        return (int) runs.runs().stream().filter(r -> r.texts().isOf(name)).count();
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

    public ExplorationViews exploring() {
        return exploring;
    }

    public RunsModel runs() {
        return runs;
    }

    public BrowserModel browser() {
        return browser;
    }

    public RunActions runActions() {
        return runActions;
    }

    public StudiesModel studies() {
        return studies;
    }

    public TuneModel tune() {
        return tune;
    }

    public Notices notices() {
        return notices;
    }

    /// What the window shows, and showed when the project was last open.
    public LastView lastView() {
        return lastView;
    }

    /// The actions of the project. Each view registers its actions here.
    public Actions actions() {
        return actions;
    }

    /// Ids of the scores, oldest first.
    public ObservableList<String> scores() {
        return exploring.shelf().ids();
    }

    /// The saved masks.
    public MaskShelf masks() {
        return masks;
    }

    public void showScores(String id) {
        exploring.shelf().get(id, kept -> {
            lastView.scores().set(id);
            relevance.show(kept.record());
        });
    }

    /// Takes over the target texts chosen in the panel, and the classes of their labels, as soon as both files have
    /// been read and can be used.
    public void targetChosen() {
        targets.textsChanged();
    }

    /// Why no run can start now; null if one can.
    public @Nullable String tuneBlocked() {
        if (readOnly.get()) {
            return Words.of(opened.onlyRead() ? "shell.read-only.tune" : "window.read-only.tune");
        }
        if (target.train().problem().get() != null || target.test().problem().get() != null) {
            return Words.of("tune.unusable");
        }
        if (targets.pending().get()) {
            String missing = target.missing();
            return missing == null
                    ? Words.of("tune.target-pending", target.name().get())
                    : missing;
        }
        return tune.blocked(
                mask.mask().get(), checkpoint.inspected().get(), file.get().target());
    }

    /// Copies the settings of an earlier run to the next one.
    private void duplicate(RunConfig run) {
        if (!TuneModel.makes(run)) {
            notices.inform(Words.of("runs.duplicated.not"), Words.of("runs.duplicated.not.command"));
            return;
        }
        Event.Inspected known = checkpoint.inspected().get();
        tune.take(run, known == null ? 0 : known.labels().size());
        HeadMask trained = run.mask();
        if (trained != null && tune.what().get() == Trainable.SELECTED) {
            telling(() -> mask.load(trained, Words.of("mask.step.run", run.name())));
        }
        ProjectFile.Language its = file.get().allTargets().stream()
                .filter(t -> t.train().file().equals(run.train().file()))
                .findFirst()
                .orElse(null);
        if (its != null) {
            targets.choose(its.name());
        } else if (file.get().target() != null) {
            notices.inform(Words.of("runs.duplicated"), Words.of("runs.duplicated.texts"));
        }
    }

    /// Makes the heads that a run trains the mask.
    public void useHeads(RunModel run) {
        HeadMask trained = run.config().mask();
        if (trained != null) {
            telling(() -> mask.load(trained, Words.of("mask.step.run", run.name())));
        }
    }

    /// The heatmap outlines the heads of the run that is selected, unless it trains all of them or none.
    private void outline(@Nullable RunModel run) {
        HeadMask trained = run == null ? null : run.config().mask();
        mask.others()
                .run()
                .set(
                        run == null || trained == null || !run.strategy().someHeads()
                                ? null
                                : new OtherHeads.Named(run.name(), trained));
    }

    /// Predicts the target's test texts with two runs.
    public void compareSentences(RunPair pair) {
        browser.compare(
                pair.first().id(),
                pair.second().id(),
                pair.first().config().targetEval().file());
    }

    private StudyForm.@Nullable Basis basis() {
        Event.Inspected known = checkpoint.inspected().get();
        return known == null
                ? null
                : new StudyForm.Basis(
                        file.get(),
                        known,
                        mask.mask().get(),
                        relevance.complete().get(),
                        tune);
    }

    private void checkpointChanged(ProjectFile content) {
        file.set(content);
        relevance.on(request(content), content.source().train());
        checkpoint.folder().set(content.checkpoint());
    }

    /// Starts a run with the current settings.
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

    /// Closes the project while its runs continue.
    public void leaveRunning() {
        stopListening.unsubscribe();
        runs.letGo();
        threads.write(project::close, notices::tell);
    }

    /// Closes the project. The engine pauses its runs so that they can be resumed, and records that itself.
    public void leavePaused() {
        stopListening.unsubscribe();
        targets.close();
        engine.cancelAll();
        runs.letGo();
        threads.write(project::close, notices::tell);
    }

    @Override
    public void close() {
        stopListening.unsubscribe();
        targets.close();
        engine.cancelAll();
        runs.abandon();
        threads.write(project::close, notices::tell);
    }

    /// The first mask is empty or selected by the scores. The user has not chosen it, so it is not saved.
    private void shaped(Event.@Nullable Inspected known) {
        if (known != null) {
            lastView.known(known);
        }
        HeadMask now = mask.mask().get();
        if (known == null || (now != null && now.layers() == known.layers() && now.heads() == known.heads())) {
            return;
        }
        if (now != null) {
            notices.warn(
                    Words.of("window.mask.shape", now.layers(), now.heads(), known.layers(), known.heads()),
                    Words.of("window.mask.shape.remedy"));
            threads.write(opened.mask()::doesNotFit, notices::tell);
        }
        beginning = true;
        mask.begin(known.layers(), known.heads(), null);
        beginning = false;
    }

    private void scored(ScoreRecord record) {
        if (!readOnly.get()) {
            threads.fetch(
                    () -> project.saveScores(record),
                    id -> {
                        exploring.shelf().add(id, record);
                        lastView.scores().set(id);
                    },
                    notices::tell);
        }
    }

    private void autosave(@Nullable HeadMask now) {
        // Only the latest of many quick changes is written.
        if (now != null && !beginning && !readOnly.get() && unsaved.getAndSet(now) == null) {
            threads.fetch(
                    () -> Optional.ofNullable(opened.mask().save(Objects.requireNonNull(unsaved.getAndSet(null)))),
                    aside -> aside.ifPresent(this::tellSetAside),
                    notices::tell);
        }
    }

    private void tellSetAside(Path aside) {
        notices.inform(Words.of("window.mask.aside", aside.getFileName()), Words.of("window.mask.aside.remedy"));
    }

    private void engineChanged(EngineState now) {
        if (now instanceof EngineState.Ready) {
            checkpoint.retry();
            source.retry();
            target.retry();
            exploring.sentence().retry();
        }
    }

    private void telling(ObservableValue<@Nullable Notice> problem) {
        problem.subscribe(p -> {
            if (p != null) {
                notices.tell(p);
            }
        });
    }

    private void telling(Runnable work) {
        try {
            work.run();
        } catch (Problem problem) {
            notices.tell(problem);
        }
    }

    private static Request.Model request(ProjectFile content) {
        return new Request.Model(content.checkpoint(), content.labels(), content.maxLength(), content.prompt());
    }
}
