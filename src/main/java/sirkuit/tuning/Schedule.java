package sirkuit.tuning;

import java.util.stream.IntStream;

/// Learning rate against step: linear warm-up from 0, then the kind of schedule. Linear and cosine are transformers'
/// `get_linear_schedule_with_warmup` and `get_cosine_schedule_with_warmup`.
///
/// @param kind        what follows the warm-up
/// @param peak        highest learning rate
/// @param warmupSteps steps until it
/// @param steps       steps in all
public record Schedule(Kind kind, double peak, int warmupSteps, int steps) {
    /// How the learning rate changes after the warm-up.
    public enum Kind {
        /// Falls to 0 linearly.
        LINEAR,
        /// Falls to 0 on half a cosine wave.
        COSINE,
        /// Stays.
        CONSTANT
    }

    /// @param share of all steps that warm up
    public static Schedule of(Kind kind, double peak, double share, int steps) {
        return new Schedule(kind, peak, (int) Math.ceil(share * steps), steps);
    }

    /// The schedule of a whole run.
    ///
    /// @param data texts to learn from
    public static Schedule of(TuningSettings settings, MaskedTuning.Data data) {
        return of(
                settings.optimizer().schedule(),
                settings.optimizer().learningRate(),
                settings.optimizer().warmup(),
                data.order(settings).stepsPerEpoch() * settings.batches().epochs());
    }

    /// The number of steps with a learning rate of 0, in which nothing is trained.
    public int idleSteps() {
        return (int) IntStream.range(0, steps).filter(step -> at(step) == 0).count();
    }

    /// @param step counted from 0
    public double at(int step) {
        if (step < warmupSteps) {
            return peak * step / warmupSteps;
        }
        double left = Math.max(0, steps - step) / (double) Math.max(1, steps - warmupSteps);
        return switch (kind) {
            case LINEAR -> peak * left;
            case COSINE -> peak * 0.5 * (1 - Math.cos(Math.PI * left));
            case CONSTANT -> peak;
        };
    }
}
