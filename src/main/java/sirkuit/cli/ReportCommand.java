package sirkuit.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sirkuit.Json;
import sirkuit.project.OutsideSearch;
import sirkuit.project.Project;
import sirkuit.report.Findings;
import sirkuit.report.Inquiry;
import sirkuit.report.Report;
import sirkuit.report.Subject;

/// `sirkuit report PROJECT`.
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a project as one HTML file to send.",
            "Heatmaps, mask, causal check, runs, sentences gained and lost, limits, and how to do it again; the page needs no"
                    + " network and no script."
        },
        footer = {"", "Example: sirkuit report sample-projects/reviews --out report.html"})
final class ReportCommand implements Callable<Integer> {
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
            description = "The mask in question (default: that of the best run of chosen heads).")
    @Nullable
    String mask;

    @Option(
            names = "--files-only",
            description = "Ask the engine nothing: no causal check, no sentences gained and lost.")
    boolean filesOnly;

    @Mixin
    Options.Outside outside = new Options.Outside();

    @Mixin
    Options.Device device = new Options.Device();

    @Mixin
    Options.Output output = new Options.Output();

    @Override
    public Integer call() {
        outside.require(OutsideSearch.ofProject(project));
        try (Project opened = Project.openReadOnly(project)) {
            Path file = out == null ? opened.folder().resolve("report.html") : out;
            OutFile.requireWritable(file);
            Subject subject = Subject.of(opened, mask);
            subject.damaged().forEach(d -> System.err.println("note: left out of the report: " + d.what()));
            OutFile.write(file, Report.of(subject, findings(subject), LocalDate.now()));
            if (OutFile.standard(file)) {
                return 0;
            }
            System.out.println(output.json ? Json.line(java.util.Map.of("report", file.toString())) : file.toString());
        }
        return 0;
    }

    private Findings findings(Subject subject) {
        if (filesOnly) {
            return Findings.NONE;
        }
        try (EngineSession engine = new EngineSession(device.engine())) {
            return new Inquiry(engine::run).about(subject);
        }
    }
}
