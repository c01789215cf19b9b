package sirkuit.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import sirkuit.Json;
import sirkuit.Printable;
import sirkuit.Problem;
import sirkuit.engine.Quality;
import sirkuit.project.RunFolder;
import sirkuit.report.RunStory;

/// `sirkuit runs`.
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the runs below a folder (a project, a study) and how each stands.",
            "That is finished, failed, running, paused, interrupted (its process died), cancelled, or damaged (it cannot be read). Figures are those of the values that were kept, or of the last",
            "evaluation so far."
        },
        footer = {"", "Example: sirkuit runs my-project"})
final class RunsCommand implements Callable<Integer> {
    private static final int DEPTH = 6;
    private static final String DAMAGED = "damaged";

    @Parameters(paramLabel = "FOLDER", description = "A project, a study or any folder with runs below it.")
    Path folder = Path.of("");

    @Mixin
    Options.Output output = new Options.Output();

    @Override
    public Integer call() {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        List<Path> runs = runs();
        if (!output.json) {
            System.out.printf(
                    Locale.ROOT,
                    "%-44s %-11s %11s %9s %9s %10s%n",
                    "run",
                    "state",
                    "step",
                    "target",
                    "source",
                    "forgotten");
        }
        for (Path run : runs) {
            String name =
                    folder.toAbsolutePath().relativize(run.toAbsolutePath()).toString();
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("run", name.isEmpty() ? run.toString() : name);
            rows.add(row);
            RunStory o;
            boolean resumable;
            try {
                new RunFolder(run).requireEvents();
                o = RunStory.of(new RunFolder(run));
                resumable = new RunFolder(run).resumable();
            } catch (Problem damaged) {
                row.put("state", DAMAGED);
                row.put("why", damaged.what());
                if (!output.json) {
                    print(String.valueOf(row.get("run")), damaged);
                }
                continue;
            }
            row.put("state", o.state());
            row.put("step", o.step());
            row.put("steps", o.started().steps());
            row.put("target", o.latestTarget());
            row.put("source", o.latestSource());
            row.put("forgetting", o.forgetting(o.latestSource()));
            row.put("why", o.why());
            row.put("resumable", resumable);
            if (!output.json) {
                print(String.valueOf(row.get("run")), o);
            }
        }
        if (output.json) {
            System.out.println(Json.line(rows));
        }
        return 0;
    }

    private static void print(String name, Problem damaged) {
        System.out.printf(
                Locale.ROOT,
                "%-44s %s%n    %s %s%n",
                Printable.line(name),
                DAMAGED,
                Printable.line(damaged.what()),
                Printable.line(damaged.remedy()));
    }

    private static void print(String name, RunStory o) {
        Quality target = o.latestTarget();
        Quality source = o.latestSource();
        Double lost = o.forgetting(source);
        System.out.printf(
                Locale.ROOT,
                "%-44s %-11s %11s %9s %9s %10s%n",
                Printable.line(name),
                o.state(),
                o.step() + "/" + o.started().steps(),
                o.latestTarget() == null
                        ? ""
                        : String.format(
                                Locale.ROOT, "%.1f %%", 100 * o.latestTarget().accuracy()),
                o.latestSource() == null
                        ? ""
                        : String.format(
                                Locale.ROOT, "%.1f %%", 100 * o.latestSource().accuracy()),
                lost == null ? "" : String.format(Locale.ROOT, "%+.1f", lost));
        if (o.why() != null) {
            System.out.println("    " + Printable.line(String.valueOf(o.why())));
        }
    }

    /// Folders with a run's events.
    private List<Path> runs() {
        if (!Files.isDirectory(folder)) {
            throw new Problem(folder + " is no folder.", "Name a project, a study or another folder with runs.");
        }
        List<Path> runs = new ArrayList<>();
        try {
            Files.walkFileTree(folder, Set.of(), DEPTH, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    // Whatever it is: what cannot be read is told of the run.
                    if (file.endsWith("events.jsonl")) {
                        runs.add(file.getParent());
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    System.err.println("sirkuit: note: " + file + " could not be read; runs in it are not listed.");
                    return FileVisitResult.CONTINUE;
                }
            });
            Collections.sort(runs);
            return runs;
        } catch (IOException e) {
            throw new Problem(folder + " could not be read (" + e.getMessage() + ").", "Check its permissions.", e);
        }
    }
}
