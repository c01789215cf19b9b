package sirkuit.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sirkuit.engine.Quality;
import sirkuit.mask.HeadMask;
import sirkuit.project.Project;
import sirkuit.project.ProjectFile;
import sirkuit.project.RunConfig;
import sirkuit.project.RunFolder;
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
        /// Whether it trained chosen heads.
        boolean masked() {
            HeadMask mask = config.mask();
            return config.what() == RunConfig.Trained.MASK
                    && mask != null
                    && mask.size() > 0
                    && mask.size() < mask.layers() * mask.heads();
        }

        /// Target accuracy gained, in percentage points; null as long as it is not known.
        @Nullable
        Double gain() {
            Quality now = story.latestTarget();
            return now == null || story.before() == null
                    ? null
                    : (Double) (100 * (now.accuracy() - story.before().target().accuracy()));
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
        Run best = best(runs);
        if (mask == null && best != null) {
            mask = Objects.requireNonNull(best.config().mask());
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
                .max(Comparator.comparing((String n) -> !n.equals("current"))) // which changes with every click
                .map(n -> "masks/" + n + ".json")
                .orElse(null);
    }

    /// The latest finished run of heads drawn by chance; null without one.
    @Nullable
    Run byChance() {
        return runs.reversed().stream()
                .filter(r -> r.masked() && r.story().target() != null)
                .filter(r -> Objects.requireNonNull(r.config().mask()).madeBy().startsWith("random"))
                .findFirst()
                .orElse(null);
    }

    /// The run of chosen heads (none by chance) that does best on the target; null without one.
    @Nullable
    Run bestMasked() {
        return best(runs);
    }

    private static @Nullable Run best(List<Run> runs) {
        return runs.stream()
                .filter(r -> r.masked() && r.story().target() != null)
                .filter(r -> !Objects.requireNonNull(r.config().mask()).madeBy().startsWith("random"))
                .max(Comparator.comparingDouble(
                        r -> Objects.requireNonNull(r.story().target()).accuracy()))
                .orElse(null);
    }

    /// The latest finished full fine-tuning; null without one.
    @Nullable
    Run full() {
        return runs.reversed().stream()
                .filter(r ->
                        r.config().what() == RunConfig.Trained.FULL && r.story().target() != null)
                .findFirst()
                .orElse(null);
    }
}
