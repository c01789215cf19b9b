package sirkuit.tuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.core.Linear;
import java.util.List;
import sirkuit.transformer.Dense;
import sirkuit.transformer.Projection;

/// The projection from heads of which some are trained. The bias belongs to all heads and stays frozen.
///
/// @param trained      has the shared bias
/// @param frozen       (d, frozen entries)
/// @param trainedHeads where the input has all heads in order: those that are trained; empty when they come first
/// @param frozenHeads  likewise
/// @param size         entries of a head
record SplitColumns(Dense trained, NDArray frozen, List<Integer> trainedHeads, List<Integer> frozenHeads, int size)
        implements Projection {
    @Override
    public NDArray apply(NDArray z) {
        NDArray own;
        NDArray rest;
        if (trainedHeads.isEmpty()) {
            int last = z.getShape().dimension() - 1;
            NDList parts = z.split(new long[] {trained.weight().getShape().get(1)}, last);
            own = parts.get(0);
            rest = parts.get(1);
        } else {
            own = SplitRows.pick(z, trainedHeads, size);
            rest = SplitRows.pick(z, frozenHeads, size);
        }
        return trained.apply(own).add(Linear.linear(rest, frozen).singletonOrThrow());
    }
}
