package sirkuit.app.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.app.look.Theme;
import sirkuit.app.work.EngineSession;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.project.Project;
import sirkuit.project.ProjectFile;

/// The window as a whole: which project is open, the theme, what is remembered.
public final class ShellModel implements AutoCloseable {
    private final EngineSession engine;
    private final Notices notices;
    private final Threads threads;
    private final Path configFolder;
    private final ReadOnlyObjectWrapper<Theme> theme;
    private final ReadOnlyObjectWrapper<@Nullable WorkbenchModel> workbench = new ReadOnlyObjectWrapper<>();
    private final ObservableList<Path> recent = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper opening = new ReadOnlyBooleanWrapper();
    private Preferences preferences;
    private boolean warnedOfClosing;
    private long turn;

    public ShellModel(EngineSession engine, Notices notices, Threads threads, Path configFolder) {
        this.engine = engine;
        this.notices = notices;
        this.threads = threads;
        this.configFolder = configFolder;
        preferences = Preferences.read(configFolder);
        theme = new ReadOnlyObjectWrapper<>(preferences.themeOrLight());
        recent.setAll(preferences.recentProjects());
    }

    public EngineSession engine() {
        return engine;
    }

    public Notices notices() {
        return notices;
    }

    public ReadOnlyObjectProperty<Theme> theme() {
        return theme.getReadOnlyProperty();
    }

    /// The open project; null on the welcome screen.
    public ReadOnlyObjectProperty<@Nullable WorkbenchModel> workbench() {
        return workbench.getReadOnlyProperty();
    }

    /// Whether a project is being read.
    public ReadOnlyBooleanProperty opening() {
        return opening.getReadOnlyProperty();
    }

    /// Projects opened lately, latest first.
    public List<Path> recent() {
        return List.copyOf(recent);
    }

    public void toggleTheme() {
        theme.set(theme.get().other());
        remember(preferences.withTheme(theme.get()));
    }

    /// Whether a run would be stopped by leaving the project.
    public boolean busy() {
        WorkbenchModel open = workbench.get();
        return open != null && open.runs().running().get();
    }

    /// Whether the window may close. While a run is going it takes a second try, because closing stops the run.
    public boolean mayClose() {
        if (!busy() || warnedOfClosing) {
            return true;
        }
        warnedOfClosing = true;
        notices.warn(
                "A run is still going, and closing the window stops it.",
                "Close the window once more to stop it; what it has written so far is kept.");
        return false;
    }

    public void open(Path folder) {
        open(folder.toString());
    }

    /// @param folder as it was typed
    public void open(String folder) {
        enter(() -> Project.open(Path.of(folder)));
    }

    public void create(NewProjectModel form) {
        ProjectFile content = form.content();
        String place = form.location().get().strip();
        enter(() -> Project.create(Path.of(place), content));
    }

    /// Back to the welcome screen.
    public void leave() {
        if (!mayLeave()) {
            return;
        }
        turn++;
        opening.set(false);
        WorkbenchModel open = workbench.get();
        workbench.set(null);
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() {
        WorkbenchModel open = workbench.get();
        if (open != null) {
            open.close();
        }
        engine.close();
    }

    private record Opened(Project project, WorkbenchModel.Contents contents) {}

    /// Reads the project in the background, after whatever the one before still has to write.
    private void enter(Supplier<Project> how) {
        if (!mayLeave()) {
            return;
        }
        leave();
        opening.set(true);
        long mine = turn;
        threads.fetch(() -> read(how), opened -> entered(mine, opened), error -> {
            if (mine == turn) {
                opening.set(false);
            }
            notices.tell(error);
        });
    }

    private static Opened read(Supplier<Project> how) {
        Project project = how.get();
        try {
            return new Opened(project, WorkbenchModel.Contents.of(project));
        } catch (RuntimeException e) {
            project.close();
            throw e;
        }
    }

    private void entered(long mine, Opened opened) {
        if (mine != turn) { // another was asked for meanwhile
            threads.background().execute(opened.project()::close);
            return;
        }
        opening.set(false);
        notices.closeAll();
        WorkbenchModel next = new WorkbenchModel(opened.project(), engine, notices, threads);
        try {
            next.open(opened.contents());
        } catch (RuntimeException e) {
            next.close();
            notices.tell(e);
            return;
        }
        workbench.set(next);
        next.runs().running().subscribe(now -> warnedOfClosing = now && warnedOfClosing);
        remember(preferences.withRecent(opened.project().folder()));
        recent.setAll(preferences.recentProjects());
    }

    private boolean mayLeave() {
        if (busy()) {
            notices.warn(
                    "A run is still going, and leaving the project would stop it.",
                    "Wait for it, or stop it with Cancel in the status bar first.");
            return false;
        }
        return true;
    }

    private void remember(Preferences changed) {
        preferences = changed;
        threads.background().execute(() -> {
            try {
                changed.write(configFolder);
            } catch (Problem problem) {
                threads.window().execute(() -> notices.tell(problem));
            }
        });
    }
}
