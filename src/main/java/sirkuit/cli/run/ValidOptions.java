package sirkuit.cli.run;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import sirkuit.Problem;
import sirkuit.record.RunConfig;

/// The texts that choose the kept step of a run.
final class ValidOptions {
    @Option(
            names = "--valid",
            paramLabel = "FILE",
            description = "Target texts that choose the kept step (and with --patience, when to stop). Then"
                    + " --target-eval chooses nothing and is measured once.")
    @Nullable
    Path valid;

    @Option(names = "--valid-filter", paramLabel = "COLUMN=VALUE", description = "--filter for --valid only.")
    @Nullable
    String filter;

    @Option(
            names = "--keep-aside",
            paramLabel = "SHARE",
            description = "Without --valid: keep this share of the training texts aside, balanced by label, to choose"
                    + " the kept step (default: 0.2 with --patience, otherwise 0). With 0 and --patience, the texts of"
                    + " --target-eval choose, and the result says so.")
    @Nullable
    Double keepAside;

    /// The share to keep aside; null for none.
    ///
    /// @param chooses whether something is chosen by how good the evaluations are
    @Nullable
    Double share(boolean chooses) {
        if (valid != null) {
            if (keepAside != null && keepAside != 0) {
                throw Problem.of("record.two-valid-splits");
            }
            return null;
        }
        if (keepAside != null) {
            return keepAside == 0 ? null : keepAside;
        }
        return chooses ? (Double) RunConfig.Data.FIFTH : null;
    }
}
