package sirkuit.cli.run;

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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sirkuit.AccuracyChange;
import sirkuit.Json;
import sirkuit.Printable;
import sirkuit.Problem;
import sirkuit.cli.shared.Options;
import sirkuit.protocol.Points;
import sirkuit.protocol.Quality;
import sirkuit.record.GuessedNames;
import sirkuit.record.RunTexts;
import sirkuit.run.ChosenOn;
import sirkuit.run.RunFolder;
import sirkuit.run.RunGroup;
import sirkuit.run.state.RunState;

/// `sirkuit runs`.
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the runs below a folder (a project, a study) with their status.",
            "A run is finished, failed, running, paused, interrupted (its process died), cancelled, or"
                    + " damaged (it cannot be read).",
            "Figures are those of the kept step, or of the last evaluation so far.",
            "Only runs with the same entry under \"learned\" can be compared. Upper and lower case do not matter."
        },
        footer = {"", "Examples: sirkuit runs my-project", "          sirkuit runs --check my-project"})
public final class RunsCommand implements Callable<Integer> {
    /// From a project to `studies/NAME/runs/TARGET/STRATEGY/RATE/SEED/events.jsonl`.
    private static final int DEPTH = 8;
    private static final String DAMAGED = "damaged";
    private static final String LINE = "%-44s %-11s %11s %9s %9s %10s  %s%n";

    @Parameters(paramLabel = "FOLDER", description = "A project, a study or any folder with runs below it.")
    Path folder = Path.of("");

    @Option(
            names = "--check",
            description =
                    "Also check whether the checkpoint, the tokenizer and the texts of each run are still the same."
                            + " The exit status is 1 if a file has changed or is missing, or a run could not be checked.")
    boolean check;

    @Mixin
    Options.Outside outside = new Options.Outside();

    @Mixin
    Options.Output output = new Options.Output();

    private final TargetSpelling spelling = new TargetSpelling();

    @Override
    public Integer call() {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        GuessedNames names = GuessedNames.byName();
        List<Run> runs = runs().stream().map(place -> Run.of(place, names)).toList();
        List<RunGroup<Run>> groups =
                RunGroup.of(runs.stream().filter(r -> r.damaged == null).toList(), Run::texts);
        if (!output.json) {
            System.out.printf(Locale.ROOT, LINE, "run", "state", "step", "target", "source", "forgotten", "learned");
        }
        RunFiles files = check ? new RunFiles(outside) : null;
        runs.forEach(run -> rows.add(row(run, groups, files)));
        if (!output.json && groups.size() > 1) {
            System.out.println("These runs learned different things, or were measured on different texts: compare only"
                    + " those with the same under \"learned\".");
        }
        if (output.json) {
            System.out.println(Json.line(rows));
        }
        return files == null || files.allSame() ? 0 : 1;
    }

    /// Prints a run, unless JSON is requested.
    ///
    /// @param files null if they are not checked
    private Map<String, @Nullable Object> row(Run one, List<RunGroup<Run>> groups, @Nullable RunFiles files) {
        Path run = one.folder.folder();
        String within = folder.toAbsolutePath().relativize(run.toAbsolutePath()).toString();
        String name = within.isEmpty() ? run.toString() : within;
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("run", name);
        if (one.damaged != null) {
            row.put("state", DAMAGED);
            row.put("why", one.damaged.what());
            if (files != null) {
                files.damaged();
            }
            if (!output.json) {
                print(name, one.damaged);
            }
            return row;
        }
        RunState o = Objects.requireNonNull(one.state);
        String learned = learned(one, groups);
        row.put("learnt", learned);
        row.put("targetName", one.texts.target());
        row.put("sourceName", one.texts.source());
        row.put("state", o.status().id());
        row.put("step", o.step());
        row.put("steps", o.planned());
        row.put("target", o.target());
        row.put("source", o.source());
        Points lost = o.forgetting();
        row.put("forgetting", lost == null ? null : (Double) lost.value());
        row.put("why", o.why());
        row.put("chosenOn", chosenOn(run).roles());
        row.put("resumable", one.folder.resumable());
        RunFiles.Answer answer = files == null ? null : files.of(one.folder, o);
        if (answer != null) {
            row.put("check", answer.row());
        }
        if (!output.json) {
            print(name, learned, o);
            String chosen = o.target() == null ? null : chosenOn(run).sentence();
            if (chosen != null) {
                System.out.println("    " + chosen);
            }
            if (answer != null) {
                answer.print();
            }
        }
        return row;
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

    /// A run with its target.
    ///
    /// @param state   null if it is damaged
    /// @param damaged why it cannot be read; null if it can
    private record Run(
            RunFolder folder,
            @Nullable RunState state,
            RunTexts texts,
            @Nullable Problem damaged) {
        static Run of(Path place, GuessedNames names) {
            RunFolder folder = new RunFolder(place);
            RunTexts settings;
            try {
                settings = RunTexts.of(folder.config(), names);
            } catch (Problem damaged) {
                settings = RunTexts.unknown(place.toString()); // its events may name it
            }
            try {
                folder.requireEvents();
                RunState state = RunState.of(folder);
                return new Run(folder, state, state.texts(settings), null);
            } catch (Problem damaged) {
                return new Run(folder, null, settings, damaged);
            }
        }
    }

    /// The name does not depend on which other runs are listed.
    private String learned(Run run, List<RunGroup<Run>> groups) {
        return groups.stream()
                .filter(g -> g.runs().contains(run))
                .map(g -> g.label(spelling.of(run.folder.folder(), run.texts)))
                .findFirst()
                .orElseThrow();
    }

    private static void print(String name, String learned, RunState o) {
        Quality target = o.target();
        Quality source = o.source();
        Points lost = o.forgetting();
        System.out.printf(
                Locale.ROOT,
                LINE,
                Printable.line(name),
                o.status().id(),
                o.step() + "/" + o.planned(),
                target == null ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * target.accuracy()),
                source == null ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * source.accuracy()),
                lost == null ? "" : AccuracyChange.signed(lost.value()),
                Printable.line(learned));
        if (o.why() != null) {
            System.out.println("    " + Printable.line(String.valueOf(o.why())));
        }
    }

    /// Nothing is known about a run whose settings cannot be read.
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
            throw Problem.of(Files.exists(folder) ? "cli.not-a-folder" : "cli.no-such-folder", folder);
        }
        List<Path> runs = new ArrayList<>();
        try {
            Files.walkFileTree(folder, Set.of(), DEPTH, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    // Any failure: what cannot be read is reported for the run.
                    if (file.endsWith("events.jsonl")) {
                        runs.add(file.getParent());
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    System.err.println("note: " + file + " could not be read; runs in it are not listed.");
                    return FileVisitResult.CONTINUE;
                }
            });
            Collections.sort(runs);
            return runs;
        } catch (IOException e) {
            throw Problem.of(e, "ground.unreadable-file", folder, e.getMessage());
        }
    }
}
