package sirkuit.cli.run;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import sirkuit.Problem;
import sirkuit.cli.shared.OptionRange;
import sirkuit.record.Defaults;
import sirkuit.record.RunConfig;

/// Options for the course of any run: schedule, batches, saving.
class PaceOptions {
    @Option(
            names = "--schedule",
            paramLabel = "linear|cosine|constant",
            defaultValue = "linear",
            description = "Learning rate after the warm-up (default: ${DEFAULT-VALUE}).")
    RunConfig.Course.Schedule schedule = RunConfig.Course.Schedule.LINEAR;

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

    /// @param maxForgetting source accuracy that may be lost; null for no limit
    RunConfig.Course course(@Nullable Double maxForgetting) {
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
