package sirkuit.figure;

/// What part of an axis a figure of runs shows.
public final class Axes {
    private static final int LEAST_STEPS = 10;
    private static final int LEAST_ACCURACY = 15;
    private static final int HIGHEST_ACCURACY = 100;
    private static final double ROOM_POINTS = 1.5;

    private Axes() {}

    /// Steps: from the first to the last, with the dots at both ends whole and room for a number after the last.
    ///
    /// @param last the last step of the longest run
    public static Span steps(int last) {
        int span = Math.max(LEAST_STEPS, last);
        return new Span(-0.015 * span, 1.05 * span);
    }

    /// Accuracy in percent, from a multiple of 5 to 100 at the most: there is nothing above it.
    ///
    /// @param seen     what is drawn
    /// @param headroom share of it that stays free above, as far as 100 allows
    public static Span accuracy(Span seen, double headroom) {
        if (seen.isEmpty() || seen.high() <= 0) {
            return new Span(0, 100);
        }
        double bottom = Math.max(0, 5 * Math.floor((seen.low() - 2) / 5));
        double top = Math.max(seen.high(), bottom + LEAST_ACCURACY);
        return new Span(bottom, Math.min(HIGHEST_ACCURACY, top + headroom * (top - bottom)));
    }

    /// Percentage points gained or forgotten, with zero.
    ///
    /// @param seen the intervals that are drawn
    public static Span points(Span seen) {
        Span all = seen.isEmpty() ? new Span(-5, 20) : seen.with(0);
        return new Span(all.low() - ROOM_POINTS, all.high() + ROOM_POINTS);
    }
}
