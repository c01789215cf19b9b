package sirkuit.relevance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.TopKConfidence;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;

/// CD-T on growing samples, only of heads of which it is not settled yet whether they are among the k highest. A head
/// is settled when it is in, or is out, in a share `level` of the bootstrap resamples.
///
/// @param scoring of CD-T
/// @param topK    k
/// @param level   share that settles, such as 0.95
/// @param seed    of the resamples
public record Refinement(RelevanceScoring scoring, int topK, double level, long seed) {
    /// Examples of each class in a round. Tried on resampled values of a real checkpoint: with fewer in the first round
    /// the bootstrap is too sure of itself, with more in any round heads are scored on that are settled already.
    private static final int PER_CLASS = 4;

    /// @param table    the values
    /// @param inTopK   [L H] share of resamples in which a head is among the k highest
    /// @param settled  whether every head was settled; else the examples were all used
    /// @param examples how many examples the heads that took longest were scored on
    public record Outcome(ScoreTable table, double[] inTopK, boolean settled, int examples) {}

    /// Told after each round.
    @FunctionalInterface
    public interface Listener {
        /// @param undecided heads that will be scored on more examples
        void refined(ScoreTable table, double[] inTopK, int undecided, int done, int of);
    }

    /// @param examples label-balanced, classes taking turns, as many as may be used
    public Outcome run(
            ProxyModel model, MeanActivation mean, LabelledTokens examples, Listener listener, Runnable stopPoint) {
        int classes = model.spec().classes();
        ScoreTable table = new ScoreTable(
                scoring.method(), model.spec().layers(), model.spec().heads(), examples.size());
        List<Head> undecided = scoring.heads();
        double[] inTopK = new double[0];
        Map<Head, Integer> scored = new HashMap<>();
        int done = 0;
        while (done < examples.size() && !undecided.isEmpty()) {
            int next = Math.min(done + PER_CLASS * classes, examples.size());
            // A head may become undecided again when others have moved: it catches up.
            Map<Integer, List<Head>> bySample = undecided.stream()
                    .collect(Collectors.groupingBy(h -> scored.getOrDefault(h, 0), TreeMap::new, Collectors.toList()));
            bySample.forEach((from, some) -> {
                scoring.decompose(
                        model, mean, examples.part(from, next), from, some, table, (scores, n, of) -> {}, stopPoint);
                some.forEach(h -> scored.put(h, next));
            });
            done = next;
            inTopK = TopKConfidence.of(table.values(), topK, TopKConfidence.RESAMPLES, seed);
            undecided = undecided(model, inTopK);
            listener.refined(table, inTopK, undecided.size(), done, examples.size());
        }
        return new Outcome(table, inTopK, undecided.isEmpty(), done);
    }

    private List<Head> undecided(ProxyModel model, double[] inTopK) {
        int perLayer = model.spec().heads();
        List<Head> undecided = new ArrayList<>();
        for (Head h : HeadMask.all(model.spec().layers(), perLayer).selected()) {
            double p = inTopK[h.layer() * perLayer + h.head()];
            if (p < level && p > 1 - level) {
                undecided.add(h);
            }
        }
        return undecided;
    }
}
