package sirkuit.transformer;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which positions see each other and how they are rotated, computed once for all layers of a pass.
final class AttentionContext {
    private record Key(Object what, boolean readersOnly) {}

    private final TransformerSpec.Attention attention;
    private final Map<Key, @Nullable NDArray> biases = new HashMap<>();
    private final Map<Key, NDArray[]> turns = new HashMap<>();

    /// @param first    first layer of the pass
    /// @param end      the layer after its last
    /// @param everyRow whether the last layer computes every position
    AttentionContext(TransformerSpec spec, TokenBatch batch, int first, int end, boolean everyRow) {
        attention = spec.attention();
        for (int i = first; i < end; i++) {
            boolean few = !everyRow && i == spec.layers() - 1;
            int window = attention.windows().get(i);
            Key key = new Key(window, few);
            if (!biases.containsKey(key)) {
                biases.put(key, batch.bias(attention, window, few));
            }
            if (!attention.rotary().isEmpty()) {
                Rotary rotary = attention.rotary().get(i);
                turns.computeIfAbsent(new Key(rotary, false), k -> batch.turns(rotary, false));
                if (few) {
                    turns.computeIfAbsent(new Key(rotary, true), k -> batch.turns(rotary, true));
                }
            }
        }
    }

    /// (B or 1, 1, Tq or 1, T); null when everything is seen
    @Nullable
    NDArray bias(int layer, boolean readersOnly) {
        return biases.get(new Key(attention.windows().get(layer), readersOnly));
    }

    /// Rotates a query or key by its position.
    ///
    /// @param x (B, heads, rows, d_head)
    NDArray turned(NDArray x, int layer, boolean readersOnly) {
        if (attention.rotary().isEmpty()) {
            return x;
        }
        Rotary rotary = attention.rotary().get(layer);
        NDArray[] by = java.util.Objects.requireNonNull(turns.get(new Key(rotary, readersOnly)));
        int half = rotary.size() / 2;
        long size = x.getShape().get(3);
        NDArray a = x.get("..., 0:" + half);
        NDArray b = x.get("..., " + half + ":" + rotary.size());
        NDArray turned = a.mul(by[0]).sub(b.mul(by[1])).concat(b.mul(by[0]).add(a.mul(by[1])), -1);
        return rotary.size() == size ? turned : turned.concat(x.get("..., " + rotary.size() + ":" + size), -1);
    }
}
