package sirkuit.proxy;

import java.nio.file.Files;
import java.nio.file.Path;
import sirkuit.AtomicFile;
import sirkuit.Problem;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.tokenizer.TokenizerPlan;
import sirkuit.record.ProxyRecord;
import sirkuit.run.ProxyCard;
import sirkuit.run.ProxyFolder;
import sirkuit.run.RunFolder;
import sirkuit.run.state.Outcomes;
import sirkuit.run.state.RunState;

/// The end of a proxy: the checkpoint of the finished run gets a model card and becomes the folder's own.
public final class ProxyResult {
    private static final String CARD = "README.md";

    private ProxyResult() {}

    /// Continues where it was interrupted.
    ///
    /// @throws Problem when the run has no checkpoint, or the folder cannot be written
    public static void take(ProxyFolder proxy) {
        RunFolder run = proxy.run();
        Path card = run.adapted().resolve(CARD);
        if (Files.isDirectory(run.adapted())
                && !Files.exists(card)
                && !Files.exists(proxy.folder().resolve(CARD))) {
            AtomicFile.write(card, card(run));
        }
        proxy.take();
    }

    private static String card(RunFolder run) {
        Checkpoint adapted = Checkpoint.open(run.adapted());
        RunState state = RunState.of(run);
        return new ProxyCard(
                        run.config(),
                        ProxyRecord.read(run.folder()),
                        Outcomes.of(run, state),
                        Outcomes.keptEpoch(state),
                        state.finalValid(),
                        adapted.digest(),
                        TokenizerPlan.of(adapted).digest())
                .text();
    }
}
