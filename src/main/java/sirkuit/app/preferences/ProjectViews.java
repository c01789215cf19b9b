package sirkuit.app.preferences;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sirkuit.AtomicFile;
import sirkuit.Json;
import sirkuit.Problem;

/// What the windows of projects showed, in `views.json` beside the preferences. It is not in the project's folder,
/// because it says what one person looked at. Nothing here ever fails: without the file, a project opens as a new one.
public final class ProjectViews {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectViews.class);
    private static final int MOST = 20;

    private final Path file;

    private record Kept(@Nullable List<One> projects) {}

    private record One(String folder, ProjectView view) {}

    /// @param config folder of the preferences
    public ProjectViews(Path config) {
        file = config.resolve("views.json");
    }

    /// What the project's window showed; nothing if that is not known.
    public ProjectView of(Path project) {
        return all().stream()
                .filter(one -> one.folder.equals(project.toString()))
                .map(One::view)
                .findFirst()
                .orElse(ProjectView.NONE);
    }

    /// Keeps what the project's window shows. The projects that have not been open for longest are forgotten.
    public void keep(Path project, ProjectView view) {
        List<One> all = new ArrayList<>(all());
        all.removeIf(one -> one.folder.equals(project.toString()));
        all.addFirst(new One(project.toString(), view));
        try {
            AtomicFile.write(file, Json.pretty(new Kept(all.subList(0, Math.min(MOST, all.size())))));
        } catch (Problem e) {
            LOG.info("what the window shows is not kept: {}", e.getMessage());
        }
    }

    private List<One> all() {
        try {
            List<One> all = Files.exists(file) ? Json.read(file, Kept.class).projects() : null;
            return all == null ? List.of() : all;
        } catch (Problem damaged) {
            return List.of();
        }
    }
}
