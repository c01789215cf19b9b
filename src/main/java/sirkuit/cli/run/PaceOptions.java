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
            description = "Save a resume point every N steps or N seconds, in addition to the one at each evaluation"
                    + " (default: " + Defaults.SAVE_SECONDS + "s; " + Defaults.PROXY_SAVE_SECONDS
                    + "s for a proxy, whose resume points are large).")
    @Nullable
    String saveEvery;

    /// @param maxForgetting source accuracy that may be lost; null for no limit
    /// @param saveSeconds   between resume points, if nothing is said
    RunConfig.Course course(@Nullable Double maxForgetting, int saveSeconds) {
        String interval = saveEvery == null ? saveSeconds + "s" : saveEvery;
        if (!interval.matches("\\d{1,9}s?")) {
            throw Problem.of("cli.bad-save-interval", interval);
        }
        boolean seconds = interval.endsWith("s");
        int every = Integer.parseInt(interval.replace("s", ""));
        return OptionRange.of(() -> new RunConfig.Course(
                schedule,
                maxForgetting,
                !noBuckets,
                seconds ? 0 : every,
                seconds ? every : 0,
                activationCheckpointing));
    }
}
