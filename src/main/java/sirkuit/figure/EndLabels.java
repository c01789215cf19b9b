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
        // Without the distances that lie below each, the places only have to rise.
        double[] rising = IntStream.range(0, order.length)
                .mapToDouble(i -> ends.get(order[i]) - i * least)
                .toArray();
        level(rising);
        double low = axis.low() + least / 2;
        double high = axis.high() - least / 2 - (order.length - 1) * least;
        double[] places = new double[order.length];
        for (int i = 0; i < order.length; i++) {
            places[order[i]] = Math.min(high, Math.max(low, rising[i])) + i * least;
        }
        return places;
    }

    /// Gives neighbours that do not rise their mean, until all do: the rising values with the least squared changes.
    private static void level(double[] values) {
        double[] means = new double[values.length];
        int[] counts = new int[values.length];
        int blocks = 0;
        for (double value : values) {
            means[blocks] = value;
            counts[blocks] = 1;
            blocks++;
            while (blocks > 1 && means[blocks - 2] > means[blocks - 1]) {
                int both = counts[blocks - 2] + counts[blocks - 1];
                means[blocks - 2] =
                        (means[blocks - 2] * counts[blocks - 2] + means[blocks - 1] * counts[blocks - 1]) / both;
                counts[blocks - 2] = both;
                blocks--;
            }
        }
        int at = 0;
        for (int b = 0; b < blocks; b++) {
            Arrays.fill(values, at, at + counts[b], means[b]);
            at += counts[b];
        }
    }
}
