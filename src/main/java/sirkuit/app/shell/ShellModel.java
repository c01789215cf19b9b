package sirkuit.app.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Theme;
import sirkuit.app.work.EngineSession;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.project.Project;

/// The window as a whole: which project is open, the theme, what is remembered.
public final class ShellModel implements AutoCloseable {
    private final EngineSession engine;
    private final Notices notices;
    private final Threads threads;
    private final Path configFolder;
    private final ReadOnlyObjectWrapper<Theme> theme;
    private final ReadOnlyObjectWrapper<@Nullable WorkbenchModel> workbench = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper opening = new ReadOnlyStringWrapper("");
    private final ObservableList<Path> recent = FXCollections.observableArrayList();
    private Preferences preferences;
    private Leaving leaving = Leaving.PAUSE;
    private boolean closed;

    /// @param preferences  what was remembered
    /// @param configFolder where it is remembered
    public ShellModel(
            EngineSession engine, Notices notices, Threads threads, Preferences preferences, Path configFolder) {
        this.engine = engine;
        this.notices = notices;
        this.threads = threads;
        this.configFolder = configFolder;
        this.preferences = preferences;
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

    /// What is being opened, in words; empty when nothing is.
    public ReadOnlyStringProperty opening() {
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
        return open != null && open.runs().own();
    }

    /// What becomes of runs that are going on when the window closes.
    public enum Leaving {
        /// Stopped such that they can go on later.
        PAUSE,
        /// They go on in the background; opening the project again shows them.
        KEEP_RUNNING
    }

    /// Closes with the runs paused, unless this says otherwise.
    public void leaving(Leaving how) {
        leaving = how;
    }

    public void open(Path folder) {
        Path place = folder.toAbsolutePath().normalize();
        enter(
                "Opening " + (place.getFileName() == null ? place : place.getFileName()) + "…",
                () -> Project.open(place));
    }

    public void create(NewProjectModel form) {
        enter("Making the project…", form.creation());
    }

    /// Back to the welcome screen.
    public void leave() {
        if (!mayLeave()) {
            return;
        }
        WorkbenchModel open = workbench.get();
        workbench.set(null);
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        WorkbenchModel open = workbench.get();
        if (open != null && busy() && leaving == Leaving.KEEP_RUNNING) {
            engine.detach();
            open.leaveRunning();
            return;
        }
        engine.cancelAll();
        engine.close();
        if (open != null) {
            open.close();
        }
    }

    private void enter(String words, Supplier<Project> how) {
        if (!opening.get().isEmpty() || !mayLeave()) {
            return;
        }
        leave();
        opening.set(words);
        // Behind the closing of the project before, which may be the same one.
        threads.fetch(() -> OpenedProject.of(how), this::entered, problem -> {
            opening.set("");
            notices.tell(problem);
        });
    }

    private void entered(OpenedProject opened) {
        opening.set("");
        Project project = opened.project();
        if (closed) {
            project.close();
            return;
        }
        notices.closeAll();
        Runnable letGo = project::close;
        try {
            WorkbenchModel next = new WorkbenchModel(opened, engine, notices, threads);
            letGo = next::close;
            next.open();
            workbench.set(next);
        } catch (RuntimeException e) {
            letGo.run();
            notices.tell(e);
            return;
        }
        remember(preferences.withRecent(project.folder()));
        recent.setAll(preferences.recentProjects());
    }

    private boolean mayLeave() {
        if (busy()) {
            notices.warn(
                    "A run is still going, and leaving the project would stop it.",
                    "Wait for it, or pause it first (beside Runs, below).");
            return false;
        }
        return true;
    }

    private void remember(Preferences changed) {
        preferences = changed;
        threads.write(() -> changed.write(configFolder), notices::tell);
    }
}
