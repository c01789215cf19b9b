package sirkuit.cli.run;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import sirkuit.Problem;
import sirkuit.cli.shared.OptionRange;
import sirkuit.cli.shared.Options;
import sirkuit.record.Replay;

/// Options for what holds a run near the source: replay and L2-SP.
public final class KeepingOptions {
    @Option(
            names = "--replay",
            paramLabel = "SHARE",
            description = "Learn source texts again: this share of the texts of each step comes from --source-train, in"
                    + " another order in each pass. An epoch is still a pass over --train (default: none).")
    @Nullable
    Double replay;

    @Option(names = "--source-train", paramLabel = "FILE", description = "Source texts for --replay.")
    @Nullable
    Path sourceTrain;

    @Option(
            names = "--source-train-filter",
            paramLabel = "COLUMN=VALUE",
            description = "--filter for --source-train only.")
    @Nullable
    String filter;

    @Option(
            names = "--l2-sp",
            paramLabel = "ALPHA",
            description = "Hold what is trained near its start (L2-SP): adds ALPHA (w - w0) to the gradient before"
                    + " clipping. Weight decay stays as it is; with --weight-decay 0 only L2-SP acts (default: none).")
    @Nullable
    Double l2sp;

    /// α of L2-SP; null for none.
    public @Nullable Double l2sp() {
        return l2sp;
    }

    /// @throws Problem when the share or the texts are missing
    public @Nullable Replay replay(Options.Columns columns, @Nullable String labelMap) {
        if (replay == null && sourceTrain == null) {
            return null;
        }
        if (replay == null || sourceTrain == null) {
            throw Problem.of("cli.replay-needs-both");
        }
        double share = replay;
        Path texts = sourceTrain;
        return OptionRange.of(() -> new Replay(columns.of(texts, filter, labelMap), share));
    }
}
