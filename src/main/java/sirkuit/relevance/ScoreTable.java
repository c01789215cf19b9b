package sirkuit.relevance;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import sirkuit.mask.Head;
import sirkuit.mask.HeadEdges;
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;

/// Values of every head on every example. A score is their mean with its standard error. With CD-T, also how much of
/// each head's output goes into each later head.
public final class ScoreTable {
    private final ScoreMethod method;
    private final int layers;
    private final int heads;
    private final double[][] values;
    private final double[][] shares;
    private final int[] shareCount;
    private double @Nullable [][] linear;

    ScoreTable(ScoreMethod method, int layers, int heads, int examples) {
        this.method = method;
        this.layers = layers;
        this.heads = heads;
        values = new double[layers * heads][examples];
        for (double[] row : values) {
            Arrays.fill(row, Double.NaN);
        }
        shares = new double[layers * heads][];
        shareCount = new int[layers * heads];
    }

    void set(Head head, int example, double value) {
        values[index(head)][example] = value;
    }

    /// Adds values that are known for all heads on all examples in advance and correlate with the heads' values. A
    /// head's score is then over all examples, even if it was not scored on each ([TwoPhase]).
    ///
    /// @param linear [L H][examples]
    void expect(double[][] linear) {
        this.linear = linear;
    }

    /// For each head, the estimate of its mean over all examples.
    TwoPhase[] estimates() {
        double[][] x = java.util.Objects.requireNonNull(linear, "nothing was expected");
        return IntStream.range(0, values.length)
                .mapToObj(i -> TwoPhase.of(values[i], x[i]))
                .toArray(TwoPhase[]::new);
    }

    /// Adds one example's shares of a source head in every head's output.
    ///
    /// @param ofTargets the source's row of [HeadEdges]
    void addShares(Head source, float[] ofTargets) {
        int at = index(source);
        if (shares[at] == null) {
            shares[at] = new double[ofTargets.length];
        }
        for (int i = 0; i < ofTargets.length; i++) {
            shares[at][i] += ofTargets[i];
        }
        shareCount[at]++;
    }

    private int index(Head head) {
        return head.layer() * heads + head.head();
    }

    /// [L H][examples]: NaN where a head was not scored on an example.
    public double[][] values() {
        return values;
    }

    /// Mean over each source's examples; 0 for sources without any. Null when edges were not asked for.
    public @Nullable HeadEdges edges() {
        double[][] edges = new double[shares.length][];
        boolean any = false;
        for (int s = 0; s < shares.length; s++) {
            edges[s] = new double[HeadEdges.targets(layers, heads, s / heads)];
            double[] sum = shares[s];
            if (sum != null) {
                any = true;
                for (int t = 0; t < sum.length; t++) {
                    edges[s][t] = sum[t] / shareCount[s];
                }
            }
        }
        return any ? new HeadEdges(layers, heads, edges) : null;
    }

    /// [L H][examples]: the values, with estimates where a head was not scored on an example. Their means are the
    /// scores, and resampling them gives the confidence in the scores.
    public double[][] completed() {
        return linear == null
                ? values
                : Arrays.stream(estimates()).map(TwoPhase::completed).toArray(double[][]::new);
    }

    /// Mean and standard error (sample standard deviation over √n) over the examples seen so far.
    public RelevanceScores scores() {
        double[][] mean = new double[layers][heads];
        double[][] error = new double[layers][heads];
        int examples = 0;
        double[][] completed = completed();
        for (int i = 0; i < completed.length; i++) {
            double[] seen =
                    Arrays.stream(completed[i]).filter(v -> !Double.isNaN(v)).toArray();
            double m = Arrays.stream(seen).average().orElse(Double.NaN);
            double squares = Arrays.stream(seen).map(v -> (v - m) * (v - m)).sum();
            mean[i / heads][i % heads] = m;
            error[i / heads][i % heads] =
                    seen.length < 2 ? Double.NaN : Math.sqrt(squares / (seen.length - 1) / seen.length);
            examples = Math.max(examples, seen.length);
        }
        return new RelevanceScores(method, mean, error, examples);
    }

    /// How many examples each head was scored on, [L][H].
    public int[][] counts() {
        int[][] counts = new int[layers][heads];
        for (int i = 0; i < values.length; i++) {
            counts[i / heads][i % heads] =
                    (int) Arrays.stream(values[i]).filter(v -> !Double.isNaN(v)).count();
        }
        return counts;
    }
}
