package sirkuit.relevance.decomposition;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import sirkuit.mask.Head;
import sirkuit.relevance.baseline.MeanActivation;
import sirkuit.transformer.Dense;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.Layer;
import sirkuit.transformer.Network;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TransformerSpec;

/// CD-T: splits the logits into the part that comes from one head's deviation from its mean (relevant, β) and the rest
/// (irrelevant, γ), for many heads at once (arXiv 2407.00886; the mean baseline and the score of arXiv 2601.08146).
///
/// Only β is propagated; γ is the cached total minus β. Heads are stacked in front of the block, and the stack grows
/// layer by layer: a head joins in the layer where its output is computed.
public final class ContextualDecomposition implements AutoCloseable {
    /// The largest array of a stack. Measured: larger ones do not fit into the cache, smaller ones waste calls.
    private static final long STACK_BYTES = 4L << 20;

    private static final RelevantPart PLAIN = new RelevantPart(false);

    private final ProxyModel model;
    private final TransformerSpec spec;
    private final PropagationRules rules;
    private final PropagationRules plain;
    private final boolean withEdges;
    private final Runnable stopPoint;
    private final NDManager manager;
    private final NDArray[] means;

    /// @param stopPoint called between layers, on several threads; throws to stop
    public ContextualDecomposition(ProxyModel model, MeanActivation mean, boolean stabilised, Runnable stopPoint) {
        this(model, mean, stabilised, false, stopPoint);
    }

    /// @param edges whether the edges between heads are needed too
    public ContextualDecomposition(
            ProxyModel model, MeanActivation mean, boolean stabilised, boolean edges, Runnable stopPoint) {
        withEdges = edges;
        this.model = model;
        this.spec = model.spec();
        plain = FusedRules.suit(model) ? new FusedRules() : PLAIN;
        rules = stabilised ? new RelevantPart(true) : plain;
        this.stopPoint = stopPoint;
        manager = model.manager().newSubManager();
        means = new NDArray[spec.layers()];
        try {
            for (int l = 0; l < spec.layers(); l++) {
                means[l] = mean.layer(manager, l);
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            manager.close();
            throw e;
        }
    }

    /// The relevant part of the logits.
    ///
    /// @param logits   [B][C] of the unchanged pass
    /// @param relevant [heads][B][C], heads in the order asked for
    /// @param edges    [heads][B], then the head's row of [HeadEdges]: how much of each later head's output came
    ///                 from the head; null when not asked for
    public record Relevant(float[][] logits, float[][][] relevant, float @Nullable [][][] edges) {}

    /// Decomposes one block of sentences for each of `heads`.
    ///
    /// @param heads sorted by layer, then head
    public Relevant decompose(LabelledTokens block, List<Head> heads) {
        float[][][] relevant = new float[heads.size()][][];
        float[][][] edges = withEdges ? new float[heads.size()][][] : null;
        try (BlockTotals totals = BlockTotals.of(model, block, withEdges, stopPoint)) {
            int inner = Math.max(spec.mlp().width(), Math.max(spec.hidden(), spec.width()));
            long widest = 4L * totals.examples() * totals.tokens() * inner;
            int most = Math.clamp(STACK_BYTES / widest, 1, heads.size());
            for (int from = 0; from < heads.size(); from += most) {
                List<Head> some = heads.subList(from, Math.min(from + most, heads.size()));
                EdgeShares shares = edges == null
                        ? null
                        : new EdgeShares(some, totals.examples(), spec.layers(), spec.heads(), spec.headSize());
                float[] values = propagate(totals, some, shares);
                if (edges != null && shares != null) {
                    System.arraycopy(shares.shares(), 0, edges, from, some.size());
                }
                for (int n = 0; n < some.size(); n++) {
                    relevant[from + n] = rows(values, n * totals.examples() * spec.classes(), totals.examples());
                }
            }
            return new Relevant(rows(totals.logits().toFloatArray(), 0, totals.examples()), relevant, edges);
        }
    }

    private float[][] rows(float[] values, int from, int count) {
        float[][] rows = new float[count][];
        for (int b = 0; b < count; b++) {
            int at = from + b * spec.classes();
            rows[b] = java.util.Arrays.copyOfRange(values, at, at + spec.classes());
        }
        return rows;
    }

    /// @return (N, B, C), flat
    private float[] propagate(BlockTotals totals, List<Head> heads, @Nullable EdgeShares edges) {
        NDArray stack = null;
        for (int i = heads.getFirst().layer(); i < spec.layers(); i++) {
            stopPoint.run();
            NDArray next;
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                next = layer(i, totals, stack, joining(heads, i), edges);
                NDScope.unregister(next);
            }
            if (stack != null) {
                stack.close();
            }
            stack = next;
        }
        try (NDArray last = java.util.Objects.requireNonNull(stack);
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return classify(last, totals).toFloatArray();
        }
    }

    private static List<Head> joining(List<Head> heads, int layer) {
        return heads.stream().filter(h -> h.layer() == layer).toList();
    }

    /// @param stack (N, B, T, d) β of what enters the layer; null before the first head joins
    /// @return (N + joining, B, Tq, d) β of what leaves it
    private NDArray layer(
            int i, BlockTotals totals, @Nullable NDArray stack, List<Head> joining, @Nullable EdgeShares edges) {
        Layer<Dense> p = model.network().layers().get(i);
        BlockTotals.LayerTotals t = totals.layer(i);
        NDList parts = new NDList();
        if (stack != null) {
            parts.add(attention(i, p, totals, stack, edges));
        }
        if (!joining.isEmpty()) {
            parts.add(sources(i, p, t, joining));
        }
        NDArray middle = parts.size() == 1 ? parts.singletonOrThrow() : NDArrays.concat(parts, 0);
        NDArray seen = t.mlpInput() == null ? middle : rules.norm(middle, t.mlpInput());
        try (NDArray activated = rules.activate(seen, p, t, spec.mlp().activation())) {
            return rules.end(p.down().withoutBias(activated), t.mlp(), middle);
        }
    }

    /// β after attention, for heads that joined below.
    private NDArray attention(int i, Layer<Dense> p, BlockTotals totals, NDArray stack, @Nullable EdgeShares edges) {
        BlockTotals.LayerTotals t = totals.layer(i);
        NDArray seen = t.input() == null ? stack : rules.norm(stack, t.input());
        // Values are not stabilised, only the result of mixing them. The reference numbers are made the same way.
        try (NDArray values = plain.linear(seen, p.value(), t.value());
                NDArray mixed = rules.mix(values, t.pattern(), t.headOutputs())) {
            boolean last = i == spec.layers() - 1;
            if (edges != null && !last) {
                edges.reached(i, mixed, t.headOutputs(), totals.valid());
            } else if (edges != null) {
                // The score reads one row of the last layer, an edge reads all rows.
                try (NDArray every = rules.mix(values, totals.lastPattern(), totals.lastHeadOutputs())) {
                    edges.reached(i, every, totals.lastHeadOutputs(), totals.valid());
                }
            }
            NDArray residual = last ? totals.computed(stack) : stack;
            return rules.end(p.output().withoutBias(mixed), t.attention(), residual);
        }
    }

    /// β after attention, for the heads of this layer: β is z − μ in a head's own slice. So W_O is applied to that
    /// slice alone, and the residual stream adds nothing.
    private NDArray sources(int i, Layer<Dense> p, BlockTotals.LayerTotals totals, List<Head> joining) {
        Shape s = totals.headOutputs().getShape();
        long b = s.get(0), t = s.get(1), n = joining.size(), size = spec.headSize();
        NDArray deviation = totals.headOutputs().sub(means[i]);
        NDList slices = new NDList();
        NDList columns = new NDList();
        for (Head h : joining) {
            String range = h.head() * size + ":" + (h.head() + 1) * size;
            slices.add(deviation.get("..., " + range).reshape(1, b * t, size));
            columns.add(p.output().weight().get(":, " + range).transpose().reshape(1, size, spec.hidden()));
        }
        NDArray mapped = NDArrays.concat(slices, 0)
                .batchMatMul(NDArrays.concat(columns, 0))
                .reshape(n, b, t, spec.hidden());
        return rules.end(mapped, totals.attention(), null);
    }

    /// @param stack (N, B, Tq, d)
    /// @return (N, B, C)
    private NDArray classify(NDArray stack, BlockTotals totals) {
        Network<Dense> network = model.network();
        NDArray normed = totals.last() == null ? stack : rules.norm(stack, totals.last());
        NDArray row = totals.read(normed).squeeze(2);
        TransformerSpec.Activation f = spec.readout().activation();
        BlockTotals.PoolerTotals pooler = totals.pooler();
        if (pooler != null && f != null) {
            NDArray before = PLAIN.linear(row, pooler.map(), pooler.withoutBias());
            NDArray activated = RelevantPart.activation(before, pooler.output(), pooler.activated(), f);
            row = pooler.norm() == null ? activated : PLAIN.norm(activated, pooler.norm());
        }
        Dense classifier = network.denseClassifier();
        NDArray logits = PLAIN.linear(row, classifier, classifier.minusBias(totals.rawLogits()));
        double cap = spec.readout().softcap();
        return cap == 0 ? logits : RelevantPart.cap(logits, totals.rawLogits(), totals.logits(), cap);
    }

    /// Decomposes all examples block by block, several side by side.
    ///
    /// @param listener gets each block's indices into `examples` and its parts
    public void decomposeAll(LabelledTokens examples, List<Head> heads, int blockSize, BlockListener listener) {
        List<Head> sorted = new ArrayList<>(heads);
        java.util.Collections.sort(sorted);
        List<Callable<Done>> pieces = new ArrayList<>();
        for (List<Integer> block : blocks(examples, blockSize)) {
            pieces.add(() -> new Done(block, decompose(examples.select(block), sorted)));
        }
        model.lanes().run(pieces, done -> listener.decomposed(done.block, sorted, done.parts));
    }

    private record Done(List<Integer> block, Relevant parts) {}

    /// In the given order, so that any first part is as balanced as the sample.
    private static List<List<Integer>> blocks(LabelledTokens examples, int size) {
        List<List<Integer>> blocks = new ArrayList<>();
        for (int from = 0; from < examples.size(); from += size) {
            blocks.add(java.util.stream.IntStream.range(from, Math.min(from + size, examples.size()))
                    .boxed()
                    .toList());
        }
        return blocks;
    }

    /// Called after each block.
    @FunctionalInterface
    public interface BlockListener {
        void decomposed(List<Integer> block, List<Head> heads, Relevant parts);
    }

    @Override
    public void close() {
        manager.close();
    }
}
