package sirkuit.tuning;

import sirkuit.Problem;

/// The loss or the gradient is not a number any more. What was saved before is unchanged.
public final class Divergence extends Problem {
    private static final long serialVersionUID = 1L;

    private final int step;

    /// @param quantity what is no longer a number
    /// @param step     counted from 1
    Divergence(String quantity, double value, int step) {
        super(
                Kind.WORK,
                "The " + quantity + " became " + value + " at step " + step + ".",
                "Start another run with a lower learning rate, a longer warm-up or stronger clipping: --resume would meet it"
                        + " again. The checkpoint is unchanged.",
                null);
        this.step = step;
    }

    /// Counted from 1.
    public int step() {
        return step;
    }
}
