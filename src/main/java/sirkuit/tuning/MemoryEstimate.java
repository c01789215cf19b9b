package sirkuit.tuning;

import java.util.stream.IntStream;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TransformerSpec;

/// How much of the device's memory a training will take, in bytes, estimated before it begins. The counts were fitted
/// to measured peaks of whole runs of multilingual BERT, a small BERT and a decoder with a large vocabulary
/// (`docs/performance.md`): within a tenth of them.
///
/// @param weights     all parameters in F32, wherever they lie, and their copies: the values that may be kept, those
///                    that L2-SP holds them near, and of what a file of 16 bits holds, what it was widened to
///                    beside what is
///                    trained
/// @param gradients   of the trainable entries
/// @param moments     of the trainable entries, two each
/// @param activations of one micro-batch, with what the backward pass computes on its way; the largest table's gradient
///                    of one micro-batch, which is as large as the table, is there beside the one it is added to
/// @param program     Java, libtorch and the tokenizer
public record MemoryEstimate(long weights, long gradients, long moments, long activations, long program) {
    private static final long FLOAT = 4;
    private static final long PROGRAM = 330_000_000;

    /// Bytes for each word that the tokenizer knows.
    private static final long WORD = 580;

    /// Arrays of the residual stream's width that a recorded layer keeps, and further ones where all matrices learn.
    private static final int STREAMS = 18;

    private static final int FURTHER_STREAMS = 2;

    /// Further ones of a layer where some heads learn and others do not: what goes into the two parts and comes out.
    private static final int SPLIT_STREAMS = 3;

    /// The pattern, what is dropped of it, and the product.
    private static final int PATTERNS = 3;

    /// Layers that are in memory at once, with their gradients, while one is computed again.
    private static final int AGAIN = 3;

    private static int atOnce(int recorded) {
        return Math.max(Math.min(AGAIN, recorded), BackwardPass.recordedAtOnce(recorded) + 2);
    }

    /// @param settings for the size of a micro-batch, whether layers are computed again, and whether values are kept
    public static MemoryEstimate of(
            ProxyModel model, TrainableParameters parameters, LabelledTokens texts, TuningSettings settings) {
        TransformerSpec spec = model.spec();
        int batch = settings.batches().size();
        boolean checkpointing = settings.checkpointing();
        long tokens =
                IntStream.range(0, texts.size()).mapToLong(texts::length).max().orElse(0);
        long rows = Math.min(batch, texts.size()) * tokens;
        int recorded = spec.layers() - Math.max(parameters.lowest(), 0);
        long layer = FLOAT * rows * numbers(spec, tokens, parameters);
        long kept = checkpointing
                ? recorded * FLOAT * rows * spec.hidden() + atOnce(recorded) * layer
                : (recorded + 1L) * layer;
        long entries = parameters.count();
        boolean keeps = settings.stopping().keepBest() || settings.stopping().maxForgetting() != null;
        boolean pulls = settings.optimizer().l2sp() > 0;
        long copies = (keeps ? entries : 0) + (pulls ? entries : 0);
        long weights = FLOAT * (model.parameters() + parameters.widened() + copies);
        long program = PROGRAM + WORD * spec.vocabulary();
        long table = parameters.lowest() < 0 && parameters.everything() ? FLOAT * tableEntries(spec) : 0;
        return new MemoryEstimate(weights, FLOAT * entries, 2 * FLOAT * entries, kept + table, program);
    }

    private static long tableEntries(TransformerSpec spec) {
        return (long) spec.vocabulary() * spec.hidden();
    }

    /// Numbers that a layer keeps for each token.
    private static long numbers(TransformerSpec spec, long tokens, TrainableParameters parameters) {
        boolean everything = parameters.wholeLayers();
        long streams = STREAMS + (everything ? FURTHER_STREAMS : parameters.splits() ? SPLIT_STREAMS : 0);
        long inner = (everything ? 2 : 1) + (spec.mlp().gated() ? 2 : 0);
        return streams * Math.max(spec.hidden(), spec.width())
                + inner * spec.mlp().width()
                + (long) PATTERNS * spec.heads() * tokens;
    }

    public long total() {
        return weights + gradients + moments + activations + program;
    }
}
