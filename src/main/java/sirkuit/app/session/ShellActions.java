package sirkuit.app.session;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javafx.beans.value.ObservableValue;
import sirkuit.app.action.Action;
import sirkuit.app.action.Action.Place;
import sirkuit.app.look.Words;
import sirkuit.app.workbench.WorkbenchModel;

/// Actions that do not depend on the open project: projects, settings, help.
public final class ShellActions {
    private static final int ZOOM = 10;

    private ShellActions() {}

    /// What only a window can do.
    public interface Deeds {
        /// Lets the user choose a project's folder.
        void openProject(boolean readOnly);

        /// Asks which checkpoint to fetch from a hub.
        void fetchCheckpoint();

        /// Asks where a copy of the project should go.
        void saveCopy();

        /// Writes the project as one page and opens it.
        void report();

        /// Shows a folder in the system's own file browser.
        void reveal(Path folder);

        void palette();

        void preferences();

        void engine();

        /// Shows the list of jobs.
        void jobs();

        void log();

        void about();

        /// Shows the open project to an audience.
        void present();

        void closeWindow();
    }

    public static List<Action> of(ShellModel model, Deeds deeds) {
        ObservableValue<Boolean> open = model.workbench().isNotNull();
        ObservableValue<Boolean> stopped =
                model.engine().state().map(s -> s instanceof sirkuit.app.work.EngineState.Stopped);
        return List.of(
                Action.of(Place.PROJECT, "new-project", model::leave)
                        .on("Shortcut+N")
                        .when(open),
                Action.of(Place.PROJECT, "open-project", () -> deeds.openProject(false))
                        .on("Shortcut+O"),
                Action.of(Place.PROJECT, "open-read-only", () -> deeds.openProject(true)),
                Action.of(Place.PROJECT, "fetch", deeds::fetchCheckpoint).on("Shortcut+Shift+F"),
                Action.of(Place.PROJECT, "save-copy", deeds::saveCopy)
                        .on("Shortcut+Shift+S")
                        .when(open),
                Action.of(Place.PROJECT, "report", deeds::report)
                        .on("Shortcut+Shift+P")
                        .when(open),
                Action.of(Place.PROJECT, "reveal", () -> {
                            WorkbenchModel project = model.workbench().get();
                            if (project != null) {
                                deeds.reveal(project.project().folder());
                            }
                        })
                        .when(open),
                Action.of(Place.PROJECT, "close-project", model::leave)
                        .on("Shortcut+W")
                        .when(open),
                Action.of(Place.PROJECT, "quit", deeds::closeWindow).on("Shortcut+Q"),
                Action.of(Place.WORK, "cancel", () -> model.engine().cancelCurrent())
                        .on("Shortcut+Period")
                        .when(model.engine().current().isNotNull()),
                Action.of(Place.WORK, "start-engine", () -> model.engine().start())
                        .when(stopped),
                Action.of(Place.WORK, "jobs", deeds::jobs).on("Shortcut+J"),
                Action.of(Place.WORK, "engine", deeds::engine),
                Action.of(Place.VIEW, "palette", deeds::palette).on("Shortcut+K"),
                Action.of(Place.VIEW, "present", deeds::present).on("F5").when(open),
                Action.of(Place.VIEW, "theme", model::toggleTheme),
                Action.of(Place.VIEW, "text-larger", () -> model.zoom(ZOOM)).on("Shortcut+Plus"),
                Action.of(Place.VIEW, "text-smaller", () -> model.zoom(-ZOOM)).on("Shortcut+Minus"),
                Action.of(Place.VIEW, "text-normal", () -> model.zoom(0)).on("Shortcut+0"),
                Action.of(Place.VIEW, "steps", () -> model.arrangement().toggleSteps())
                        .when(open),
                Action.of(Place.VIEW, "preferences", deeds::preferences).on("Shortcut+Comma"),
                Action.of(Place.HELP, "log", deeds::log).on("Shortcut+L"),
                Action.of(Place.HELP, "about", deeds::about).on("F1"));
    }

    /// Actions that open each of the recent projects, except the one that is open.
    public static List<Action> recent(ShellModel model) {
        WorkbenchModel open = model.workbench().get();
        Stream<Path> others = model.recent().stream()
                .filter(p -> open == null || !p.equals(open.project().folder()));
        return others.map(p -> new Action(
                        RECENT + p,
                        Words.of("shell.recent", String.valueOf(p.getFileName()), String.valueOf(p.getParent())),
                        Place.PROJECT,
                        null,
                        model.opening().isEmpty(),
                        () -> model.open(p)))
                .toList();
    }

    /// The beginning of their ids.
    public static final String RECENT = "recent:";
}
