package sirkuit.app.shell;

import java.nio.file.Path;
import javafx.application.Application;
import org.jspecify.annotations.Nullable;
import sirkuit.NativeFolder;
import sirkuit.Problem;

/// Opens the window, and returns when it has been closed. It is separate from [Application], because a start from the
/// class path needs that.
public final class WindowLauncher {
    private WindowLauncher() {}

    /// @param project folder of the project to open; null for the welcome screen
    /// @throws Problem when there is no display to open a window on
    public static void launch(@Nullable Path project) {
        // The chart library measures with java.awt, which must not start its own toolkit beside JavaFX.
        System.setProperty("java.awt.headless", "true");
        NativeFolder.prepare(); // for what JavaFX itself unpacks
        String[] arguments = project == null ? new String[0] : new String[] {project.toString()};
        try {
            Application.launch(SirkuitApp.class, arguments);
        } catch (UnsupportedOperationException | UnsatisfiedLinkError e) {
            // What JavaFX throws without a display, or without the system's window libraries.
            throw Problem.of(e, "app.shell.no-window", e.getMessage());
        }
    }

    /// Saves pictures of the window with a project, drawn without a display, as `window-1.png` and `window-2.png`
    /// in the two themes. This works once in a process, which can then open no other window.
    ///
    /// @param config the folder for the window's preferences meanwhile
    /// @throws Problem when it cannot be drawn here
    public static void portray(Path project, Path folder, Path config) {
        System.setProperty("glass.platform", "Headless");
        System.setProperty("prism.order", "sw");
        System.setProperty("sirkuit.config", config.toString());
        System.setProperty(WindowPictures.PROPERTY, folder.toString());
        launch(project);
    }
}
