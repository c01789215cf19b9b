package sirkuit.record;

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

    /// In what two runs differ so that their figures cannot be compared.
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

    /// As the settings of a run have it.
    ///
    /// @param names for a run that does not say
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

    /// Of a run whose settings cannot be read: it is like no other, unless its events say more.
    ///
    /// @param run where it is
    public static RunTexts unknown(String run) {
        return new RunTexts("unknown target", null, false, new DataFile(run), null, run, Map.of());
    }

    /// The same with what the run's own events say.
    ///
    /// @param ownTarget name; null when they do not say
    /// @param ownSource name; null when they do not say
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

    /// Whether it learnt what goes by a name.
    public boolean isOf(String name) {
        return target.strip().equalsIgnoreCase(name.strip());
    }

    /// Why figures of the two cannot be compared; empty when they can. A run without source texts can be compared on
    /// the target with any. Of runs that do not both know a digest, the files are compared by their places.
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

    /// In what the run differs from one that the project would make now; empty when it is a run of just that. This is
    /// the one place where it is decided. A name that was only guessed says nothing: then the files decide.
    ///
    /// @param project with absolute paths
    public Set<Difference> differences(ProjectFile project) {
        ProjectFile.Language now = project.target();
        if (now == null) {
            return EnumSet.of(Difference.TARGET);
        }
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
