package sirkuit.tuning;

import ai.djl.ndarray.NDArray;
import sirkuit.transformer.Dense;
import sirkuit.transformer.Projection;

/// A projection into heads of which some are trained: the trained heads' outputs come first, then the frozen ones'.
/// Attention treats all heads alike, so their order is free as long as query, key, value and output agree.
record SplitRows(Dense trained, Dense frozen) implements Projection {
    @Override
    public NDArray apply(NDArray x) {
        return trained.apply(x).concat(frozen.apply(x), -1);
    }
}
