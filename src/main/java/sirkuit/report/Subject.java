package sirkuit.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sirkuit.mask.HeadMask;
import sirkuit.project.Project;
import sirkuit.project.ProjectFile;
import sirkuit.project.RunConfig;
import sirkuit.project.RunFolder;
import sirkuit.project.RunKind;
import sirkuit.project.ScoreRecord;

/// What a report is about, read from a project.
///
/// @param project   with absolute paths
/// @param scores    newest last, without the values of single examples
/// @param mask      the heads in question; null when the project has none
/// @param maskName  what it is called
/// @param runs      in the order they were made
/// @param maskFile  file of the project with just these heads, relative to its folder; null when there is none
public record Subject(
        Path folder,
        ProjectFile project,
        List<ScoreRecord> scores,
        @Nullable HeadMask mask,
        String maskName,
        List<Run> runs,
        @Nullable String maskFile) {
    /// @param name as people call it
    public record Run(RunFolder folder, String name, RunConfig config, RunStory story) {
        /// Whether it ended with figures and trained that.
        boolean finished(RunKind kind) {
            return story.target() != null && RunKind.of(config) == kind;
        }

        private HeadMask mask() {
            return Objects.requireNonNull(config.mask());
        }
    }

    /// @param maskNamed a mask of the project; null for that of the best run of chosen heads, or else the first there
    // is
    /// @throws sirkuit.Problem when the project has no such mask
    public static Subject of(Project project, @Nullable String maskNamed) {
        List<ScoreRecord> scores = new ArrayList<>();
        for (String id : project.scoreIds()) {
            scores.add(ScoreRecord.readWithoutValues(project.scoresFile(id)));
        }
        List<Run> runs = new ArrayList<>();
        for (RunFolder folder : project.runs()) {
            RunConfig config = folder.config();
            String label = folder.label().name();
            runs.add(new Run(folder, label == null ? config.name() : label, config, RunStory.of(folder)));
        }
        HeadMask mask = maskNamed == null ? null : project.mask(maskNamed);
        String name = maskNamed == null ? "" : maskNamed;
        Run best = mask == null ? best(runs.stream()) : null;
        if (best != null) {
            mask = best.mask();
            name = mask.madeBy();
        }
        if (mask == null && !project.maskNames().isEmpty()) {
            name = project.maskNames().getFirst();
            mask = project.mask(name);
        }
        return new Subject(
                project.folder(),
                project.resolved(),
                List.copyOf(scores),
                mask,
                name,
                List.copyOf(runs),
                file(project, mask));
    }

    private static @Nullable String file(Project project, @Nullable HeadMask mask) {
        return project.maskNames().stream()
                .filter(n -> mask != null && project.mask(n).selected().equals(mask.selected()))
                .max(Comparator.comparing((String n) -> !n.equals(Project.CURRENT_MASK))) // it changes with every click
                .map(n -> "masks/" + n + ".json")
                .orElse(null);
    }

    /// Where a run's mask lies in the project; a name to give it when it lies nowhere.
    String maskFile(Run run) {
        return maskFile != null && trainsTheMask(run) ? maskFile : "mask.json";
    }

    private boolean trainsTheMask(Run run) {
        HeadMask trained = run.config().mask();
        return mask != null && trained != null && trained.selected().equals(mask.selected());
    }

    /// The run of the very heads in question that does best on the target; null without one.
    @Nullable
    Run bestMasked() {
        return best(runs.stream().filter(this::trainsTheMask));
    }

    /// Of heads that were chosen, not drawn by chance.
    private static @Nullable Run best(Stream<Run> runs) {
        return runs.filter(r -> RunKind.of(r.config()).someHeads() && RunKind.of(r.config()) != RunKind.RANDOM)
                .filter(r -> r.story().target() != null)
                .max(Comparator.comparingDouble(
                        r -> Objects.requireNonNull(r.story().target()).accuracy()))
                .orElse(null);
    }

    /// The latest finished run of as many heads drawn by chance; null without one.
    @Nullable
    Run byChance() {
        return latest(
                r -> r.finished(RunKind.RANDOM) && mask != null && r.mask().size() == mask.size());
    }

    /// The latest finished full fine-tuning; null without one.
    @Nullable
    Run full() {
        return latest(r -> r.finished(RunKind.FULL));
    }

    private @Nullable Run latest(Predicate<Run> which) {
        return runs.reversed().stream().filter(which).findFirst().orElse(null);
    }
}
