package sirkuit.app.shell;

import java.nio.file.Path;
import javafx.application.Application;
import org.jspecify.annotations.Nullable;

/// Opens the window; returns when it has been closed. Outside [Application] because a class path start needs that.
public final class WindowLauncher {
    private WindowLauncher() {}

    /// @param project folder of the project to open; null for the welcome screen
    public static void launch(@Nullable Path project) {
        // The chart library measures with java.awt, which must not start a toolkit of its own beside JavaFX.
        System.setProperty("java.awt.headless", "true");
        String[] arguments = project == null ? new String[0] : new String[] {project.toString()};
        Application.launch(SirkuitApp.class, arguments);
    }
}
