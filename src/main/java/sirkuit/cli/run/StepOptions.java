package sirkuit.cli.run;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import sirkuit.record.Defaults;
import sirkuit.record.RunConfig;

/// Options for the optimizer's steps.
final class StepOptions {
    @Option(
            names = "--accumulate",
            paramLabel = "N",
            defaultValue = "" + Defaults.ACCUMULATE,
            description = "Batches per optimizer step (default: ${DEFAULT-VALUE}).")
    int accumulate = Defaults.ACCUMULATE;

    @Option(
            names = "--weight-decay",
            paramLabel = "X",
            defaultValue = Defaults.WEIGHT_DECAY_TEXT,
            description = "Default: ${DEFAULT-VALUE}.")
    double weightDecay = Defaults.WEIGHT_DECAY;

    @Option(
            names = "--warmup",
            paramLabel = "SHARE",
            defaultValue = Defaults.WARMUP_TEXT,
            description = "Default: ${DEFAULT-VALUE}.")
    double warmup = Defaults.WARMUP;

    @Option(
            names = "--clip",
            paramLabel = "X",
            defaultValue = Defaults.CLIP_TEXT,
            description = "Maximum gradient norm; 0 for no limit (default: 1).")
    double clip = Defaults.CLIP;

    @Option(
            names = "--dropout",
            paramLabel = "X",
            description = "Dropout probability, wherever transformers applies dropout in this family (default: the"
                    + " checkpoint's own).")
    @Nullable
    Double dropout;

    /// @param rate peak learning rate
    /// @throws sirkuit.Problem when a number is out of range
    RunConfig.Optimizer optimizer(double rate) {
        return new RunConfig.Optimizer(rate, weightDecay, warmup, clip);
    }
}
