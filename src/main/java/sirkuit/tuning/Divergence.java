package sirkuit.tuning;

import sirkuit.Message;
import sirkuit.Problem;

/// The loss or the gradient is no longer a number. What was saved before is unchanged.
public final class Divergence extends Problem {
    private static final long serialVersionUID = 1L;

    private final int step;

    /// @param quantity what is no longer a number
    /// @param step     counted from 1
    Divergence(Message quantity, double value, int step) {
        super(
                Kind.WORK,
                Message.of("tuning.diverged", quantity, value, step),
                Message.of("tuning.diverged.remedy"),
                null);
        this.step = step;
    }

    /// Counted from 1.
    public int step() {
        return step;
    }
}
