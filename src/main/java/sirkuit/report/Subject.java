package sirkuit.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
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
/// @param damaged   what could not be read of it, and is left out
public record Subject(
        Path folder,
        ProjectFile project,
        List<ScoreRecord> scores,
        @Nullable HeadMask mask,
        String maskName,
        List<Run> runs,
        @Nullable String maskFile,
        List<Problem> damaged) {
    /// With nothing damaged.
    public Subject(
            Path folder,
            ProjectFile project,
            List<ScoreRecord> scores,
            @Nullable HeadMask mask,
            String maskName,
            List<Run> runs,
            @Nullable String maskFile) {
        this(folder, project, scores, mask, maskName, runs, maskFile, List.of());
    }

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
        List<Problem> damaged = new ArrayList<>();
        List<ScoreRecord> scores = new ArrayList<>();
        for (String id : project.scoreIds()) {
            try {
                scores.add(ScoreRecord.readWithoutValues(project.scoresFile(id)));
            } catch (Problem e) {
                damaged.add(e);
            }
        }
        List<Run> runs = new ArrayList<>();
        for (RunFolder folder : project.runs()) {
            try {
                RunConfig config = folder.config();
                folder.requireEvents();
                String label = folder.label().name();
                runs.add(new Run(folder, label == null ? config.name() : label, config, RunStory.of(folder)));
            } catch (Problem e) {
                damaged.add(e);
            }
        }
        HeadMask mask = maskNamed == null ? null : project.mask(maskNamed);
        String name = maskNamed == null ? "" : maskNamed;
        Run best = mask == null ? best(runs.stream()) : null;
        if (best != null) {
            mask = best.mask();
            name = mask.madeBy();
        }
        Map<String, HeadMask> masks = masks(project, damaged);
        if (mask == null && !masks.isEmpty()) {
            name = masks.keySet().iterator().next();
            mask = masks.get(name);
        }
        return new Subject(
                project.folder(),
                project.resolved(),
                List.copyOf(scores),
                mask,
                name,
                List.copyOf(runs),
                file(masks, mask),
                List.copyOf(damaged));
    }

    private static Map<String, HeadMask> masks(Project project, List<Problem> damaged) {
        Map<String, HeadMask> masks = new LinkedHashMap<>();
        for (String name : project.maskNames()) {
            try {
                masks.put(name, project.mask(name));
            } catch (Problem e) {
                damaged.add(e);
            }
        }
        return masks;
    }

    private static @Nullable String file(Map<String, HeadMask> masks, @Nullable HeadMask mask) {
        return masks.keySet().stream()
                .filter(n -> mask != null
                        && Objects.requireNonNull(masks.get(n)).selected().equals(mask.selected()))
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
