package sirkuit.cli;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.engine.Quality;
import sirkuit.project.ChosenOn;
import sirkuit.project.RunFolder;
import sirkuit.report.RunStory;

/// `sirkuit runs`.
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the runs below a folder (a project, a study) and how each stands.",
            "That is finished, failed, running, paused, interrupted (its process died) or cancelled. Figures are those of the values that were kept, or of the last",
            "evaluation so far."
        },
        footer = {"", "Example: sirkuit runs my-project"})
final class RunsCommand implements Callable<Integer> {
    private static final int DEPTH = 6;

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
            RunStory o = RunStory.of(new RunFolder(run));
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("run", name.isEmpty() ? run.toString() : name);
            row.put("state", o.state());
            row.put("step", o.step());
            row.put("steps", o.started().steps());
            row.put("target", o.latestTarget());
            row.put("source", o.latestSource());
            row.put("forgetting", o.forgetting(o.latestSource()));
            row.put("why", o.why());
            row.put("chosenOn", chosenOn(run).roles());
            row.put("resumable", new RunFolder(run).resumable());
            rows.add(row);
            if (!output.json) {
                print(String.valueOf(row.get("run")), o);
                String chosen = o.latestTarget() == null ? null : chosenOn(run).sentence();
                if (chosen != null) {
                    System.out.println("    " + chosen);
                }
            }
        }
        if (output.json) {
            System.out.println(Json.line(rows));
        }
        return 0;
    }

    private static void print(String name, RunStory o) {
        Quality target = o.latestTarget();
        Quality source = o.latestSource();
        Double lost = o.forgetting(source);
        System.out.printf(
                Locale.ROOT,
                "%-44s %-11s %11s %9s %9s %10s%n",
                name,
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
            System.out.println("    " + o.why());
        }
    }

    /// Of a run whose settings cannot be read nothing is known.
    private static ChosenOn chosenOn(Path run) {
        try {
            return ChosenOn.of(new RunFolder(run).config());
        } catch (Problem e) {
            return ChosenOn.NEITHER;
        }
    }

    /// Folders with a run's events.
    private List<Path> runs() {
        if (!Files.isDirectory(folder)) {
            throw new Problem(folder + " is no folder.", "Name a project, a study or another folder with runs.");
        }
        try (Stream<Path> all = Files.find(
                folder, DEPTH, (p, a) -> p.endsWith("events.jsonl") && a.isRegularFile(), new FileVisitOption[0])) {
            return all.map(Path::getParent).sorted(Comparator.naturalOrder()).toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new Problem(folder + " could not be read (" + e.getMessage() + ").", "Check its permissions.", e);
        }
    }
}
