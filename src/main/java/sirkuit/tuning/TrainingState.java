package sirkuit.tuning;

import org.jspecify.annotations.Nullable;

/// The state of a training between two steps. Together with the arrays it is enough to resume with the same numbers:
/// order and dropout follow from seed, epoch and step (decision 15).
///
/// @param step         steps done
/// @param evaluatedAt  step of the latest evaluation; -1 for none
/// @param over         whether that evaluation ended it early
/// @param withoutGain  evaluations since the best accuracy on the texts that choose
/// @param sourceBefore the source before the first step; null when it is not watched or not evaluated yet
/// @param kept         the evaluation whose values would be kept; null before the first
public record TrainingState(
        int step,
        int evaluatedAt,
        boolean over,
        int withoutGain,
        @Nullable Evaluation sourceBefore,
        @Nullable Measured kept) {}
