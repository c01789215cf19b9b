package sirkuit.app.workbench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.collections.MapChangeListener;
import javafx.collections.SetChangeListener;
import org.jspecify.annotations.Nullable;
import sirkuit.app.causal.CausalModel;
import sirkuit.app.circuit.CircuitModel;
import sirkuit.app.compare.CompareModel;
import sirkuit.app.compare.CurveModel;
import sirkuit.app.compare.Side;
import sirkuit.app.head.HeadModel;
import sirkuit.app.heatmap.HeatmapModel;
import sirkuit.app.heatmap.RelevanceModel;
import sirkuit.app.heatmap.pane.ScoreShelf;
import sirkuit.app.look.Words;
import sirkuit.app.mask.MaskModel;
import sirkuit.app.mask.MaskWords;
import sirkuit.app.project.OpenedProject;
import sirkuit.app.runs.RunModel;
import sirkuit.app.sentence.SentenceModel;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.app.work.WindowEngine;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MadeBy;
import sirkuit.mask.ScoreMethod;
import sirkuit.project.HeadGroup;
import sirkuit.project.HeadGroups;
import sirkuit.project.HeadNotes;
import sirkuit.project.KeptCurve;
import sirkuit.project.KeptCurves;
import sirkuit.project.Project;
import sirkuit.protocol.Request;
import sirkuit.record.ProjectFile;
import sirkuit.run.state.RunState;

/// The views for looking at the circuit of an open project: sentence, head, circuit, comparison, causal check.
public final class ExplorationViews {
    private final Project project;
    private final Notices notices;
    private final Threads threads;
    private final ScoreShelf shelf;
    private final SentenceModel sentence;
    private final HeadModel head;
    private final CausalModel causal;
    private final CircuitModel circuit;
    private final CompareModel compare;
    private final CurveModel curve;
    private final AtomicReference<@Nullable HeadNotes> unsaved = new AtomicReference<>();
    private final AtomicReference<@Nullable List<Head>> unsavedLocks = new AtomicReference<>();
    private final AtomicReference<@Nullable List<HeadGroup>> unsavedGroups = new AtomicReference<>();
    private final MaskModel mask;

    ExplorationViews(
            Project project,
            WindowEngine engine,
            Notices notices,
            Threads threads,
            ObservableValue<Request.@Nullable Model> model,
            RelevanceModel relevance,
            HeatmapModel heatmap,
            MaskModel mask) {
        this.project = project;
        this.notices = notices;
        this.threads = threads;
        this.mask = mask;
        shelf = new ScoreShelf(project, notices, threads);
        sentence = new SentenceModel(engine, model, heatmap, mask);
        head = new HeadModel(engine, model, shelf, heatmap.pointing(), this::noted);
        heatmap.notesBy(head.notes().map(HeadNotes::heads));
        causal = new CausalModel(engine, model, mask.mask());
        circuit = new CircuitModel(shelf, mask.mask(), heatmap);
        compare = new CompareModel(engine, notices, shelf, mask, model::getValue, heatmap);
        curve = new CurveModel(engine, notices, model::getValue, relevance.complete());
    }

    /// Starts with the project's content.
    ///
    /// @param readMask loads a saved mask
    void open(ProjectFile content, OpenedProject opened, BiConsumer<String, Consumer<HeadMask>> readMask) {
        sentence.on(content.source().train());
        head.on(content.source().train(), opened.heads().notes());
        causal.on(content.source().test());
        curve.on(content.source().test());
        curve.keep(content.checkpoint(), opened.curves(), this::curves);
        compare.on(content.source().train());
        compare.masksBy(readMask);
        shelf.latest().addListener((MapChangeListener<ScoreMethod, ScoreShelf.StoredScores>) c -> {
            if (c.wasAdded()) {
                mask.learn(c.getValueAdded().record().scores());
            }
        });
        shelf.fill(opened.scores(), opened.latest());
        mask.locked().addAll(opened.heads().locked());
        circuit.groups().begin(opened.heads().groups(), this::grouped);
        mask.locked().addListener((SetChangeListener<Head>) c -> locked(List.copyOf(mask.locked())));
    }

    /// Reads the scores that the mask was made by, if they are not in memory.
    void seekScores() {
        HeadMask now = mask.mask().get();
        ScoreMethod method = now == null ? null : MadeBy.of(now).method();
        if (now != null && now.scoredAt() != null && method != null && mask.missesScores()) {
            shelf.find(method, now.scoredAt(), mask::learn);
        }
    }

    public ScoreShelf shelf() {
        return shelf;
    }

    public SentenceModel sentence() {
        return sentence;
    }

    public HeadModel head() {
        return head;
    }

    public CausalModel causal() {
        return causal;
    }

    public CircuitModel circuit() {
        return circuit;
    }

    public CompareModel compare() {
        return compare;
    }

    public CurveModel curve() {
        return curve;
    }

    /// What can be compared: saved scores, latest first, adapted checkpoints, saved masks.
    public List<Side> sides(List<RunModel> runs, List<String> masks) {
        List<Side> sides = new ArrayList<>();
        shelf.ids().reversed().forEach(id -> sides.add(new Side.Scores(id, new SidebarItem.Scores(id).words())));
        for (RunModel run : runs) {
            Path adapted = project.run(run.id()).adapted();
            if (run.status().get() == RunState.Status.FINISHED && Files.isDirectory(adapted)) {
                sides.add(new Side.Adapted(adapted.toString(), Words.of("centre.compare.adapted", run.name())));
            }
        }
        masks.forEach(name -> sides.add(new Side.Mask(name, Words.of("centre.compare.mask", MaskWords.saved(name)))));
        return sides;
    }

    private void curves(List<KeptCurve> curves) {
        if (!project.readOnly()) {
            threads.write(() -> KeptCurves.save(project, curves), notices::tell);
        }
    }

    private void grouped(List<HeadGroup> groups) {
        if (!project.readOnly() && unsavedGroups.getAndSet(groups) == null) {
            threads.write(
                    () -> HeadGroups.save(project, Objects.requireNonNull(unsavedGroups.getAndSet(null))),
                    notices::tell);
        }
    }

    private void locked(List<Head> heads) {
        if (!project.readOnly() && unsavedLocks.getAndSet(heads) == null) {
            threads.write(
                    () -> project.saveLocked(Objects.requireNonNull(unsavedLocks.getAndSet(null))), notices::tell);
        }
    }

    /// Only the latest of many quick changes is written.
    private void noted(HeadNotes notes) {
        if (!project.readOnly() && unsaved.getAndSet(notes) == null) {
            threads.write(() -> project.saveNotes(Objects.requireNonNull(unsaved.getAndSet(null))), this.notices::tell);
        }
    }
}
