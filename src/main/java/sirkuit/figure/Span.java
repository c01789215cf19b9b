package sirkuit.figure;

import java.util.ArrayList;
import java.util.List;

/// A part of an axis.
public record Span(double low, double high) {
    /// With nothing in it.
    public static final Span EMPTY = new Span(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

    private static final double ROUNDING = 1e-9;

    public boolean isEmpty() {
        return low > high;
    }

    public double length() {
        return high - low;
    }

    /// The least that has that value in it as well.
    public Span with(double value) {
        return new Span(Math.min(low, value), Math.max(high, value));
    }

    /// Where a value lies: 0 for the low end, 1 for the high one.
    public double position(double value) {
        return (value - low) / (high - low);
    }

    /// Between round numbers: the next of 1, 2 and 5 times a power of ten.
    ///
    /// @param parts into how many parts they may divide the axis at the most
    public double tickDistance(int parts) {
        double least = length() / parts;
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(least, ROUNDING))));
        double times = least / power;
        return power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
    }

    /// The round numbers in it.
    ///
    /// @param parts into how many parts they may divide the axis at the most
    public List<Double> ticks(int parts) {
        double step = tickDistance(parts);
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step - ROUNDING); i * step <= high + ROUNDING * step; i++) {
            ticks.add(i * step);
        }
        return List.copyOf(ticks);
    }
}
