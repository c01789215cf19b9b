package sirkuit.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import sirkuit.Problem;

/// `sirkuit open PROJECT`.
@Command(
        name = "open",
        mixinStandardHelpOptions = true,
        description = "Opens a project in the window.",
        footer = {"", "Example: sirkuit open ~/Sirkuit/minangkabau"})
final class OpenCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "PROJECT",
            description = "Folder with project.json, or that file itself; without one, the last project.")
    @Nullable
    Path project;

    @Override
    public Integer call() {
        Path project = folder();
        if (project == null) {
            return window(null);
        }
        if (!Files.isDirectory(project)) {
            throw Problem.of(Files.exists(project) ? "cli.project-not-folder" : "cli.no-project-folder", project);
        }
        return window(project);
    }

    /// The project folder. A file manager passes the file.
    private @Nullable Path folder() {
        return project != null && project.endsWith("project.json") && Files.isRegularFile(project)
                ? project.toAbsolutePath().getParent()
                : project;
    }

    /// @param project null for the welcome screen
    static int window(@Nullable Path project) {
        sirkuit.app.shell.WindowLauncher.launch(project);
        return 0;
    }
}
