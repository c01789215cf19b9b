package sirkuit.cli.run;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import sirkuit.Problem;
import sirkuit.cli.shared.OptionRange;
import sirkuit.record.Defaults;
import sirkuit.record.RunConfig;

/// Options for the course of a run: schedule, early stopping, saving.
final class CourseOptions {
    @Option(
            names = "--schedule",
            paramLabel = "linear|cosine|constant",
            defaultValue = "linear",
            description = "Learning rate after the warm-up (default: ${DEFAULT-VALUE}).")
    RunConfig.Course.Schedule schedule = RunConfig.Course.Schedule.LINEAR;

    @Option(
            names = "--max-forgetting",
            paramLabel = "X",
            description = "Stop when an evaluation finds more than X points of source accuracy lost, and keep the"
                    + " last step within that limit; with --patience, the best of those steps (default: never).")
    @Nullable
    Double maxForgetting;

    @Option(
            names = "--no-buckets",
            description = "Batch texts in random order, instead of texts of similar length together, which is faster.")
    boolean noBuckets;

    @Option(
            names = "--activation-checkpointing",
            description = "Keep only the input of each layer and compute the layers again in the backward pass: the"
                    + " same results in less memory, but nearly 50 %% more time.")
    boolean activationCheckpointing;

    @Option(
            names = "--save-every",
            paramLabel = "N|Ns",
            defaultValue = Defaults.SAVE_SECONDS + "s",
            description = "Save a resume point every N steps or N seconds, in addition to the one at each evaluation"
                    + " (default: ${DEFAULT-VALUE}).")
    String saveEvery = Defaults.SAVE_SECONDS + "s";

    /// @param sourceWatched whether there are source texts to measure forgetting
    RunConfig.Course course(boolean sourceWatched) {
        if (maxForgetting != null && !sourceWatched) {
            throw Problem.of("cli.forgetting-needs-source");
        }
        if (!saveEvery.matches("\\d{1,9}s?")) {
            throw Problem.of("cli.bad-save-interval", saveEvery);
        }
        boolean seconds = saveEvery.endsWith("s");
        int every = Integer.parseInt(saveEvery.replace("s", ""));
        return OptionRange.of(() -> new RunConfig.Course(
                schedule,
                maxForgetting,
                !noBuckets,
                seconds ? 0 : every,
                seconds ? every : 0,
                activationCheckpointing));
    }
}
