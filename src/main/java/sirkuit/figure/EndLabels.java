package sirkuit.figure;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Where the numbers at the ends of lines stand: at their line or as near to it as the others allow.
public final class EndLabels {
    /// With more lines than this there is no room for their numbers.
    public static final int MOST = 40;

    private EndLabels() {}

    /// @param ends  the ends of the lines on the vertical axis
    /// @param least distance from one number to the next
    /// @param axis  that no number leaves, as far as there is room
    /// @return for each end, where its number stands
    public static double[] places(List<Double> ends, double least, Span axis) {
        int[] order = IntStream.range(0, ends.size())
                .boxed()
                .sorted(Comparator.comparing(ends::get))
                .mapToInt(i -> i)
                .toArray();
        double[] sorted = Arrays.stream(order).mapToDouble(ends::get).toArray();
        for (int i = 1; i < sorted.length; i++) {
            sorted[i] = Math.max(sorted[i], sorted[i - 1] + least);
        }
        double top = axis.high() - least / 2;
        for (int i = sorted.length - 1; i >= 0; i--) {
            double most = i == sorted.length - 1 ? top : sorted[i + 1] - least;
            sorted[i] = Math.min(sorted[i], most);
        }
        double[] places = new double[order.length];
        for (int i = 0; i < order.length; i++) {
            places[order[i]] = sorted[i];
        }
        return places;
    }
}
