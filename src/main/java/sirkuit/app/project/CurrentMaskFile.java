package sirkuit.app.project;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.app.look.Words;
import sirkuit.mask.HeadMask;
import sirkuit.project.Project;

/// `masks/current.json`: the mask at the end of the last session, written again whenever it changes. A file that cannot
/// be read is never overwritten: a damaged file is renamed first, and a file of a newer Sirkuit stays. Used in the
/// background only.
public final class CurrentMaskFile {
    static final String NAME = Project.CURRENT_MASK;
    private static final int VERSION = 1;

    private final Project project;
    private final @Nullable HeadMask mask;
    private final @Nullable Problem problem;
    private final boolean newer;
    private boolean inTheWay;

    private CurrentMaskFile(Project project, @Nullable HeadMask mask, @Nullable Problem problem, boolean newer) {
        this.project = project;
        this.mask = mask;
        this.problem = problem;
        this.newer = newer;
        inTheWay = problem != null;
    }

    static CurrentMaskFile of(Project project) {
        if (!Files.exists(file(project))) {
            return new CurrentMaskFile(project, null, null, false);
        }
        try {
            return new CurrentMaskFile(project, project.mask(NAME), null, false);
        } catch (Problem problem) {
            boolean newer = newer(project);
            return new CurrentMaskFile(project, null, newer ? unkept(problem) : problem, newer);
        }
    }

    /// Null if there is no mask, or it cannot be read.
    public @Nullable HeadMask mask() {
        return mask;
    }

    /// Why the mask cannot be read; null if it can.
    @Nullable
    Problem problem() {
        return problem;
    }

    /// Records that the mask is for a model of another shape. Its file is then also renamed before another mask is
    /// written.
    public void doesNotFit() {
        inTheWay = true;
    }

    /// @return the new place of the file that could not be used; null if there was none
    /// @throws Problem when it cannot be written
    public @Nullable Path save(HeadMask now) {
        if (newer) {
            return null;
        }
        Path aside = null;
        if (inTheWay) {
            aside = setAside(file(project));
            inTheWay = false;
        }
        project.saveMask(NAME, now);
        return aside;
    }

    private static @Nullable Path setAside(Path file) {
        Path aside = file.resolveSibling(NAME + ".json.damaged");
        for (int i = 2; Files.exists(aside); i++) {
            aside = file.resolveSibling(NAME + ".json.damaged-" + i);
        }
        try {
            if (!Files.exists(file)) {
                return null;
            }
            Files.move(file, aside);
            return aside;
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(aside, e);
        }
    }

    private static Problem unkept(Problem problem) {
        return problem.withRemedy(Message.plain(Words.of("window.mask.newer")));
    }

    private static boolean newer(Project project) {
        try {
            JsonNode tree = Json.tree(file(project));
            return tree.path("schemaVersion").asInt(VERSION) > VERSION;
        } catch (Problem damaged) {
            return false;
        }
    }

    private static Path file(Project project) {
        return project.folder().resolve("masks").resolve(NAME + ".json");
    }
}
