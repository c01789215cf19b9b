package sirkuit.tuning;

import org.jspecify.annotations.Nullable;
import sirkuit.transformer.TransformerSpec;

/// How to train.
///
/// @param batches       which examples at a time
/// @param optimizer     how their gradients change the parameters
/// @param stopping      when it is measured, and when that ends it
/// @param dropout       null for the checkpoint's own
/// @param seed          of order and dropout
/// @param checkpointing whether layers are computed again on the way back, which takes less memory and more time
public record TuningSettings(
        Batches batches,
        Optimizer optimizer,
        Stopping stopping,
        TransformerSpec.@Nullable Dropout dropout,
        long seed,
        boolean checkpointing) {
    /// @param epochs     passes over the training texts
    /// @param size       examples a micro-batch
    /// @param accumulate micro-batches an optimizer step
    /// @param bucketed   whether texts of similar length come together in a step
    public record Batches(int epochs, int size, int accumulate, boolean bucketed) {
        /// Examples an optimizer step.
        int examplesAStep() {
            return size * accumulate;
        }
    }

    /// @param learningRate peak of the schedule
    /// @param weightDecay  decoupled, on matrices only
    /// @param warmup       share of the steps that warm up linearly
    /// @param clip         largest global gradient norm; 0 for none
    /// @param schedule     what the learning rate does after the warm-up
    /// @param l2sp         α of the penalty α/2 ‖w − w₀‖² on the trained entries (L2-SP); 0 for none
    public record Optimizer(
            double learningRate, double weightDecay, double warmup, double clip, Schedule.Kind schedule, double l2sp) {
        /// Without the penalty.
        public Optimizer(double learningRate, double weightDecay, double warmup, double clip, Schedule.Kind schedule) {
            this(learningRate, weightDecay, warmup, clip, schedule, 0);
        }
    }

    /// @param evaluateEvery steps between evaluations; 0 for the end of each epoch
    /// @param patience      evaluations without a better target accuracy before stopping; 0 for never
    /// @param maxForgetting source accuracy, in percentage points, that may be lost before it stops; null for all
    ///                      of it
    /// @param keepBest      whether the best step is kept, and not the last
    public record Stopping(
            int evaluateEvery, int patience, @Nullable Double maxForgetting, boolean keepBest) {
        /// Keeps the best step when there is patience.
        public Stopping(int evaluateEvery, int patience, @Nullable Double maxForgetting) {
            this(evaluateEvery, patience, maxForgetting, patience > 0);
        }
    }
}
