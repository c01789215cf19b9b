package sirkuit.app.present;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Words;
import sirkuit.app.present.script.AudienceNames;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.RunsModel;
import sirkuit.app.tune.TuneModel;
import sirkuit.app.work.Threads;
import sirkuit.app.work.WindowEngine;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskStrategy;
import sirkuit.mask.RelevanceScores;
import sirkuit.project.Project;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.ProjectFile;
import sirkuit.record.RunConfig;
import sirkuit.run.RunKind;
import sirkuit.run.state.RunState;

/// The project that is presented, as it is when the presentation begins.
///
/// @param file       with absolute paths
/// @param scores     the last scores shown; null when there are none
/// @param mask       the current mask; null when the checkpoint's shape is not known
/// @param carry      whether the causal check has found that the mask's heads alone do better than random heads
/// @param checkpoint the engine's description of it; null until the engine has answered
/// @param names      what the audience reads for labels and languages
/// @param discard    deletes a run of this presentation, so that it can be restored
public record PresentedProject(
        Project project,
        ProjectFile file,
        WindowEngine engine,
        Threads threads,
        @Nullable RelevanceScores scores,
        @Nullable HeadMask mask,
        boolean carry,
        ObservableValue<Event.@Nullable Inspected> checkpoint,
        RunsModel runs,
        TuneModel tune,
        AudienceNames names,
        Consumer<RunModel> discard) {
    private static final int QUARTER = 4;

    Request.Model model() {
        return model(file.checkpoint());
    }

    /// The project's model settings with another checkpoint.
    Request.Model model(String other) {
        return new Request.Model(other, file.labels(), file.maxLength(), file.prompt());
    }

    /// The selected heads: those of the mask, or else the quarter with the highest scores; null without mask and
    /// scores.
    @Nullable
    HeadMask chosen() {
        if (mask != null && mask.size() > 0) {
            return mask;
        }
        if (scores == null || scores.ranked().isEmpty()) {
            return null;
        }
        int quarter = Math.max(1, scores.layers() * scores.heads() / QUARTER);
        return new MaskStrategy.TopK(Math.min(quarter, scores.ranked().size())).apply(scores);
    }

    /// The mask of the model's shape that selects nothing; null if the shape is not known.
    @Nullable
    HeadMask noneOff() {
        HeadMask heads = chosen();
        Event.Inspected known = checkpoint.getValue();
        if (heads != null) {
            return HeadMask.none(heads.layers(), heads.heads());
        }
        return known == null ? null : HeadMask.none(known.layers(), known.heads());
    }

    public int chosenParts() {
        HeadMask heads = chosen();
        return heads == null ? 0 : heads.size();
    }

    /// The number of heads of the model; 0 if it is not known.
    public int parts() {
        HeadMask heads = chosen();
        Event.Inspected known = checkpoint.getValue();
        return heads != null ? heads.layers() * heads.heads() : known == null ? 0 : known.layers() * known.heads();
    }

    /// The project's own name of the source.
    public String sourceName() {
        return file.source().name();
    }

    /// The project's own name of the target; empty without target.
    public String targetName() {
        return file.target() == null ? "" : file.target().name();
    }

    /// The target of a run: the name that the run has, or else that of the project. A name guessed from a file is
    /// not shown to an audience.
    ///
    /// @param run null for that of the project
    public String targetName(@Nullable RunModel run) {
        return run != null && run.texts().told() ? run.texts().target() : targetName();
    }

    /// The source of a run, in the same way.
    public String sourceName(@Nullable RunModel run) {
        Event.Started started = run == null ? null : run.started();
        String own = started != null && started.source() != null
                ? started.source()
                : run == null ? null : run.config().source();
        return own == null ? sourceName() : own;
    }

    /// The number of heads that the shown run trained. If no run is shown, or it trained all, the number of
    /// selected heads.
    int partsOf(@Nullable RunModel run) {
        HeadMask trained = run == null ? null : run.config().mask();
        return trained == null || trained.size() == 0 ? chosenParts() : trained.size();
    }

    /// Why there is no run to present: there is none, or the runs have another target or other test texts.
    ///
    /// @param none the sentence if there is none
    String missing(RunConfig.Trained what, String none) {
        ProjectFile.Language target = file.target();
        List<RunModel> others = runs.runs().stream().filter(r -> whole(r, what)).toList();
        if (others.isEmpty() || target == null) {
            return none;
        }
        // A name that comes only from a file may be another name for the same target.
        List<RunModel> same = others.stream()
                .filter(r -> !r.texts().told() || r.texts().isOf(target.name()))
                .toList();
        if (same.isEmpty()) {
            return Words.of(
                    "present.quiet.other-target",
                    others.stream()
                            .map(r -> names.language(r.texts().target()))
                            .distinct()
                            .collect(Collectors.joining(", ")),
                    names.language(target.name()));
        }
        return same.stream().anyMatch(r -> r.config().sourceEval() != null)
                ? Words.of("present.quiet.other-texts")
                : Words.of("present.quiet.no-source", names.language(sourceName()));
    }

    /// The adapted checkpoint of a run.
    Path adapted(RunModel run) {
        return project.run(run.id()).adapted();
    }

    /// The finished full run to show beside a run of some heads: the one with the most similar settings, or else
    /// the latest; null when there is none.
    ///
    /// @param masked the other; null when there is none
    @Nullable
    RunModel fullRun(@Nullable RunModel masked) {
        RunModel best = null;
        int least = Integer.MAX_VALUE;
        for (RunModel run : runs.runs()) {
            if (usable(run, RunConfig.Trained.FULL) && comparable(run, masked)) {
                int apart = masked == null
                        ? 0
                        : OtherSettings.of(run.config(), masked.config()).size();
                best = apart <= least ? run : best;
                least = Math.min(apart, least);
            }
        }
        return best;
    }

    /// The finished run that best shows what training only some heads does. First choice: it trained exactly the
    /// selected heads. Then: heads selected by their scores. Then: any heads. Of several, one that has a full run
    /// with equal settings, or else the latest. Null when there is none.
    ///
    /// @param except a run that does not count; null for none
    @Nullable
    RunModel maskedRun(@Nullable RunModel except) {
        HeadMask heads = chosen();
        RunModel best = null;
        int bestFit = 0;
        for (RunModel run : runs.runs()) {
            HeadMask trained = run.config().mask();
            if (run == except || trained == null || trained.size() == 0 || !usable(run, RunConfig.Trained.MASK)) {
                continue;
            }
            boolean same = heads != null && trained.selected().equals(heads.selected());
            int fit = 2 * (same ? 3 : RunKind.of(run.config()) == RunKind.TOP ? 2 : 1) + (paired(run) ? 1 : 0);
            if (fit >= bestFit) {
                best = run;
                bestFit = fit;
            }
        }
        return best;
    }

    private boolean paired(RunModel masked) {
        RunModel full = fullRun(masked);
        return full != null && OtherSettings.of(full.config(), masked.config()).isEmpty();
    }

    private static boolean comparable(RunModel run, @Nullable RunModel other) {
        return other == null || run.texts().differences(other.texts()).isEmpty();
    }

    /// Whether the run is about this checkpoint and these languages. The run's own record counts, not the files'
    /// current content.
    private boolean usable(RunModel run, RunConfig.Trained what) {
        return whole(run, what)
                && run.texts().differences(file).isEmpty()
                && run.config().sourceEval() != null;
    }

    /// Whether the run has everything that is shown of a run of this checkpoint, whatever its target.
    private boolean whole(RunModel run, RunConfig.Trained what) {
        RunConfig config = run.config();
        return run.status().get() == RunState.Status.FINISHED
                && config.what() == what
                && RunKind.of(config) != RunKind.KEEPING
                && run.evaluations().size() > 1
                && Path.of(config.checkpoint())
                        .normalize()
                        .equals(Path.of(file.checkpoint()).normalize())
                && Files.isDirectory(adapted(run));
    }
}
