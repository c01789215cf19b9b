package sirkuit.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;

/// The classifier of a causal language model: the rows of its output embedding that belong to the classes' tokens.
///
/// @param table (V, d)
/// @param ids   (C) int64
public record TiedRows(NDArray table, NDArray ids) implements Projection {
    @Override
    public NDArray apply(NDArray x) {
        NDArray rows = Embedding.embedding(ids, table, SparseFormat.DENSE).singletonOrThrow();
        return Linear.linear(x, rows).singletonOrThrow();
    }
}
