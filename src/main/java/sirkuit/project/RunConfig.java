package sirkuit.project;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.mask.HeadMask;

/// `runs/<id>/config.json`: everything needed to run a masked fine-tuning again.
///
/// @param schemaVersion 1
/// @param name          what people call it
/// @param checkpoint    folder of the checkpoint it starts from
/// @param labels        class names in the order of the logits when the checkpoint has none of its own
/// @param what          what is trained
/// @param mask          the heads to train; null for full fine-tuning
/// @param norms         whether the norms are trained too
/// @param trainHead     whether the classification head is trained too
/// @param train         target-language training texts
/// @param targetEval    held-out target texts
/// @param sourceEval    held-out source texts; what is forgotten shows here
/// @param settings      optimizer, schedule, sizes
public record RunConfig(
        @JsonProperty(required = true) int schemaVersion,
        String name,
        @JsonProperty(required = true) String checkpoint,
        @Nullable List<String> labels,
        @JsonProperty(required = true) Trained what,
        @Nullable HeadMask mask,
        boolean norms,
        boolean trainHead,
        @JsonProperty(required = true) DataFile train,
        @JsonProperty(required = true) DataFile targetEval,
        @Nullable DataFile sourceEval,
        @JsonProperty(required = true) Settings settings) {
    public static final int VERSION = 1;

    /// What a run trains.
    public enum Trained {
        /// The mask's heads.
        MASK,
        /// Every parameter: ordinary fine-tuning, the baseline.
        FULL
    }

    /// @param epochs        passes over the training texts
    /// @param batchSize     examples a step
    /// @param accumulate    micro-batches an optimizer step
    /// @param learningRate  peak of the schedule
    /// @param weightDecay   decoupled, on matrices only
    /// @param warmup        share of the steps that warm up linearly
    /// @param clip          largest global gradient norm; 0 for none
    /// @param dropout       probability; null for the checkpoint's own
    /// @param evaluateEvery steps between evaluations; 0 for the end of each epoch
    /// @param patience      evaluations without a better target accuracy before stopping; 0 for never
    /// @param examples      size of a label-balanced few-shot subset; 0 for all
    /// @param maxLength     longest sequence in tokens
    /// @param seed          of the subset, the order and the dropout
    public record Settings(
            int epochs,
            int batchSize,
            int accumulate,
            double learningRate,
            double weightDecay,
            double warmup,
            double clip,
            @Nullable Double dropout,
            int evaluateEvery,
            int patience,
            int examples,
            int maxLength,
            long seed) {
        public static final Settings DEFAULT = new Settings(10, 16, 1, 1e-3, 0.01, 0.06, 1.0, null, 0, 0, 0, 64, 0);
    }
}
