package sirkuit.relevance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;
import sirkuit.relevance.baseline.Margin;
import sirkuit.relevance.baseline.MeanActivation;
import sirkuit.relevance.decomposition.ContextualDecomposition;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;

/// Scores heads by one method.
///
/// @param method     the method
/// @param stabilised CD-T's stabilised variant
/// @param edges      whether CD-T also measures the edges between heads
/// @param heads      which heads
/// @param seed       of the random control
public record RelevanceScoring(ScoreMethod method, boolean stabilised, boolean edges, List<Head> heads, long seed) {
    /// Heads times sentences in a block: a stack of this size stays in the cache (measured). With this many heads,
    /// a block is one sentence, and nothing is padded.
    private static final int FULL_STACK = 32;

    private static final int BATCH = 16;

    /// Receives the progress.
    @FunctionalInterface
    public interface Listener {
        /// @param scores gives the scores over the examples so far; calling it costs a pass over all values
        /// @param done   how many examples that is
        /// @param of     how many there will be
        void scored(Supplier<RelevanceScores> scores, int done, int of);
    }

    public RelevanceScoring {
        heads = List.copyOf(heads);
    }

    /// Without edges.
    public RelevanceScoring(ScoreMethod method, boolean stabilised, List<Head> heads, long seed) {
        this(method, stabilised, false, heads, seed);
    }

    /// @param stopPoint called often; throws to stop
    public RelevanceScores score(
            ProxyModel model, MeanActivation mean, LabelledTokens examples, Listener listener, Runnable stopPoint) {
        if (!method.measured()) {
            return random(model.spec().layers(), model.spec().heads());
        }
        return table(model, mean, examples, listener, stopPoint).scores();
    }

    /// Values of all heads on all examples, by any method but the random one.
    ///
    /// @param stopPoint called often; throws to stop
    public ScoreTable table(
            ProxyModel model, MeanActivation mean, LabelledTokens examples, Listener listener, Runnable stopPoint) {
        ScoreTable table =
                new ScoreTable(method, model.spec().layers(), model.spec().heads(), examples.size());
        switch (method.computation()) {
            case DECOMPOSITION -> decompose(model, mean, examples, 0, heads, table, listener, stopPoint);
            case GRADIENT ->
                Gradient.TRUE.values(model, mean, examples, into(table, model, examples, listener), stopPoint);
            case ABLATION ->
                MeanAblation.values(model, mean, examples, heads, into(table, model, examples, listener), stopPoint);
            case CHANCE -> throw new IllegalArgumentException("random scores have no values");
        }
        return table;
    }

    /// Adds the values of [#heads] to the table.
    private HeadValues.Sink into(ScoreTable table, ProxyModel model, LabelledTokens examples, Listener listener) {
        int[] done = new int[1];
        return (texts, values) -> {
            for (Head h : heads) {
                float[] row = values[h.layer() * model.spec().heads() + h.head()];
                for (int b = 0; b < row.length; b++) {
                    table.set(h, texts.get(b), row[b]);
                }
            }
            done[0] += texts.size();
            listener.scored(table::scores, done[0], examples.size());
        };
    }

    /// Scores some heads on some more examples.
    ///
    /// @param first index of the examples' first in the table
    void decompose(
            ProxyModel model,
            MeanActivation mean,
            LabelledTokens examples,
            int first,
            List<Head> some,
            ScoreTable table,
            Listener listener,
            Runnable stopPoint) {
        int[] done = new int[1];
        // With few heads a block of several sentences is no larger, and costs fewer calls.
        int shared = Math.ceilDiv(examples.size(), model.lanes().count());
        int together = Math.clamp(FULL_STACK / some.size(), 1, Math.min(BATCH, shared));
        List<Integer> order = together == 1
                ? IntStream.range(0, examples.size()).boxed().toList()
                : examples.byLength(examples.size()).getFirst();
        LabelledTokens sorted = examples.select(order);
        try (ContextualDecomposition cdt = new ContextualDecomposition(model, mean, stabilised, edges, stopPoint)) {
            cdt.decomposeAll(sorted, some, together, (block, heads, parts) -> {
                float[][][] shares = parts.edges();
                for (int n = 0; n < heads.size(); n++) {
                    for (int b = 0; b < block.size(); b++) {
                        double value = value(parts, n, b, sorted.labels()[block.get(b)]);
                        table.set(heads.get(n), first + order.get(block.get(b)), value);
                        if (shares != null) {
                            table.addShares(heads.get(n), shares[n][b]);
                        }
                    }
                }
                done[0] += block.size();
                listener.scored(table::scores, done[0], examples.size());
            });
        }
    }

    private double value(ContextualDecomposition.Relevant parts, int n, int b, int gold) {
        float[] beta = parts.relevant()[n][b];
        if (method.unit() == ScoreMethod.Unit.LOGITS) {
            return Margin.of(beta, 0, beta.length, gold);
        }
        double relevant = 0;
        double rest = 0;
        for (int c = 0; c < beta.length; c++) {
            relevant += Math.abs(beta[c]);
            rest += Math.abs(parts.logits()[b][c] - beta[c]);
        }
        return relevant / rest;
    }

    /// The control: ranks in random order, scaled to (0, 1].
    private RelevanceScores random(int layers, int perLayer) {
        List<Integer> ranks = new ArrayList<>(
                IntStream.rangeClosed(1, layers * perLayer).boxed().toList());
        Collections.shuffle(ranks, new Random(seed));
        double[][] score = new double[layers][perLayer];
        for (Head h : HeadMask.all(layers, perLayer).selected()) {
            score[h.layer()][h.head()] =
                    heads.contains(h) ? ranks.get(h.layer() * perLayer + h.head()) / (double) ranks.size() : Double.NaN;
        }
        return new RelevanceScores(method, score, new double[layers][perLayer], 0);
    }
}
