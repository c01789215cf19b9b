package sirkuit;

import java.nio.file.Path;

/// Where the program logs: a file of the window and the command line, and one of the engines.
public final class LogFiles {
    private LogFiles() {}

    /// Under `SIRKUIT_HOME`, else the user's state folder.
    public static Path folder() {
        String home = System.getenv("SIRKUIT_HOME");
        Path folder = home == null || home.isBlank()
                ? Path.of(System.getProperty("user.home"), ".local", "state", "sirkuit")
                : Path.of(home);
        return folder.resolve("log");
    }

    /// Of the window and the command line.
    public static Path window() {
        return folder().resolve("sirkuit.log");
    }

    /// Of engine processes on this machine.
    public static Path engine() {
        return folder().resolve("engine.log");
    }
}
