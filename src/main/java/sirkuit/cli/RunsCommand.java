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
import sirkuit.project.GuessedNames;
import sirkuit.project.RunFolder;
import sirkuit.project.RunGroup;
import sirkuit.project.RunTexts;
import sirkuit.report.RunStory;

/// `sirkuit runs`.
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the runs below a folder (a project, a study) and how each stands.",
            "That is finished, failed, running, paused, interrupted (its process died) or cancelled. Figures are those of the values that were kept, or of the last",
            "evaluation so far. Only runs with the same under \"learnt\" can be compared."
        },
        footer = {"", "Example: sirkuit runs my-project"})
final class RunsCommand implements Callable<Integer> {
    private static final int DEPTH = 6;
    private static final String LINE = "%-44s %-11s %11s %9s %9s %10s  %s%n";

    @Parameters(paramLabel = "FOLDER", description = "A project, a study or any folder with runs below it.")
    Path folder = Path.of("");

    @Mixin
    Options.Output output = new Options.Output();

    @Override
    public Integer call() {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        GuessedNames names = GuessedNames.reading();
        List<Run> runs = runs().stream().map(place -> Run.of(place, names)).toList();
        List<RunGroup<Run>> groups = RunGroup.of(runs, Run::texts);
        if (!output.json) {
            System.out.printf(Locale.ROOT, LINE, "run", "state", "step", "target", "source", "forgotten", "learnt");
        }
        for (Run one : runs) {
            Path run = one.folder.folder();
            String name =
                    folder.toAbsolutePath().relativize(run.toAbsolutePath()).toString();
            RunStory o = one.story;
            String learnt = learnt(one, groups);
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("run", name.isEmpty() ? run.toString() : name);
            row.put("learnt", learnt);
            row.put("targetName", one.texts.target());
            row.put("sourceName", one.texts.source());
            row.put("state", o.state());
            row.put("step", o.step());
            row.put("steps", o.started().steps());
            row.put("target", o.latestTarget());
            row.put("source", o.latestSource());
            row.put("forgetting", o.forgetting(o.latestSource()));
            row.put("why", o.why());
            row.put("resumable", new RunFolder(run).resumable());
            rows.add(row);
            if (!output.json) {
                print(String.valueOf(row.get("run")), learnt, o);
            }
        }
        if (!output.json && groups.size() > 1) {
            System.out.println("These runs learnt different things, or were measured on different texts: compare only"
                    + " those with the same under \"learnt\".");
        }
        if (output.json) {
            System.out.println(Json.line(rows));
        }
        return 0;
    }

    /// A run with what it learnt.
    private record Run(RunFolder folder, RunStory story, RunTexts texts) {
        static Run of(Path place, GuessedNames names) {
            RunFolder folder = new RunFolder(place);
            RunStory story = RunStory.of(folder);
            RunTexts settings;
            try {
                settings = RunTexts.of(folder.config(), names);
            } catch (Problem damaged) {
                settings = RunTexts.unknown(place.toString()); // its events may say
            }
            return new Run(folder, story, story.started().texts(settings));
        }
    }

    private static String learnt(Run run, List<RunGroup<Run>> groups) {
        return groups.stream()
                .filter(g -> g.runs().contains(run))
                .map(RunGroup::label)
                .findFirst()
                .orElseThrow();
    }

    private static void print(String name, String learnt, RunStory o) {
        Quality target = o.latestTarget();
        Quality source = o.latestSource();
        Double lost = o.forgetting(source);
        System.out.printf(
                Locale.ROOT,
                LINE,
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
                lost == null ? "" : String.format(Locale.ROOT, "%+.1f", lost),
                learnt);
        if (o.why() != null) {
            System.out.println("    " + o.why());
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
