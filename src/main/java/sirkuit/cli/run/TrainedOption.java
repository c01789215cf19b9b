package sirkuit.cli.run;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What to train.
public final class TrainedOption {
    @Option(names = "--mask", paramLabel = "mask.json", description = "Train these heads.")
    @Nullable
    public Path mask;

    @Option(
            names = "--baseline",
            paramLabel = "full|norms|all-heads|biases|top-layers-N",
            description = "Train everything; only the norms; all heads (and the norms); every bias and no weight"
                    + " (BitFit); or everything in the last N layers and after them: final norm, pooler,"
                    + " classifier.")
    @Nullable
    String baseline;

    /// The name of a baseline; null with a mask.
    public @Nullable String baseline() {
        return baseline;
    }
}
