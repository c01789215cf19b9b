package sirkuit.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.mask.HeadMask;
import sirkuit.project.Project;
import sirkuit.record.GuessedNames;
import sirkuit.record.ProjectFile;
import sirkuit.record.RunConfig;
import sirkuit.record.RunTexts;
import sirkuit.record.ScoreRecord;
import sirkuit.run.RunFolder;
import sirkuit.run.RunGroup;
import sirkuit.run.RunKind;
import sirkuit.run.check.FileCheck;
import sirkuit.run.state.RunState;
import sirkuit.study.StudyResults;

/// What a report is about, read from a project.
///
/// @param project   with absolute paths
/// @param scores    newest last, without the values of single examples
/// @param mask      the selected heads; null when the project has none
/// @param maskName  what it is called
/// @param runs      in the order they were made
/// @param maskFile  file of the project with just these heads, relative to its folder; null when there is none
/// @param studies   that have finished runs
/// @param damaged   what could not be read of it, and is left out
public record ReportSubject(
        Path folder,
        ProjectFile project,
        List<ScoreRecord> scores,
        @Nullable HeadMask mask,
        String maskName,
        List<Run> runs,
        @Nullable String maskFile,
        List<StudyResults> studies,
        List<Problem> damaged) {
    /// The greatest distance of runs that have one of the project's targets and its current texts.
    private static final int PRESENT = 1;

    /// Without studies and damage.
    public ReportSubject(
            Path folder,
            ProjectFile project,
            List<ScoreRecord> scores,
            @Nullable HeadMask mask,
            String maskName,
            List<Run> runs,
            @Nullable String maskFile) {
        this(folder, project, scores, mask, maskName, runs, maskFile, List.of(), List.of());
    }

    /// @param name    as people call it
    /// @param texts   what it learnt, in its own words
    /// @param changed its files that hold other texts by now, by what for as in [RunConfig#files()]
    public record Run(
            RunFolder folder, String name, RunConfig config, RunState state, RunTexts texts, Set<String> changed) {
        /// How it differs from a run that the project would make now of one of its targets.
        Set<RunTexts.Difference> differences(ProjectFile project) {
            Set<RunTexts.Difference> all = EnumSet.noneOf(RunTexts.Difference.class);
            all.addAll(texts.leastDifferences(project));
            if (changed.contains("targetEval")) {
                all.add(RunTexts.Difference.TARGET_TEXTS);
            }
            if (changed.contains("sourceEval")) {
                all.add(RunTexts.Difference.SOURCE_TEXTS);
            }
            return all;
        }

        /// Whether it finished with figures and is of that kind.
        boolean finished(RunKind kind) {
            return state.finalTarget() != null && RunKind.of(config) == kind;
        }

        private HeadMask mask() {
            return Objects.requireNonNull(config.mask());
        }
    }

    /// @param maskNamed a mask of the project; null for that of the best run of selected heads, or else its first mask
    /// @throws sirkuit.Problem when the project has no such mask
    public static ReportSubject of(Project project, @Nullable String maskNamed) {
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
        FileCheck check = new FileCheck();
        for (RunFolder folder : project.runs()) {
            try {
                RunConfig config = folder.config();
                folder.requireEvents();
                String label = folder.label().name();
                RunState state = RunState.of(folder);
                runs.add(new Run(
                        folder,
                        label == null ? config.name() : label,
                        config,
                        state,
                        state.texts(config, names),
                        ChangedTexts.since(config, state, check)));
            } catch (Problem e) {
                damaged.add(e);
            }
        }
        ProjectFile file = project.resolved();
        HeadMask mask = maskNamed == null ? null : project.mask(maskNamed);
        String name = maskNamed == null ? "" : maskNamed;
        List<RunGroup<Run>> groups = groups(runs, file);
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
        List<StudyResults> studies = Studies.of(project, damaged);
        return new ReportSubject(
                project.folder(),
                file,
                List.copyOf(scores),
                mask,
                name,
                List.copyOf(runs),
                file(masks, mask),
                studies,
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

    /// The file of a run's mask in the project; a name for it if there is no such file.
    String maskFile(Run run) {
        return maskFile != null && trainsTheMask(run) ? maskFile : "mask.json";
    }

    private boolean trainsTheMask(Run run) {
        HeadMask trained = run.config().mask();
        return mask != null && trained != null && trained.selected().equals(mask.selected());
    }

    /// Groups of runs that can be compared. First the project's targets with their current texts, the one to learn now
    /// before the others; then the same targets, then others, the latest first.
    List<RunGroup<Run>> groups() {
        return groups(runs, project);
    }

    private static List<RunGroup<Run>> groups(List<Run> runs, ProjectFile project) {
        List<RunGroup<Run>> groups = new ArrayList<>(
                RunGroup.of(runs, Run::texts, run -> run.differences(project).isEmpty()));
        groups.sort(Comparator.<RunGroup<Run>>comparingInt(g -> distance(g, project))
                .thenComparing(g -> runs.lastIndexOf(g.runs().getLast()), Comparator.reverseOrder()));
        return List.copyOf(groups);
    }

    /// 0 for the project's target to learn now, 1 for another of its targets, both with its current texts; 2 for one of
    /// them with other texts or another checkpoint, 3 for others.
    private static int distance(RunGroup<Run> group, ProjectFile project) {
        Set<RunTexts.Difference> found = differences(group, project);
        if (found.isEmpty()) {
            boolean now = group.runs().stream()
                    .noneMatch(r -> r.texts().differences(project).contains(RunTexts.Difference.TARGET));
            return now ? 0 : PRESENT;
        }
        return found.contains(RunTexts.Difference.TARGET) ? PRESENT + 2 : PRESENT + 1;
    }

    /// How the run of a group that is most like the project differs from it.
    private static Set<RunTexts.Difference> differences(RunGroup<Run> group, ProjectFile project) {
        return group.runs().stream()
                .map(r -> r.differences(project))
                .min(Comparator.comparing((Set<RunTexts.Difference> d) -> d.contains(RunTexts.Difference.TARGET))
                        .thenComparing(Set::size))
                .orElseThrow();
    }

    /// Whether the runs have one of the project's targets, with its current texts.
    boolean present(RunGroup<Run> group) {
        return distance(group, project) <= PRESENT;
    }

    /// Whether all runs have one target, the project's current one.
    boolean allPresent() {
        List<RunGroup<Run>> groups = groups();
        return groups.size() <= 1 && groups.stream().allMatch(this::present);
    }

    /// A sentence that no run has the project's current target and texts, and why; null if one has, or there is no
    /// run or no target.
    @Nullable
    String nonePresent() {
        ProjectFile.Language target = project.target();
        List<RunGroup<Run>> groups = groups();
        if (target == null || groups.isEmpty() || groups.stream().anyMatch(this::present)) {
            return null;
        }
        Set<RunTexts.Difference> found = differences(groups.getFirst(), project); // the most similar comes first
        List<String> lacking = new ArrayList<>();
        if (found.contains(RunTexts.Difference.TARGET)) {
            return "No run has learned " + target.name() + " yet.";
        }
        if (found.contains(RunTexts.Difference.TARGET_TEXTS)) {
            lacking.add("been tested on the project's current test texts");
        }
        if (found.contains(RunTexts.Difference.SOURCE_TEXTS)) {
            lacking.add("been tested on the project's current source test texts");
        }
        if (found.contains(RunTexts.Difference.CHECKPOINT)) {
            lacking.add("started from the project's current checkpoint");
        }
        return "No run of " + target.name() + " has " + String.join(" and has ", lacking) + ".";
    }

    /// If the project has several targets, those that no run has learned although others have been.
    List<String> notLearned() {
        boolean some = groups().stream().anyMatch(this::present);
        return project.allTargets().stream()
                .map(ProjectFile.Language::name)
                .filter(name -> some && runs.stream().noneMatch(r -> r.texts().isOf(name)))
                .toList();
    }

    /// Its number in the tables and figures, from 0.
    int number(Run run) {
        return runs.indexOf(run);
    }

    /// The run with exactly the selected heads that does best on the first group's target; null if there is none.
    @Nullable
    Run bestMasked() {
        return groups().stream().findFirst().map(this::bestMasked).orElse(null);
    }

    @Nullable
    Run bestMasked(RunGroup<Run> group) {
        return best(group.runs().stream().filter(this::trainsTheMask));
    }

    /// The best run of selected heads, not random ones.
    private static @Nullable Run best(Stream<Run> runs) {
        return runs.filter(r -> RunKind.of(r.config()).someHeads() && RunKind.of(r.config()) != RunKind.RANDOM)
                .filter(r -> r.state().finalTarget() != null)
                .max(Comparator.comparingDouble(
                        r -> Objects.requireNonNull(r.state().finalTarget()).accuracy()))
                .orElse(null);
    }

    /// A group's latest finished run with the same number of random heads; null if there is none.
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
