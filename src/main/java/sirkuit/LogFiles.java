package sirkuit;

import java.nio.file.Path;

/// The log files: one of the window and the command line, and one of the engines. Java's crash reports
/// (`hs_err_pid*.log`) are in the same folder.
public final class LogFiles {
    private LogFiles() {}

    /// In the state folder. Only the user can read it.
    public static Path folder() {
        return StateFolder.folder("log");
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
