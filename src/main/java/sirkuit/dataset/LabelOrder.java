package sirkuit.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import sirkuit.WilsonInterval;

/// The assignment of labels to classes with which the answers agree for the most texts.
///
/// @param meant    new class by current class
/// @param now      accuracy with the current classes
/// @param best     accuracy with the best assignment
/// @param examples number of texts
/// @param largest  share of the largest class
record LabelOrder(int[] meant, double now, double best, int examples, double largest) {
    /// A smaller difference can happen by chance with a bad checkpoint.
    private static final double MUCH = 0.1;

    /// @param confusion counts, gold class first, then predicted
    static LabelOrder of(int[][] confusion) {
        int classes = confusion.length;
        int examples = 0;
        int right = 0;
        int largest = 0;
        double[][] cost = new double[classes][classes];
        for (int c = 0; c < classes; c++) {
            int gold = Arrays.stream(confusion[c]).sum();
            examples += gold;
            right += confusion[c][c];
            largest = Math.max(largest, gold);
            for (int k = 0; k < classes; k++) {
                // Where it makes no difference, a class keeps its place.
                cost[c][k] = -confusion[c][k] - (c == k ? 1.0 / (classes + 1) : 0);
            }
        }
        int[] meant = assigned(cost);
        int agreeing =
                IntStream.range(0, classes).map(c -> confusion[c][meant[c]]).sum();
        double all = Math.max(1, examples);
        return new LabelOrder(meant, right / all, agreeing / all, examples, largest / all);
    }

    int meant(int taken) {
        return taken < 0 ? taken : meant[taken];
    }

    /// The names that the classes would have to have.
    List<String> reordered(List<String> names) {
        String[] other = new String[names.size()];
        for (int c = 0; c < other.length; c++) {
            other[meant[c]] = names.get(c);
        }
        return List.of(other);
    }

    /// Whether the best order is better than chance: above the current accuracy and above the share of the largest
    /// class, both beyond their 95 % intervals.
    boolean looksDifferent() {
        return best - now > MUCH
                && WilsonInterval.of(best, examples).low()
                        > Math.max(WilsonInterval.of(now, examples).high(), largest);
    }

    /// The assignment of rows to columns with the least cost (the Hungarian method, with potentials).
    private static int[] assigned(double[][] cost) {
        int n = cost.length;
        double[] u = new double[n + 1];
        double[] v = new double[n + 1];
        int[] rowOf = new int[n + 1];
        int[] from = new int[n + 1];
        for (int row = 1; row <= n; row++) {
            rowOf[0] = row;
            int column = 0;
            double[] least = new double[n + 1];
            Arrays.fill(least, Double.POSITIVE_INFINITY);
            boolean[] used = new boolean[n + 1];
            do {
                used[column] = true;
                int at = rowOf[column];
                double delta = Double.POSITIVE_INFINITY;
                int next = 0;
                for (int j = 1; j <= n; j++) {
                    if (!used[j]) {
                        double reduced = cost[at - 1][j - 1] - u[at] - v[j];
                        if (reduced < least[j]) {
                            least[j] = reduced;
                            from[j] = column;
                        }
                        if (least[j] < delta) {
                            delta = least[j];
                            next = j;
                        }
                    }
                }
                for (int j = 0; j <= n; j++) {
                    if (used[j]) {
                        u[rowOf[j]] += delta;
                        v[j] -= delta;
                    } else {
                        least[j] -= delta;
                    }
                }
                column = next;
            } while (rowOf[column] != 0);
            while (column != 0) {
                rowOf[column] = rowOf[from[column]];
                column = from[column];
            }
        }
        int[] columns = new int[n];
        for (int j = 1; j <= n; j++) {
            columns[rowOf[j] - 1] = j - 1;
        }
        return columns;
    }
}
