package sirkuit.tuning;

/// Learning rate against step: linear warm-up from 0, then linear decay to 0, as transformers'
/// `get_linear_schedule_with_warmup`.
///
/// @param peak        highest learning rate
/// @param warmupSteps steps until it
/// @param steps       steps in all
public record Schedule(double peak, int warmupSteps, int steps) {
    /// @param share of all steps that warm up
    public static Schedule linear(double peak, double share, int steps) {
        return new Schedule(peak, (int) Math.ceil(share * steps), steps);
    }

    /// @param step counted from 0
    public double at(int step) {
        if (step < warmupSteps) {
            return peak * step / warmupSteps;
        }
        return peak * Math.max(0, steps - step) / Math.max(1, steps - warmupSteps);
    }
}
