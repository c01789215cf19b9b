package sirkuit.record;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a run learnt and what it was measured on. This decides which runs can be compared. It belongs to the run and
/// does not change with the project.
///
/// @param target     name of the language or task that it learnt; never blank
/// @param source     the same of the source; null when no source texts were given
/// @param told       whether the run itself says so; false if the names are taken from its files
/// @param targetEval held-out target texts
/// @param sourceEval held-out source texts; null when there were none
/// @param checkpoint folder of the checkpoint that it starts from
/// @param digests    by what for, as in [RunConfig#files()], and that of the [#CHECKPOINT]; empty for a run of an older
///                   version
public record RunTexts(
        String target,
        @Nullable String source,
        boolean told,
        DataFile targetEval,
        @Nullable DataFile sourceEval,
        String checkpoint,
        Map<String, String> digests) {
    public static final String CHECKPOINT = "checkpoint";
    private static final String TARGET_EVAL = "targetEval";
    private static final String SOURCE_EVAL = "sourceEval";

    /// How two runs differ so that their figures cannot be compared.
    public enum Difference {
        TARGET("another target"),
        TARGET_TEXTS("other test texts"),
        SOURCE_TEXTS("other source texts"),
        CHECKPOINT("another checkpoint");

        private final String words;

        Difference(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    public RunTexts {
        digests = Map.copyOf(digests);
    }

    /// The target and texts in the settings of a run.
    ///
    /// @param names for a run that does not record them
    public static RunTexts of(RunConfig run, GuessedNames names) {
        DataFile source = run.sourceEval();
        return new RunTexts(
                run.target() == null ? names.of(run.train()) : run.target(),
                source == null ? null : run.source() == null ? names.of(source) : run.source(),
                run.target() != null,
                run.targetEval(),
                source,
                run.checkpoint(),
                Map.of());
    }

    /// For a run whose settings cannot be read. It is comparable with no other, unless its events say more.
    ///
    /// @param run its place
    public static RunTexts unknown(String run) {
        return new RunTexts("unknown target", null, false, new DataFile(run), null, run, Map.of());
    }

    /// The same with the records in the run's own events.
    ///
    /// @param ownTarget name; null if the events do not have it
    /// @param ownSource name; null if the events do not have it
    public RunTexts with(
            @Nullable String ownTarget,
            @Nullable String ownSource,
            Map<String, String> ownDigests,
            @Nullable String checkpointDigest) {
        Map<String, String> all = new LinkedHashMap<>(ownDigests);
        if (checkpointDigest != null) {
            all.put(CHECKPOINT, checkpointDigest);
        }
        return new RunTexts(
                ownTarget == null ? target : ownTarget,
                ownSource == null ? source : ownSource,
                told || ownTarget != null,
                targetEval,
                sourceEval,
                checkpoint,
                all);
    }

    /// Whether its target has this name.
    public boolean isOf(String name) {
        return target.strip().equalsIgnoreCase(name.strip());
    }

    /// Why figures of the two cannot be compared; empty if they can. A run without source texts can be compared on
    /// the target with any run. If not both runs have a digest, their files are compared by place.
    public Set<Difference> differences(RunTexts other) {
        Set<Difference> found = EnumSet.noneOf(Difference.class);
        if (!isOf(other.target)) {
            found.add(Difference.TARGET);
        }
        if (!same(TARGET_EVAL, other, targetEval.equals(other.targetEval))) {
            found.add(Difference.TARGET_TEXTS);
        }
        if (sourceEval != null
                && other.sourceEval != null
                && !same(SOURCE_EVAL, other, sourceEval.equals(other.sourceEval))) {
            found.add(Difference.SOURCE_TEXTS);
        }
        if (!same(CHECKPOINT, other, checkpoint.equals(other.checkpoint))) {
            found.add(Difference.CHECKPOINT);
        }
        return found;
    }

    /// How the run differs from one that the project would make now of its target to learn now; empty if it does not.
    /// If the name was only guessed, the files decide.
    ///
    /// @param project with absolute paths
    public Set<Difference> differences(ProjectFile project) {
        ProjectFile.Language now = project.target();
        return now == null ? EnumSet.of(Difference.TARGET) : differences(project, now);
    }

    /// The same for the target of the project that the run is most like.
    ///
    /// @param project with absolute paths
    public Set<Difference> leastDifferences(ProjectFile project) {
        return project.allTargets().stream()
                .map(t -> differences(project, t))
                .min(Comparator.comparing((Set<Difference> d) -> d.contains(Difference.TARGET))
                        .thenComparing(Set::size))
                .orElse(EnumSet.of(Difference.TARGET));
    }

    private Set<Difference> differences(ProjectFile project, ProjectFile.Language now) {
        return differences(new RunTexts(
                told ? now.name() : target,
                project.source().name(),
                true,
                now.test(),
                project.source().test(),
                project.checkpoint(),
                Map.of()));
    }

    private boolean same(String role, RunTexts other, boolean samePlace) {
        String mine = digests.get(role);
        String others = other.digests.get(role);
        return mine == null || others == null ? samePlace : mine.equals(others);
    }
}
