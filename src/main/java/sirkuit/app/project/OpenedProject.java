package sirkuit.app.project;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.app.look.Words;
import sirkuit.app.preferences.ProjectView;
import sirkuit.mask.Head;
import sirkuit.project.HeadGroup;
import sirkuit.project.HeadGroups;
import sirkuit.project.HeadNotes;
import sirkuit.project.KeptCurve;
import sirkuit.project.KeptCurves;
import sirkuit.project.Project;
import sirkuit.record.ProjectFile;
import sirkuit.record.ScoreRecord;

/// A project with everything that its window starts from, read before the window is shown.
///
/// @param file     the project file with absolute paths
/// @param scores   ids of the scores, oldest first
/// @param masks    names of the saved masks
/// @param latest   the latest scores; null when there are none, or they cannot be read
/// @param view     what its window showed when it was last open
/// @param shown    the scores that it showed, if they are not the latest; otherwise null
/// @param mask     the mask at the end of the last session
/// @param heads    what the user has said about heads
/// @param curves   curves of accuracy against the number of heads, oldest first
/// @param problems what could not be read; each is about one damaged file and does not affect the others
public record OpenedProject(
        Project project,
        ProjectFile file,
        List<String> scores,
        List<String> masks,
        @Nullable ScoreRecord latest,
        ProjectView view,
        @Nullable ScoreRecord shown,
        CurrentMaskFile mask,
        Heads heads,
        List<KeptCurve> curves,
        List<Problem> problems) {
    /// What the user has said about heads.
    ///
    /// @param notes  on single heads
    /// @param locked heads that strategies do not change
    /// @param groups named sets of heads
    public record Heads(HeadNotes notes, List<Head> locked, List<HeadGroup> groups) {}

    /// Whether the user opened it read-only, as opposed to a project that another window has open.
    public boolean onlyRead() {
        return project.onlyRead();
    }

    /// Opens a project that has not been open before.
    ///
    /// @throws Problem when it cannot be opened
    public static OpenedProject of(Supplier<Project> how) {
        return of(how, folder -> ProjectView.NONE);
    }

    /// Opens a project and takes its lock. The lock is released if this fails.
    ///
    /// @param views what the window of the project in a folder showed
    /// @throws Problem when it cannot be opened
    public static OpenedProject of(Supplier<Project> how, Function<Path, ProjectView> views) {
        Project project = how.get();
        try {
            return read(project, views.apply(project.folder()));
        } catch (InvalidPathException e) {
            project.close();
            throw Problem.plain(
                    Words.of(
                            "window.bad-path",
                            project.folder().resolve("project.json"),
                            String.valueOf(e.getMessage())),
                    Words.of("window.bad-path.remedy"),
                    e);
        } catch (RuntimeException e) {
            project.close();
            throw e;
        }
    }

    /// The names of the saved masks.
    public static List<String> masksByName(Project project) {
        return project.maskNames().stream()
                .filter(n -> !n.equalsIgnoreCase(CurrentMaskFile.NAME))
                .toList();
    }

    /// The scores with that id; null when they are the latest, are gone or are damaged.
    private static @Nullable ScoreRecord shown(Project project, List<String> scores, @Nullable String id) {
        if (id == null || !scores.contains(id) || id.equals(scores.getLast())) {
            return null;
        }
        try {
            return project.scores(id);
        } catch (Problem damaged) {
            return null; // told when somebody selects them
        }
    }

    private static OpenedProject read(Project project, ProjectView view) {
        List<Problem> problems = new ArrayList<>();
        List<String> scores = project.scoreIds();
        ScoreRecord latest = null;
        try {
            latest = scores.isEmpty() ? null : project.scores(scores.getLast());
        } catch (Problem damaged) {
            problems.add(damaged);
        }
        CurrentMaskFile mask = CurrentMaskFile.of(project);
        if (mask.problem() != null) {
            problems.add(mask.problem());
        }
        HeadNotes notes = read(project::notes, new HeadNotes(1, null), problems);
        List<Head> locked = read(project::locked, List.of(), problems);
        List<HeadGroup> groups = read(() -> HeadGroups.read(project), List.of(), problems);
        List<KeptCurve> curves = read(() -> KeptCurves.read(project), List.of(), problems);
        return new OpenedProject(
                project,
                project.resolved(),
                scores,
                masksByName(project),
                latest,
                view,
                shown(project, scores, view.scores()),
                mask,
                new Heads(notes, locked, groups),
                curves,
                List.copyOf(problems));
    }

    private static <T> T read(Supplier<T> how, T otherwise, List<Problem> problems) {
        try {
            return how.get();
        } catch (Problem damaged) {
            problems.add(damaged);
            return otherwise;
        }
    }
}
