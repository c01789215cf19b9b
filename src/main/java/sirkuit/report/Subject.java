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
import sirkuit.project.GuessedNames;
import sirkuit.project.Project;
import sirkuit.project.ProjectFile;
import sirkuit.project.RunConfig;
import sirkuit.project.RunFolder;
import sirkuit.project.RunGroup;
import sirkuit.project.RunKind;
import sirkuit.project.RunTexts;
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

    /// @param name  as people call it
    /// @param texts what it learnt, in its own words
    public record Run(RunFolder folder, String name, RunConfig config, RunStory story, RunTexts texts) {
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
        GuessedNames names = GuessedNames.reading();
        for (RunFolder folder : project.runs()) {
            try {
                RunConfig config = folder.config();
                folder.requireEvents();
                String label = folder.label().name();
                RunStory story = RunStory.of(folder);
                runs.add(new Run(
                        folder, label == null ? config.name() : label, config, story, story.texts(config, names)));
            } catch (Problem e) {
                damaged.add(e);
            }
        }
        ProjectFile file = project.resolved();
        HeadMask mask = maskNamed == null ? null : project.mask(maskNamed);
        String name = maskNamed == null ? "" : maskNamed;
        List<RunGroup<Run>> groups = groups(runs, file.target());
        Run best = mask != null || groups.isEmpty() ? null : best(groups.getFirst().runs().stream());
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
                file,
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

    /// Runs that may be compared with each other: first those of the target that the project has now, then those of
    /// others, the latest first.
    List<RunGroup<Run>> groups() {
        return groups(runs, project.target());
    }

    private static List<RunGroup<Run>> groups(List<Run> runs, ProjectFile.@Nullable Language target) {
        List<RunGroup<Run>> groups = new ArrayList<>(RunGroup.of(runs, Run::texts));
        groups.sort(Comparator.<RunGroup<Run>>comparingInt(g -> distance(g, target))
                .thenComparing(g -> runs.lastIndexOf(g.runs().getLast()), Comparator.reverseOrder()));
        return List.copyOf(groups);
    }

    /// 0 when it is the project's own target, 1 when that has other test texts now, 2 when it is another.
    private static int distance(RunGroup<Run> group, ProjectFile.@Nullable Language target) {
        if (target == null || !group.texts().isOf(target.name())) {
            return 2;
        }
        return group.texts().targetEval().equals(target.test()) ? 0 : 1;
    }

    /// Whether the runs are of the target that the project has now.
    boolean present(RunGroup<Run> group) {
        return distance(group, project.target()) == 0;
    }

    /// Whether all that the runs tell is of one target, and of the one that the project has now.
    boolean allPresent() {
        List<RunGroup<Run>> groups = groups();
        return groups.size() <= 1 && groups.stream().allMatch(this::present);
    }

    /// Its number in the tables and figures, from 0.
    int number(Run run) {
        return runs.indexOf(run);
    }

    /// The run of the very heads in question that does best on the first group's target; null without one.
    @Nullable
    Run bestMasked() {
        return groups().stream().findFirst().map(this::bestMasked).orElse(null);
    }

    @Nullable
    Run bestMasked(RunGroup<Run> group) {
        return best(group.runs().stream().filter(this::trainsTheMask));
    }

    /// Of heads that were chosen, not drawn by chance.
    private static @Nullable Run best(Stream<Run> runs) {
        return runs.filter(r -> RunKind.of(r.config()).someHeads() && RunKind.of(r.config()) != RunKind.RANDOM)
                .filter(r -> r.story().target() != null)
                .max(Comparator.comparingDouble(
                        r -> Objects.requireNonNull(r.story().target()).accuracy()))
                .orElse(null);
    }

    /// A group's latest finished run of as many heads drawn by chance; null without one.
    @Nullable
    Run byChance(RunGroup<Run> group) {
        return latest(
                group,
                r -> r.finished(RunKind.RANDOM) && mask != null && r.mask().size() == mask.size());
    }

    /// The first group's latest finished full fine-tuning; null without one.
    @Nullable
    Run full() {
        return groups().stream().findFirst().map(this::full).orElse(null);
    }

    @Nullable
    Run full(RunGroup<Run> group) {
        return latest(group, r -> r.finished(RunKind.FULL));
    }

    private static @Nullable Run latest(RunGroup<Run> group, Predicate<Run> which) {
        return group.runs().reversed().stream().filter(which).findFirst().orElse(null);
    }
}
