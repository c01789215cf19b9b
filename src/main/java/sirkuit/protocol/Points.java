package sirkuit.protocol;

import sirkuit.AccuracyChange;

/// A change of accuracy in percentage points, with the ends of the 95 % interval of the accuracy afterwards.
public record Points(double low, double value, double high) {
    /// @param before accuracy before, 0 to 1
    public static Points gained(Quality now, double before) {
        return new Points(
                AccuracyChange.gained(before, now.low()),
                AccuracyChange.gained(before, now.accuracy()),
                AccuracyChange.gained(before, now.high()));
    }

    /// @param before accuracy before, 0 to 1
    public static Points lost(Quality now, double before) {
        return new Points(
                AccuracyChange.lost(before, now.high()),
                AccuracyChange.lost(before, now.accuracy()),
                AccuracyChange.lost(before, now.low()));
    }
}
