package sirkuit.protocol;

/// A change of accuracy in percentage points, with the 95 % interval of the accuracy after the run.
public record Points(double low, double value, double high) {
    /// @param before accuracy before, 0 to 1
    public static Points gained(Quality now, double before) {
        return new Points(100 * (now.low() - before), 100 * (now.accuracy() - before), 100 * (now.high() - before));
    }

    /// @param before accuracy before, 0 to 1
    public static Points lost(Quality now, double before) {
        return new Points(100 * (before - now.high()), 100 * (before - now.accuracy()), 100 * (before - now.low()));
    }
}
