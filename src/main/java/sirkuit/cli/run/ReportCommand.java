package sirkuit.cli.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.ShellWord;
import sirkuit.cli.shared.CommandEngine;
import sirkuit.cli.shared.Options;
import sirkuit.cli.shared.OutFile;
import sirkuit.project.OutsideSearch;
import sirkuit.project.Project;
import sirkuit.report.Findings;
import sirkuit.report.Inquiry;
import sirkuit.report.Report;
import sirkuit.report.ReportSubject;

/// `sirkuit report PROJECT`.
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a project as one HTML file to send.",
            "It shows heatmaps, the mask, the causal check, runs, sentences gained and lost, limits,"
                    + " and how to reproduce the results. The page needs no network and no script."
        },
        footer = {"", "Example: sirkuit report sample-projects/reviews --out report.html"})
public final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PROJECT", description = "Folder with project.json.")
    Path project = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "FILE.html",
            description = "Default: report.html in the project's folder; - for standard output.")
    @Nullable
    Path out;

    @Option(
            names = "--mask",
            paramLabel = "NAME",
            description = "The mask to report on (default: that of the best run of selected heads).")
    @Nullable
    String mask;

    @Option(
            names = "--files-only",
            description = "Do not use the engine: leave out the causal check and the sentences gained and lost.")
    boolean filesOnly;

    @Mixin
    Options.Outside outside = new Options.Outside();

    @Mixin
    Options.Running running = new Options.Running();

    @Override
    public Integer call() {
        requireProject();
        outside.require(OutsideSearch.ofProject(project));
        try (Project opened = Project.openReadOnly(project)) {
            Path file = out == null ? opened.folder().resolve("report.html") : out;
            OutFile.requireWritable(file);
            ReportSubject subject = ReportSubject.of(opened, mask);
            subject.damaged().forEach(d -> System.err.println("note: left out of the report: " + d.what()));
            OutFile.write(file, Report.of(subject, findings(subject), LocalDate.now()));
            if (OutFile.standard(file)) {
                return 0;
            }
            System.out.println(
                    running.json() ? Json.line(java.util.Map.of("report", file.toString())) : file.toString());
        }
        return 0;
    }

    /// Requires a project. Runs made by the command line need not be in one.
    private void requireProject() {
        Path folder = project.toAbsolutePath().normalize();
        if (!Files.isDirectory(folder) || Files.exists(folder.resolve("project.json")) || !holdsRuns(folder)) {
            return;
        }
        throw Problem.of("cli.runs-without-project", folder, ShellWord.of(project.toString()));
    }

    private static boolean holdsRuns(Path folder) {
        try (Stream<Path> some = Files.walk(folder, 3)) {
            return some.anyMatch(f -> f.endsWith("events.jsonl"));
        } catch (IOException | UncheckedIOException e) {
            return false; // opening it reports what is wrong
        }
    }

    private Findings findings(ReportSubject subject) {
        if (filesOnly) {
            return Findings.NONE;
        }
        try (CommandEngine engine = running.start()) {
            return new Inquiry(engine::run).about(subject);
        }
    }
}
