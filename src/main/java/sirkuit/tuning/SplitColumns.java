package sirkuit.tuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import sirkuit.transformer.Dense;
import sirkuit.transformer.Projection;

/// The projection out of heads of which some are trained, for inputs with the trained heads first. The bias belongs to
/// all heads and stays frozen.
///
/// @param trained its bias is the shared one
/// @param frozen  (d, frozen entries)
record SplitColumns(Dense trained, NDArray frozen) implements Projection {
    @Override
    public NDArray apply(NDArray z) {
        long first = trained.weight().getShape().get(1);
        int last = z.getShape().dimension() - 1;
        NDList parts = z.split(new long[] {first}, last);
        return trained.apply(parts.get(0))
                .add(ai.djl.nn.core.Linear.linear(parts.get(1), frozen).singletonOrThrow());
    }
}
