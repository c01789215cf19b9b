package sirkuit.mask;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// How certain it is that a head is among the k highest: the share of bootstrap resamples of the examples in which it
/// is (Efron's bootstrap). Examples are drawn for all heads together, so that variation common to all heads does not
/// count.
public final class TopKConfidence {
    /// Enough for a standard error under 0.7 points at 95 %.
    public static final int RESAMPLES = 1000;

    private TopKConfidence() {}

    /// @param values [head][example]; NaN where a head was not scored on an example. The examples that a head was
    ///               scored on come first
    /// @param k      how many heads are selected
    /// @return for each head, the share of resamples in which it is among the k highest; NaN for heads without
    ///         values
    public static double[] of(double[][] values, int k, int resamples, long seed) {
        int heads = values.length;
        int examples = Arrays.stream(values).mapToInt(v -> v.length).max().orElse(0);
        int[] scored = IntStream.range(0, heads).map(i -> scored(values[i])).toArray();
        int[] some = IntStream.range(0, heads).filter(i -> scored[i] > 0).toArray();
        int longest = Arrays.stream(scored).max().orElse(0);
        int[] times = new int[heads];
        double[] mean = new double[some.length];
        int[] drawn = new int[examples];
        SplittableRandom random = new SplittableRandom(seed);
        for (int r = 0; r < resamples; r++) {
            Arrays.fill(drawn, 0);
            for (int j = 0; j < longest; j++) {
                drawn[random.nextInt(longest)]++;
            }
            for (int i = 0; i < some.length; i++) {
                mean[i] = mean(values[some[i]], drawn, scored[some[i]]);
            }
            count(mean, some, Math.min(k, some.length), times);
        }
        return IntStream.range(0, heads)
                .mapToDouble(i -> scored[i] == 0 ? Double.NaN : times[i] / (double) resamples)
                .toArray();
    }

    /// Counts the k highest. Of equal values, the first ones count.
    private static void count(double[] mean, int[] some, int k, int[] times) {
        if (k < 1) {
            return;
        }
        double[] sorted = mean.clone();
        Arrays.sort(sorted);
        double least = sorted[sorted.length - k];
        int equal = k;
        for (double m : mean) {
            equal -= m > least ? 1 : 0;
        }
        for (int i = 0; i < mean.length; i++) {
            if (mean[i] > least || (mean[i] == least && equal-- > 0)) {
                times[some[i]]++;
            }
        }
    }

    private static int scored(double[] values) {
        int n = 0;
        while (n < values.length && !Double.isNaN(values[n])) {
            n++;
        }
        return n;
    }

    private static double mean(double[] values, int[] drawn, int scored) {
        double sum = 0;
        int count = 0;
        for (int j = 0; j < scored; j++) {
            sum += drawn[j] * values[j];
            count += drawn[j];
        }
        if (count == 0) {
            return Arrays.stream(values, 0, scored).average().orElse(Double.NaN);
        }
        return sum / count;
    }
}
