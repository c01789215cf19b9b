package sirkuit.cli.run;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import sirkuit.Problem;
import sirkuit.record.Defaults;
import sirkuit.record.RunConfig;

/// Options for the course of a run that may forget: schedule, early stopping, saving.
final class CourseOptions extends PaceOptions {
    @Option(
            names = "--max-forgetting",
            paramLabel = "X",
            description = "Stop when an evaluation finds more than X points of source accuracy lost, and keep the"
                    + " last step within that limit; with --patience, the best of those steps (default: never).")
    @Nullable
    Double maxForgetting;

    /// @param sourceWatched whether there are source texts to measure forgetting
    RunConfig.Course course(boolean sourceWatched) {
        if (maxForgetting != null && !sourceWatched) {
            throw Problem.of("cli.forgetting-needs-source");
        }
        return course(maxForgetting, Defaults.SAVE_SECONDS);
    }
}
