package sirkuit.relevance;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/// Two-phase sampling with a regression estimator (Cochran 1977, Sampling Techniques, chapter 12): a cheap value x is
/// known for all N examples, an expensive value y for the first n. If y correlates with x, the mean of y over all N is
/// known nearly as well as if all had been measured.
///
/// @param measured  n
/// @param mean      estimate of the mean of y over all N
/// @param error     standard error of that estimate as one of these N examples' mean; 0 when all were measured
/// @param completed [N] what has `mean` as its mean and whose spread over √N is the standard error of the mean over all
///                  examples there could be; y itself when all were measured
record TwoPhase(int measured, double mean, double error, double[] completed) {
    private static final int RESAMPLES = 1000;

    /// An estimate may be off by this share of the standard error over all possible examples, which makes that
    /// error 5 % larger.
    private static final double LITTLE = 1.0 / 3;

    /// Above what 95 % lie under on both sides.
    private static final double TAIL = 0.025;

    private static final double NORMAL = NormalDistribution.of(0, 1).inverseSurvivalProbability(TAIL);

    /// @param y [N], NaN from n on
    /// @param x [N]
    static TwoPhase of(double[] y, double[] x) {
        int all = y.length;
        int n = measured(y);
        if (n == 0) {
            return new TwoPhase(0, Double.NaN, Double.NaN, y.clone());
        }
        double meanY = Arrays.stream(y, 0, n).average().orElseThrow();
        if (n == all) {
            return new TwoPhase(n, meanY, 0, y.clone());
        }
        double meanX = Arrays.stream(x, 0, n).average().orElseThrow();
        double slope = slope(y, x, n, meanY, meanX);
        double[] completed = new double[all];
        double squares = 0;
        for (int i = 0; i < all; i++) {
            double expected = meanY + slope * (x[i] - meanX);
            completed[i] = expected;
            if (i < n) {
                double rest = y[i] - expected;
                squares += rest * rest;
                completed[i] += rest * all / n;
            }
        }
        double mean = Arrays.stream(completed).average().orElseThrow();
        double error = n < 3 ? Double.POSITIVE_INFINITY : Math.sqrt(squares / (n - 2) * (1.0 / n - 1.0 / all));
        return new TwoPhase(n, mean, error * small(n - 2), completed);
    }

    private static int measured(double[] y) {
        int n = 0;
        while (n < y.length && !Double.isNaN(y[n])) {
            n++;
        }
        return n;
    }

    private static double slope(double[] y, double[] x, int n, double meanY, double meanX) {
        double both = 0;
        double square = 0;
        for (int i = 0; i < n; i++) {
            both += (y[i] - meanY) * (x[i] - meanX);
            square += (x[i] - meanX) * (x[i] - meanX);
        }
        double slope = both / square;
        return Double.isFinite(slope) ? slope : 0;
    }

    /// How much wider Student's t with few degrees of freedom is than the normal distribution, for 95 %.
    static double small(int freedom) {
        return freedom < 1 ? 1 : TDistribution.of(freedom).inverseSurvivalProbability(TAIL) / NORMAL;
    }

    /// Whether measuring more of the N examples would not help, because only other examples would reduce the
    /// uncertainty.
    boolean known() {
        double m = mean;
        double squares = Arrays.stream(completed).map(v -> (v - m) * (v - m)).sum();
        return error <= LITTLE * Math.sqrt(squares / (completed.length - 1) / completed.length);
    }

    /// For each head, the probability that it is among the k highest means over the N examples, given the
    /// measurements.
    ///
    /// @return NaN for heads without measurements
    static double[] inTopK(TwoPhase[] estimates, int k, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] known = java.util.stream.IntStream.range(0, estimates.length)
                .filter(i -> estimates[i].measured > 0)
                .toArray();
        double[] share = new double[estimates.length];
        Arrays.fill(share, Double.NaN);
        for (int i : known) {
            share[i] = 0;
        }
        int chosen = Math.min(k, known.length);
        double[] drawn = new double[known.length];
        for (int r = 0; r < RESAMPLES && chosen > 0; r++) {
            for (int j = 0; j < known.length; j++) {
                TwoPhase e = estimates[known[j]];
                drawn[j] = e.error == 0 ? e.mean : e.mean + e.error * random.nextGaussian();
            }
            double[] sorted = drawn.clone();
            Arrays.sort(sorted);
            double least = sorted[sorted.length - chosen];
            for (int j = 0; j < known.length; j++) {
                share[known[j]] += drawn[j] >= least ? 1.0 / RESAMPLES : 0;
            }
        }
        return share;
    }
}
