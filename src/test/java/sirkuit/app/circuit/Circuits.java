package sirkuit.app.circuit;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import sirkuit.mask.Head;
import sirkuit.mask.HeadEdges;
import sirkuit.mask.HeadMask;
import sirkuit.mask.ScoreMethod;
import sirkuit.record.ScoreRecord;

/// Circuits for tests, small or by chance.
public final class Circuits {
    private Circuits() {}

    /// @param share [L][H][L][H], source first
    public static ScoreRecord record(double[][] score, double[][][][] share) {
        int layers = score.length;
        int heads = score[0].length;
        double[][] rows = new double[layers * heads][];
        for (int s = 0; s < rows.length; s++) {
            int layer = s / heads;
            rows[s] = new double[HeadEdges.targets(layers, heads, layer)];
            for (int t = 0; t < rows[s].length; t++) {
                Head to = new Head(layer + 1 + t / heads, t % heads);
                rows[s][HeadEdges.index(heads, layer, to)] = share[layer][s % heads][to.layer()][to.head()];
            }
        }
        return new ScoreRecord(
                1,
                ScoreMethod.CDT,
                false,
                new ScoreRecord.Values(layers, heads, score, new double[layers][heads], 10),
                new ScoreRecord.Samples(10, new int[0], 0, 0, List.of("a", "b"), 64, 0),
                1,
                null,
                new ScoreRecord.Details(null, null, new HeadEdges(layers, heads, rows)),
                null,
                null);
    }

    /// Two layers of two heads: 0.0 and 0.1 feed 1.0 by 0.3 and 0.2.
    public static ScoreRecord small() {
        double[][][][] share = new double[2][2][2][2];
        share[0][0][1][0] = 0.3;
        share[0][1][1][0] = 0.2;
        return record(new double[][] {{2.0, 1.0}, {-1.0, 0.0}}, share);
    }

    /// Numbers by chance; what feeds a head sums to less than 1, one edge in four is missing, and so is a score.
    public static ScoreRecord random(int layers, int heads, long seed) {
        Random random = new Random(seed);
        double[][] score = new double[layers][heads];
        double[][][][] share = new double[layers][heads][layers][heads];
        for (int l = 0; l < layers; l++) {
            for (int h = 0; h < heads; h++) {
                score[l][h] = random.nextGaussian();
                for (int a = 0; a < l; a++) {
                    for (int b = 0; b < heads; b++) {
                        share[a][b][l][h] = random.nextInt(4) == 0 ? 0 : random.nextDouble() / (l * heads);
                    }
                }
            }
        }
        score[0][0] = Double.NaN;
        return record(score, share);
    }

    public static Circuit all(ScoreRecord record) {
        return of(record, HeadMask.all(record.layers(), record.heads()));
    }

    public static Circuit of(ScoreRecord record, HeadMask mask) {
        return Objects.requireNonNull(Circuit.of(record, mask));
    }

    public static HeadMask mask(ScoreRecord record, Head... heads) {
        return new HeadMask(record.layers(), record.heads(), List.of(heads), "by hand");
    }

    public static Unit unit(int layer, int head) {
        return new Unit.Single(new Head(layer, head));
    }
}
