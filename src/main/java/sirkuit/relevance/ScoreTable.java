package sirkuit.relevance;

import java.util.Arrays;
import sirkuit.mask.Head;
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;

/// Values of every head on every example; a score is their mean with its standard error.
final class ScoreTable {
    private final int layers;
    private final int heads;
    private final double[][] values;

    ScoreTable(int layers, int heads, int examples) {
        this.layers = layers;
        this.heads = heads;
        values = new double[layers * heads][examples];
        for (double[] row : values) {
            Arrays.fill(row, Double.NaN);
        }
    }

    void set(Head head, int example, double value) {
        values[head.layer() * heads + head.head()][example] = value;
    }

    /// Mean and standard error (sample standard deviation over √n) over the examples seen so far.
    RelevanceScores scores(ScoreMethod method) {
        double[][] mean = new double[layers][heads];
        double[][] error = new double[layers][heads];
        int examples = 0;
        for (int i = 0; i < values.length; i++) {
            double[] seen =
                    Arrays.stream(values[i]).filter(v -> !Double.isNaN(v)).toArray();
            double m = Arrays.stream(seen).average().orElse(Double.NaN);
            double squares = Arrays.stream(seen).map(v -> (v - m) * (v - m)).sum();
            mean[i / heads][i % heads] = m;
            error[i / heads][i % heads] =
                    seen.length < 2 ? Double.NaN : Math.sqrt(squares / (seen.length - 1) / seen.length);
            examples = Math.max(examples, seen.length);
        }
        return new RelevanceScores(method, mean, error, examples);
    }
}
