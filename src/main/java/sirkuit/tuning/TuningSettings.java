package sirkuit.tuning;

import org.jspecify.annotations.Nullable;
import sirkuit.transformer.TransformerSpec;

/// How to train.
///
/// @param epochs        passes over the training texts
/// @param batchSize     examples a micro-batch
/// @param accumulate    micro-batches an optimizer step
/// @param learningRate  peak of the schedule
/// @param weightDecay   decoupled, on matrices only
/// @param warmup        share of the steps that warm up linearly
/// @param clip          largest global gradient norm; 0 for none
/// @param dropout       null for the checkpoint's own
/// @param evaluateEvery steps between evaluations; 0 for the end of each epoch
/// @param patience      evaluations without a better target accuracy before stopping; 0 for never
/// @param seed          of order and dropout
/// @param schedule      what the learning rate does after the warm-up
/// @param maxForgetting source accuracy, in percentage points, that may be lost before it stops; null for all of it
/// @param bucketed      whether texts of similar length come together in a step
/// @param checkpointing whether layers are computed again on the way back, which takes less memory and more time
public record TuningSettings(
        int epochs,
        int batchSize,
        int accumulate,
        double learningRate,
        double weightDecay,
        double warmup,
        double clip,
        TransformerSpec.@Nullable Dropout dropout,
        int evaluateEvery,
        int patience,
        long seed,
        Schedule.Kind schedule,
        @Nullable Double maxForgetting,
        boolean bucketed,
        boolean checkpointing) {
    /// With a linear schedule, without a forgetting limit, and with texts as they are drawn.
    public TuningSettings(
            int epochs,
            int batchSize,
            int accumulate,
            double learningRate,
            double weightDecay,
            double warmup,
            double clip,
            TransformerSpec.@Nullable Dropout dropout,
            int evaluateEvery,
            int patience,
            long seed) {
        this(
                epochs,
                batchSize,
                accumulate,
                learningRate,
                weightDecay,
                warmup,
                clip,
                dropout,
                evaluateEvery,
                patience,
                seed,
                Schedule.Kind.LINEAR,
                null,
                false,
                false);
    }
}
