package sirkuit.run;

import java.util.List;
import java.util.function.UnaryOperator;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;
import sirkuit.record.ScoreRecord;

/// The `sirkuit score` command that computes a project's scores again, for people to copy.
public final class ScoreCommandLine {
    private ScoreCommandLine() {}

    /// @param place how a path is written
    /// @return one option a line
    public static List<String> of(ScoreRecord record, ProjectFile project, UnaryOperator<String> place) {
        DataFile data = project.source().train();
        OptionLines lines = new OptionLines(place);
        lines.path("--checkpoint", project.checkpoint());
        lines.path("--data", data.file());
        lines.columns(data);
        lines.labelMap("--label-map", data);
        lines.unless(null, "--filter", data.filter());
        lines.reading(project.labels(), project.prompt());
        lines.add("--method", record.method().id());
        lines.flag(record.stabilised(), "--stabilised");
        if (record.method().measured()) {
            lines.add("--baseline-examples", record.samples().baselineExamples());
            lines.add("--examples", record.examples());
        }
        lines.add("--max-length", record.samples().maxLength());
        lines.add("--seed", record.samples().seed());
        lines.add("--out", "scores-" + record.method().id() + ".json");
        return lines.lines();
    }
}
