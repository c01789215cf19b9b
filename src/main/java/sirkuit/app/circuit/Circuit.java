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
    private final int headsOfLayer;
    private final List<Head> heads;
    private final Map<Head, Integer> index = new HashMap<>();
    private final double[] score;
    private final double[] rest;
    /// By the earlier head, then the later one, from [#after] on.
    private final double[][] share;
    /// Of each head, the first of a later layer.
    private final int[] after;

    private final double largestScore;

    private Circuit(ScoreRecord record, EdgeShares edges, HeadMask mask) {
        layers = mask.layers();
        headsOfLayer = mask.heads();
        heads = List.copyOf(mask.selected());
        int size = heads.size();
        score = new double[size];
        rest = new double[size];
        share = new double[size][];
        after = new int[size];
        double largest = 0;
        int firstOfLater = size;
        for (int i = size - 1; i >= 0; i--) {
            Head head = heads.get(i);
            index.put(head, i);
            score[i] = record.score()[head.layer()][head.head()];
            largest = Math.max(largest, Double.isNaN(score[i]) ? 0 : Math.abs(score[i]));
            if (i < size - 1 && heads.get(i + 1).layer() != head.layer()) {
                firstOfLater = i + 1;
            }
            after[i] = firstOfLater;
            share[i] = new double[size - firstOfLater];
        }
        fill(edges, mask);
        largestScore = largest;
    }

    /// Source by source, as the numbers lie in memory.
    private void fill(EdgeShares edges, HeadMask mask) {
        int size = heads.size();
        double[] fed = new double[size];
        int first = 0;
        for (int l = 0; l < mask.layers(); l++) {
            while (first < size && heads.get(first).layer() <= l) {
                first++;
            }
            for (int h = 0; h < mask.heads(); h++) {
                Head source = new Head(l, h);
                int from = indexOf(source);
                for (int j = first; j < size; j++) {
                    double s = edges.of(source, heads.get(j));
                    fed[j] += s;
                    if (from >= 0) {
                        share[from][j - first] = s;
                    }
                }
            }
        }
        for (int j = 0; j < size; j++) {
            rest[j] = Math.clamp(1 - fed[j], 0, 1);
        }
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

    /// Of the model.
    public int headsOfLayer() {
        return headsOfLayer;
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
        return to >= after[from] ? share[from][to - after[from]] : 0;
    }

    /// The first head of a later layer: from there on are those that this one can feed.
    int after(int head) {
        return after[head];
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
