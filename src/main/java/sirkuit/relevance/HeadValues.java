package sirkuit.relevance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;

/// Values of all heads on many texts. Batches of texts of similar length run side by side. A batch that does not fit
/// into memory is halved.
///
/// @param batch maximum number of texts that one lane computes together
/// @param held  how many times a layer's activations are in memory at once
record HeadValues(ProxyModel model, int batch, int held) {
    /// Batches that a lane does before it waits for the others.
    private static final int PIECES = 4;

    /// Computes one batch, on a lane.
    @FunctionalInterface
    interface Work {
        /// @return [L H][texts]
        float[][] values(LabelledTokens some);
    }

    /// Receives the values of some texts.
    @FunctionalInterface
    interface Sink {
        /// @param texts  indices
        /// @param values [L H][texts]
        void take(List<Integer> texts, float[][] values);
    }

    private record Done(List<Integer> texts, float[][] values) {}

    /// @param sink gets the values in the order of the texts' lengths, on the calling thread
    void of(LabelledTokens texts, Work work, Sink sink) {
        int lanes = model.lanes().count();
        int together = model.memory().fitting(batch * lanes, model.spec().activationBytes(texts.longest(), held));
        int most = Math.ceilDiv(together, lanes);
        model.memory().portions(texts.byLength(PIECES * together), block -> {
            List<Callable<Done>> pieces = new ArrayList<>();
            int each = Math.min(most, Math.ceilDiv(block.size(), lanes));
            for (int from = 0; from < block.size(); from += each) {
                List<Integer> some = block.subList(from, Math.min(from + each, block.size()));
                pieces.add(() -> new Done(some, work.values(texts.select(some))));
            }
            model.lanes().run(pieces, done -> sink.take(done.texts, done.values));
        });
    }
}
