package sirkuit.app.session;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import sirkuit.app.action.Actions;
import sirkuit.app.action.PaletteModel;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.preferences.Arrangement;
import sirkuit.app.preferences.Preferences;
import sirkuit.app.preferences.ProjectView;
import sirkuit.app.preferences.ProjectViews;
import sirkuit.app.project.FetchModel;
import sirkuit.app.project.NewProjectModel;
import sirkuit.app.project.OpenedProject;
import sirkuit.app.project.SampleFolder;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.app.work.WindowEngine;
import sirkuit.app.workbench.WorkbenchModel;
import sirkuit.mask.HeadMask;
import sirkuit.project.OutsideSearch;
import sirkuit.project.Project;
import sirkuit.project.ProjectCopy;
import sirkuit.record.OutsideFiles;
import sirkuit.record.Paths;

/// The window as a whole: which project is open, the theme, the preferences.
public final class ShellModel implements AutoCloseable {
    private final WindowEngine engine;
    private final Notices notices;
    private final Threads threads;
    private final Path configFolder;
    private final ReadOnlyObjectWrapper<Theme> theme;
    private final ReadOnlyObjectWrapper<@Nullable WorkbenchModel> workbench = new ReadOnlyObjectWrapper<>();
    private Predicate<OutsideFiles> mayRead = files -> false;
    private final ReadOnlyStringWrapper opening = new ReadOnlyStringWrapper("");
    private final ObservableList<Path> recent = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Preferences> preferences;
    private final ReadOnlyObjectWrapper<NewProjectModel> form;
    private final Actions actions = new Actions();
    private final PaletteModel palette;
    private final Arrangement arrangement;
    private final ProjectViews views;
    private final FetchModel fetch;
    private final ReportModel report;
    private final Set<Path> cutOff = new HashSet<>();
    private Subscription projectActions = Subscription.EMPTY;
    private Supplier<@Nullable Leaving> question = () -> null;
    private Consumer<@Nullable Path> opened = folder -> {};
    private Leaving leaving = Leaving.PAUSE;
    private boolean systemDark;
    private boolean closed;

    /// @param preferences  the saved preferences
    /// @param configFolder the folder they are saved in
    public ShellModel(
            WindowEngine engine, Notices notices, Threads threads, Preferences preferences, Path configFolder) {
        this.engine = engine;
        form = new ReadOnlyObjectWrapper<>(new NewProjectModel(engine));
        this.notices = notices;
        this.threads = threads;
        this.configFolder = configFolder;
        views = new ProjectViews(configFolder);
        this.preferences = new ReadOnlyObjectWrapper<>(preferences);
        palette = new PaletteModel(
                actions,
                preferences.recentActions() == null ? List.of() : preferences.recentActions(),
                ids -> remember(this.preferences.get().withRecentActions(ids)));
        arrangement = new Arrangement(
                preferences.arranged(),
                layout -> remember(this.preferences.get().withLayout(layout)));
        fetch = new FetchModel(threads.window(), notices, System.getenv(), preferences.hub());
        fetch.hub()
                .subscribe((was, hub) -> remember(this.preferences.get().withHub(hub.isBlank() ? null : hub.strip())));
        report = new ReportModel(engine, notices, threads);
        theme = new ReadOnlyObjectWrapper<>(themeBy(preferences));
        recent.setAll(preferences.recentProjects());
    }

    public WindowEngine engine() {
        return engine;
    }

    public Notices notices() {
        return notices;
    }

    public ReadOnlyObjectProperty<Theme> theme() {
        return theme.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Preferences> preferences() {
        return preferences.getReadOnlyProperty();
    }

    /// All current actions: of the window, and of the open project.
    public Actions actions() {
        return actions;
    }

    public Arrangement arrangement() {
        return arrangement;
    }

    public PaletteModel palette() {
        return palette;
    }

    /// The form for a new project. Its content stays until the project has been created or the form is cleared.
    public ReadOnlyObjectProperty<NewProjectModel> form() {
        return form.getReadOnlyProperty();
    }

    /// Clears the form, unless it has been replaced.
    public void clear(NewProjectModel filled) {
        if (form.get() == filled) {
            form.set(new NewProjectModel(engine));
        }
    }

    /// Opens the user's own copy of a sample project.
    public void openSample(String name) {
        threads.fetch(() -> SampleFolder.find(name).working(null), this::open, notices::tell);
    }

    /// Writes the open project as one page.
    ///
    /// @param shows opens the file in the browser
    public void report(Consumer<Path> shows) {
        WorkbenchModel open = workbench.get();
        if (open != null) {
            report.write(open.project(), shows);
        }
    }

    /// The checkpoint that is being fetched from a hub, if any.
    public FetchModel fetch() {
        return fetch;
    }

    /// Sets whether the system uses dark colours, for users whose theme follows the system.
    public void systemDark(boolean dark) {
        systemDark = dark;
        theme.set(themeBy(preferences.get()));
    }

    /// Sets how to ask what happens to runs in progress when their project is left; null means stay. Until this is
    /// set, a project with a run cannot be left.
    public void askHowToLeave(Supplier<@Nullable Leaving> how) {
        question = how;
    }

    /// Sets how to ask whether a project from elsewhere may read files outside its folder. Until this is set, none
    /// may.
    public void askMayRead(Predicate<OutsideFiles> how) {
        mayRead = how;
    }

    /// @param told receives the folder of each project that is opened, and null when none is open any more
    public void onOpened(Consumer<@Nullable Path> told) {
        opened = told;
    }

    /// Names the projects that were open when the program was not closed properly. When one is opened, a notice
    /// says what was recovered.
    public void wereCutOff(Collection<Path> folders) {
        cutOff.addAll(folders);
    }

    /// The open project; null on the welcome screen.
    public ReadOnlyObjectProperty<@Nullable WorkbenchModel> workbench() {
        return workbench.getReadOnlyProperty();
    }

    /// What is being opened, in words; empty when nothing is.
    public ReadOnlyStringProperty opening() {
        return opening.getReadOnlyProperty();
    }

    /// Recently opened projects, latest first.
    public List<Path> recent() {
        return List.copyOf(recent);
    }

    public void toggleTheme() {
        change(preferences.get().withTheme(theme.get().other()));
    }

    /// Makes texts larger or smaller; 0 for normal size.
    public void zoom(int percent) {
        int size = percent == 0 ? Preferences.SMALLEST_TEXT : preferences.get().textSize() + percent;
        change(preferences.get().withText(Math.clamp(size, Preferences.SMALLEST_TEXT, Preferences.LARGEST_TEXT)));
    }

    /// Applies other preferences and saves them. Another engine command takes effect at once, unless a run is in
    /// progress.
    public void change(Preferences wanted) {
        Preferences before = preferences.get();
        remember(wanted);
        theme.set(themeBy(wanted));
        if (!before.engine().equals(wanted.engine())) {
            if (busy()) {
                notices.inform(Words.of("shell.engine-later"), Words.of("shell.engine-later.remedy"));
            } else {
                engine.restart();
            }
        }
        if (!Objects.equals(before.language(), wanted.language())) {
            notices.inform(Words.of("shell.language-later"), Words.of("shell.language-later.remedy"));
        }
    }

    private Theme themeBy(Preferences wanted) {
        Theme chosen = wanted.theme();
        return chosen != null ? chosen : systemDark ? Theme.DARK : Theme.LIGHT;
    }

    /// Whether leaving the project would stop a run.
    public boolean busy() {
        WorkbenchModel open = workbench.get();
        return open != null && open.runs().own();
    }

    /// What happens to runs in progress when the window closes.
    public enum Leaving {
        /// Paused, so that they can be resumed later.
        PAUSE,
        /// They continue in the background. Opening the project again shows them.
        KEEP_RUNNING
    }

    /// Sets how to close. Without this, runs are paused.
    public void leaving(Leaving how) {
        leaving = how;
    }

    public void open(Path folder) {
        Path place = folder.toAbsolutePath().normalize();
        enterAsking(place, () -> Project.open(place));
    }

    /// Opens a project without its lock, so that it cannot be written.
    public void openReadOnly(Path folder) {
        Path place = folder.toAbsolutePath().normalize();
        enterAsking(place, () -> Project.openReadOnly(place));
    }

    /// Asks first: nothing outside of a stranger's project is read before the user has agreed.
    private void enterAsking(Path place, Supplier<Project> how) {
        if (!opening.get().isEmpty()) {
            return;
        }
        String words = Words.of("shell.opening", name(place));
        opening.set(words);
        threads.fetch(
                () -> OutsideSearch.ofProject(place),
                outside -> {
                    opening.set("");
                    if (closed) {
                        return;
                    }
                    if (outside.isEmpty()) {
                        enter(words, place, how, this::entered);
                    } else if (mayRead.test(outside)) {
                        enter(
                                words,
                                place,
                                () -> {
                                    OutsideSearch.agree(outside);
                                    return how.get();
                                },
                                this::entered);
                    } else {
                        notices.warn(
                                Words.of("shell.outside", place.toString(), outside.named()),
                                Words.of("shell.outside.remedy"));
                    }
                },
                problem -> {
                    opening.set("");
                    notices.tell(problem);
                });
    }

    /// Copies the open project's folder. The original stays open.
    public void saveCopy(String name, Path place) {
        WorkbenchModel open = workbench.get();
        if (open != null) {
            threads.fetch(
                    () -> {
                        ProjectCopy.make(open.project(), name, place);
                        return place;
                    },
                    made -> notices.inform(Words.of("shell.copied", made.toString()), Words.of("shell.copied.remedy")),
                    notices::tell);
        }
    }

    private static String name(Path place) {
        return String.valueOf(place.getFileName() == null ? place : place.getFileName());
    }

    public void create(NewProjectModel form) {
        enter(Words.of("shell.making"), null, form.creation(), made -> {
            clear(form);
            entered(made);
        });
    }

    /// Back to the welcome screen.
    public void leave() {
        if (mayLeave()) {
            left();
        }
    }

    /// Leaves the open project, in the way that the user chose for a run in progress.
    private void left() {
        WorkbenchModel open = workbench.get();
        boolean running = busy();
        workbench.set(null);
        projectActions.unsubscribe();
        projectActions = Subscription.EMPTY;
        opened.accept(null);
        if (open == null) {
            return;
        }
        notices.closeAll(); // they belong to that project
        if (running && leaving == Leaving.KEEP_RUNNING) {
            open.leaveRunning();
            engine.renew();
        } else if (running) {
            open.leavePaused();
        } else {
            open.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        fetch.cancel();
        WorkbenchModel open = workbench.get();
        if (open != null && busy() && leaving == Leaving.KEEP_RUNNING) {
            engine.detach();
            open.leaveRunning();
            return;
        }
        engine.close();
        if (open != null) {
            open.close();
        }
    }

    /// Opens another project. The open one stays until the other has been opened. Only if it is the same folder, it
    /// is left first.
    ///
    /// @param place folder of the other project; null if it has yet to be created
    /// @param then  shows it
    private void enter(String words, @Nullable Path place, Supplier<Project> how, Consumer<OpenedProject> then) {
        if (!opening.get().isEmpty() || !mayLeave()) {
            return;
        }
        WorkbenchModel open = workbench.get();
        if (open != null && place != null && same(open.project().folder(), place)) {
            left();
        }
        opening.set(words);
        // After the previous project, which may be the same one, has been closed.
        threads.fetch(() -> OpenedProject.of(how, views::of), then, problem -> {
            opening.set("");
            notices.tell(problem);
        });
    }

    private static boolean same(Path open, Path place) {
        Path folder = place.endsWith("project.json") ? Paths.parent(place) : place;
        return Paths.real(open).equals(Paths.real(folder));
    }

    private void entered(OpenedProject opened) {
        opening.set("");
        Project project = opened.project();
        if (closed) {
            project.close();
            return;
        }
        left();
        notices.closeAll();
        Runnable letGo = project::close;
        try {
            WorkbenchModel next = new WorkbenchModel(opened, engine, notices, threads);
            letGo = next::close;
            next.open();
            projectActions = actions.include(next.actions());
            workbench.set(next);
            remember(next);
            this.opened.accept(project.folder());
        } catch (RuntimeException e) {
            letGo.run();
            notices.tell(e);
            return;
        }
        remember(preferences.get().withRecent(project.folder()));
        recent.setAll(preferences.get().recentProjects());
        if (cutOff.remove(project.folder())) {
            // After its runs have been read.
            threads.fetch(project::runs, runs -> tellRecovered(runs.size()), notices::tell);
        }
    }

    /// Keeps what the project's window shows, whenever that changes. Only the latest of many quick changes is written.
    private void remember(WorkbenchModel open) {
        Path folder = open.project().folder();
        AtomicReference<@Nullable ProjectView> unsaved = new AtomicReference<>();
        open.lastView().follow(view -> {
            if (unsaved.getAndSet(view) == null) {
                threads.write(() -> views.keep(folder, Objects.requireNonNull(unsaved.getAndSet(null))), notices::tell);
            }
        });
    }

    private void tellRecovered(int runs) {
        WorkbenchModel open = workbench.get();
        if (open != null) {
            HeadMask mask = open.mask().mask().get();
            long resumable = open.runs().runs().stream()
                    .filter(r -> r.status().get().resumable())
                    .count();
            notices.warn(
                    Words.of(
                            "shell.recovered",
                            Numbers.count(open.scores().size()),
                            Numbers.count(mask == null ? 0 : mask.size()),
                            Numbers.count(runs)),
                    resumable == 0
                            ? Words.of("shell.recovered.nothing-lost")
                            : Words.of("shell.recovered.resume", Numbers.count(resumable)));
        }
    }

    private boolean mayLeave() {
        Leaving answer = busy() ? question.get() : leaving;
        if (answer != null) {
            leaving = answer;
            return true;
        }
        if (busy()) {
            notices.warn(Words.of("window.busy"), Words.of("window.busy.remedy"));
            return false;
        }
        return true;
    }

    private void remember(Preferences changed) {
        preferences.set(changed);
        threads.write(() -> changed.write(configFolder), notices::tell);
    }
}
