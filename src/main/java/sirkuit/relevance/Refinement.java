package sirkuit.relevance;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import sirkuit.mask.Head;
import sirkuit.mask.RelevanceScores;
import sirkuit.relevance.baseline.MeanActivation;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;

/// CD-T on growing samples, only for heads that are still undecided: it is not yet certain whether they are among the k
/// highest. For examples on which a head was not scored, its CD-T value is estimated from one backward pass over all
/// examples that correlates closely with it ([Gradient#HELD], [TwoPhase]). A head is decided when, given the
/// measurements, it is in or out with probability `level`.
///
/// @param scoring of CD-T
/// @param topK    k
/// @param level   probability at which a head is decided, such as 0.95
/// @param seed    of the draws that give the probabilities
public record Refinement(RelevanceScoring scoring, int topK, double level, long seed) {
    /// Minimum number of examples in a round. With fewer, the first regression underestimates its error.
    private static final int ROUND = 12;

    /// @param table    the values
    /// @param open     heads that stayed undecided at `level`; for these, more of these examples would tell little
    ///                 compared with other examples ([TwoPhase#known()])
    /// @param examples the largest number of examples that a head was scored on
    /// @param share    the computed share of the heads' values on all examples, 0 to 1
    public record Outcome(ScoreTable table, int open, int examples, double share) {}

    /// Called after each round. The first time is before CD-T has begun, with the linear part of [ScoreMethod#CDT]
    /// alone.
    @FunctionalInterface
    public interface Listener {
        /// @param inTopK    [L H] probability that a head is among the k highest of all examples
        /// @param undecided heads that will be scored on more examples
        void refined(RelevanceScores scores, double[] inTopK, int undecided, int done, int of);
    }

    /// @param examples label-balanced, with alternating classes, as many as may be used
    public Outcome run(
            ProxyModel model, MeanActivation mean, LabelledTokens examples, Listener listener, Runnable stopPoint) {
        int classes = model.spec().classes();
        int perLayer = model.spec().heads();
        int round = Math.ceilDiv(ROUND, classes) * classes;
        ScoreTable table = expecting(model, mean, examples, listener, stopPoint);
        List<Head> open = scoring.heads();
        List<Head> undecided = open;
        Map<Head, Integer> scored = new HashMap<>();
        int done = 0;
        while (!undecided.isEmpty()) {
            // Half as many rounds each time: with few sentences at once, lanes are idle.
            int next = Math.min(Math.max(done + round, 2 * done), examples.size());
            // A head may become undecided again when others have moved. Then it catches up.
            Map<Integer, List<Head>> bySample = undecided.stream()
                    .collect(Collectors.groupingBy(h -> scored.getOrDefault(h, 0), TreeMap::new, Collectors.toList()));
            bySample.forEach((from, some) -> {
                scoring.decompose(
                        model, mean, examples.part(from, next), from, some, table, (scores, n, of) -> {}, stopPoint);
                some.forEach(h -> scored.put(h, next));
            });
            done = next;
            TwoPhase[] estimates = table.estimates();
            double[] inTopK = TwoPhase.inTopK(estimates, topK, seed);
            open = open(perLayer, inTopK);
            undecided = open.stream()
                    .filter(h -> !estimates[h.layer() * perLayer + h.head()].known())
                    .toList();
            listener.refined(table.scores(), inTopK, undecided.size(), done, examples.size());
        }
        long computed = scored.values().stream().mapToLong(Integer::longValue).sum();
        return new Outcome(
                table, open.size(), done, computed / (double) (scoring.heads().size() * (long) examples.size()));
    }

    /// A table that has the linear part on all examples.
    private ScoreTable expecting(
            ProxyModel model, MeanActivation mean, LabelledTokens examples, Listener listener, Runnable stopPoint) {
        int layers = model.spec().layers();
        int perLayer = model.spec().heads();
        double[][] linear = new double[layers * perLayer][examples.size()];
        Gradient.HELD.values(
                model,
                mean,
                examples,
                (texts, values) -> {
                    for (int i = 0; i < linear.length; i++) {
                        for (int b = 0; b < texts.size(); b++) {
                            linear[i][texts.get(b)] = values[i][b];
                        }
                    }
                },
                stopPoint);
        ScoreTable first = new ScoreTable(scoring.method(), layers, perLayer, examples.size());
        scoring.heads().forEach(h -> {
            for (int e = 0; e < examples.size(); e++) {
                first.set(h, e, linear[h.layer() * perLayer + h.head()][e]);
            }
        });
        double[] nothing = new double[linear.length];
        Arrays.fill(nothing, Double.NaN);
        listener.refined(first.scores(), nothing, scoring.heads().size(), 0, examples.size());
        ScoreTable table = new ScoreTable(scoring.method(), layers, perLayer, examples.size());
        table.expect(linear);
        return table;
    }

    private List<Head> open(int perLayer, double[] inTopK) {
        return scoring.heads().stream()
                .filter(h -> {
                    double p = inTopK[h.layer() * perLayer + h.head()];
                    return p < level && p > 1 - level;
                })
                .toList();
    }
}
