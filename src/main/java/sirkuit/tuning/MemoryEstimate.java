package sirkuit.tuning;

import java.util.stream.IntStream;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TransformerSpec;

/// What a training will take of the device's memory, in bytes, told before it begins. Counts of activations were fitted
/// to measured peaks at two sizes of BERT (`docs/performance.md`): within a sixth of them.
///
/// @param weights     all parameters in F32, wherever they lie
/// @param gradients   of the trainable entries
/// @param moments     of the trainable entries, two each
/// @param activations of one micro-batch, with what the backward pass computes on its way
/// @param program     Java and libtorch themselves
public record MemoryEstimate(long weights, long gradients, long moments, long activations, long program) {
    private static final long FLOAT = 4;
    private static final long PROGRAM = 350L << 20;

    /// Arrays of the residual stream's width that a recorded layer keeps, and further ones where all matrices learn.
    private static final int STREAMS = 18;

    private static final int FURTHER_STREAMS = 6;

    /// The pattern, what is dropped of it, and the product.
    private static final int PATTERNS = 3;

    /// Layers that are in memory at once, with their gradients, while one is computed again.
    private static final int AGAIN = 3;

    private static int atOnce(int recorded) {
        return Math.max(Math.min(AGAIN, recorded), BackwardPass.recordedAtOnce(recorded) + 1);
    }

    /// @param batch         texts a micro-batch
    /// @param checkpointing see [TuningSettings]
    public static MemoryEstimate of(
            ProxyModel model, TrainableParameters parameters, LabelledTokens texts, int batch, boolean checkpointing) {
        TransformerSpec spec = model.spec();
        long tokens =
                IntStream.range(0, texts.size()).mapToLong(texts::length).max().orElse(0);
        long rows = Math.min(batch, texts.size()) * tokens;
        boolean everything = parameters.count() > model.parameters() / 2;
        int recorded = spec.layers() - Math.max(parameters.lowest(), 0);
        long layer = FLOAT * rows * numbers(spec, tokens, everything);
        long kept = checkpointing
                ? recorded * FLOAT * rows * spec.hidden() + atOnce(recorded) * layer
                : (recorded + 1L) * layer;
        long entries = parameters.count();
        return new MemoryEstimate(FLOAT * model.parameters(), FLOAT * entries, 2 * FLOAT * entries, kept, PROGRAM);
    }

    /// Numbers that a layer keeps for each token.
    private static long numbers(TransformerSpec spec, long tokens, boolean everything) {
        long streams = STREAMS + (everything ? FURTHER_STREAMS : 0);
        long inner = (everything ? 2 : 1) + (spec.gated() ? 2 : 0);
        return streams * Math.max(spec.hidden(), spec.width())
                + inner * spec.intermediate()
                + (long) PATTERNS * spec.heads() * tokens;
    }

    public long total() {
        return weights + gradients + moments + activations + program;
    }
}
