package sirkuit.tuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.List;
import sirkuit.transformer.Dense;
import sirkuit.transformer.Projection;

/// A projection into heads of which some are trained.
///
/// If every head has its own key and value, the trained heads' outputs come first, then those of the frozen heads.
/// Attention treats all heads alike, so their order is free as long as query, key, value and output agree. If heads
/// share keys and values, the outputs are put back in order.
///
/// @param order of each head, in order, its place among trained and frozen; empty when the order is free
/// @param size  entries of a head
record SplitRows(Dense trained, Dense frozen, List<Integer> order, int size) implements Projection {
    @Override
    public NDArray apply(NDArray x) {
        NDArray both = trained.apply(x).concat(frozen.apply(x), -1);
        return order.isEmpty() ? both : pick(both, order, size);
    }

    /// Some heads' entries of the last axis, in the given order.
    static NDArray pick(NDArray x, List<Integer> heads, int size) {
        NDList pieces = new NDList();
        heads.forEach(h -> pieces.add(x.get("..., " + h * size + ":" + (h + 1) * size)));
        // For a single array, NDArrays.concat makes a copy without a gradient.
        return pieces.size() == 1
                ? pieces.singletonOrThrow()
                : NDArrays.concat(pieces, x.getShape().dimension() - 1);
    }
}
