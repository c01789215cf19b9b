package sirkuit.app.circuit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.record.ScoreRecord;

/// The selected heads of a model, and what passes between them. Heads are numbered by layer, then head, from 0.
public final class Circuit {
    private final int layers;
    private final List<Head> heads;
    private final Map<Head, Integer> index = new HashMap<>();
    private final double[] score;
    private final double[] rest;
    /// By the later head, then the earlier one; only earlier layers.
    private final double[][] share;

    private final double largestScore;

    private Circuit(ScoreRecord record, EdgeShares edges, HeadMask mask) {
        layers = mask.layers();
        heads = List.copyOf(mask.selected());
        score = new double[heads.size()];
        rest = new double[heads.size()];
        share = new double[heads.size()][];
        double largest = 0;
        int firstOfLayer = 0;
        for (int j = 0; j < heads.size(); j++) {
            Head to = heads.get(j);
            index.put(to, j);
            score[j] = record.score()[to.layer()][to.head()];
            largest = Math.max(largest, Double.isNaN(score[j]) ? 0 : Math.abs(score[j]));
            if (j > 0 && heads.get(j - 1).layer() != to.layer()) {
                firstOfLayer = j;
            }
            share[j] = new double[firstOfLayer];
            for (int i = 0; i < firstOfLayer; i++) {
                share[j][i] =
                        edges.of(heads.get(i).layer(), heads.get(i).head(), to.layer(), to.head());
            }
            double fed = 0;
            for (int l = 0; l < to.layer(); l++) {
                for (int h = 0; h < mask.heads(); h++) {
                    fed += edges.of(l, h, to.layer(), to.head());
                }
            }
            rest[j] = Math.clamp(1 - fed, 0, 1);
        }
        largestScore = largest;
    }

    /// @return null when the scores know no edges, or are of another shape
    public static @Nullable Circuit of(ScoreRecord record, HeadMask mask) {
        EdgeShares edges = EdgeShares.of(record);
        return edges == null || record.layers() != mask.layers() || record.heads() != mask.heads()
                ? null
                : new Circuit(record, edges, mask);
    }

    /// Of the model.
    public int layers() {
        return layers;
    }

    /// By layer, then head.
    public List<Head> heads() {
        return heads;
    }

    public int size() {
        return heads.size();
    }

    /// @return -1 when it is not one of them
    public int indexOf(Head head) {
        return index.getOrDefault(head, -1);
    }

    /// NaN when the head has none.
    public double score(int head) {
        return score[head];
    }

    /// The largest absolute score of these heads.
    public double largestScore() {
        return largestScore;
    }

    /// How much of the output of `to` comes from `from`, 0 to 1; 0 unless `from` is of an earlier layer.
    public double share(int from, int to) {
        return from < share[to].length ? share[to][from] : 0;
    }

    /// How many heads are of earlier layers than this one: those that can feed it.
    int before(int head) {
        return share[head].length;
    }

    /// What no earlier head of the model accounts for, 0 to 1: it comes from the words.
    public double fromWords(int head) {
        return rest[head];
    }

    /// The absolute score as a share of the largest; 0 when it has none.
    public double toAnswer(int head) {
        return Double.isNaN(score[head]) || largestScore == 0 ? 0 : Math.abs(score[head]) / largestScore;
    }
}
