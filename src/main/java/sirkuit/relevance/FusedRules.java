package sirkuit.relevance;

import ai.djl.ndarray.NDArray;
import java.nio.FloatBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sirkuit.relevance.BlockTotals.Ending;
import sirkuit.relevance.BlockTotals.LayerTotals;
import sirkuit.relevance.BlockTotals.Normed;
import sirkuit.transformer.Dense;
import sirkuit.transformer.Layer;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TransformerSpec;

/// The rules on the CPU, each element-wise chain in one pass over the array's own memory: libtorch multiplies
/// matrices, these loops do the rest. An array is walked in pieces small enough for the first-level cache; a piece of
/// the totals is read once for all heads.
///
/// The loops are written so that the compiler turns them into vector instructions.
record FusedRules() implements PropagationRules {
    private static final float TAU = 1e-8f;
    private static final PropagationRules EAGER = new RelevantPart(false);

    /// Floats in a piece: four pieces stay within 32 kB.
    private static final int PIECE = 2048;

    /// Whether these loops can do the model's work: on the CPU, for layers as BERT has them.
    static boolean suit(ProxyModel model) {
        TransformerSpec spec = model.spec();
        TransformerSpec.Names n = spec.names();
        return !model.manager().getDevice().isGpu()
                && spec.activation() == TransformerSpec.Activation.GELU
                && spec.norm().centred()
                && spec.biases()
                && !spec.gated()
                && n.attention()
                        .equals(new TransformerSpec.Norms(
                                null, null, n.attention().sum()))
                && n.attention().sum() != null
                && n.mlp().equals(new TransformerSpec.Norms(null, null, n.mlp().sum()))
                && n.mlp().sum() != null
                && !Boolean.getBoolean("sirkuit.eager");
    }

    @Override
    public NDArray linear(NDArray beta, Dense map, NDArray total) {
        NDArray mapped = map.withoutBias(beta);
        NDArray mapBias = Objects.requireNonNull(map.bias());
        Walk walk = new Walk(mapped, width(mapBias));
        FloatBuffer totals = memory(total);
        float[] bias = walk.tiled(mapBias);
        float[] t = walk.piece();
        walk.run((at, length) -> totals.get(at, t, 0, length), (m, from, length) -> {
            share(m, t, bias, length);
        });
        return mapped;
    }

    @Override
    public NDArray mix(NDArray beta, NDArray pattern, NDArray total) {
        return EAGER.mix(beta, pattern, total);
    }

    @Override
    public NDArray norm(NDArray beta, Normed norm) {
        return EAGER.norm(beta, norm);
    }

    @Override
    public NDArray end(NDArray mapped, Ending ending, @Nullable NDArray residual) {
        NDArray bias = Objects.requireNonNull(ending.map().bias());
        Normed outer = Objects.requireNonNull(ending.outer());
        int width = width(bias);
        Walk walk = new Walk(mapped, width);
        FloatBuffer totals = memory(ending.output());
        FloatBuffer sums = memory(ending.sum());
        FloatBuffer scales = memory(outer.scale());
        FloatBuffer residuals = residual == null ? null : memory(residual);
        float[] b = walk.tiled(bias);
        float[] normBias = walk.tiled(Objects.requireNonNull(outer.norm().bias()));
        float[] t = walk.piece();
        float[] s = walk.piece();
        float[] w = walk.piece();
        float[] r = walk.piece();
        Fold fold = new Fold(width);
        walk.run(
                (at, length) -> {
                    totals.get(at, t, 0, length);
                    sums.get(at, s, 0, length);
                    scales.get(at, w, 0, length);
                },
                (m, from, length) -> {
                    if (residuals != null) {
                        residuals.get(from, r, 0, length);
                    }
                    share(m, t, b, length);
                    add(m, r, length);
                    for (int o = 0; o < length; o += width) {
                        norm(m, s, w, normBias, o, width, fold);
                    }
                });
        return mapped;
    }

    @Override
    public NDArray activate(NDArray beta, Layer<Dense> layer, LayerTotals totals, TransformerSpec.Activation f) {
        Dense up = layer.up();
        NDArray upBias = Objects.requireNonNull(up.bias());
        NDArray mapped = up.withoutBias(beta);
        Walk walk = new Walk(mapped, width(upBias));
        FloatBuffer withoutBias = memory(totals.upWithoutBias());
        FloatBuffer withBias = memory(totals.up());
        float[] bias = walk.tiled(upBias);
        float[] t = walk.piece();
        float[] u = walk.piece();
        float[] activated = walk.piece();
        walk.run(
                (at, length) -> {
                    withoutBias.get(at, t, 0, length);
                    withBias.get(at, u, 0, length);
                    Gelu.apply(u, activated, length);
                },
                (m, from, length) -> {
                    share(m, t, bias, length);
                    Gelu.difference(u, activated, m, length);
                });
        return mapped;
    }

    /// m += b |m| / (|m| + |t − m| + τ)
    ///
    /// Every array is read at the same index: with another one, as for a bias within a row, the compiler must fear
    // that
    /// two arrays are one and leaves the loop scalar (measured five times slower).
    private static void share(float[] m, float[] t, float[] bias, int length) {
        for (int j = 0; j < length; j++) {
            float x = m[j];
            float size = Math.abs(x);
            m[j] = x + bias[j] * size / (size + Math.abs(t[j] - x) + TAU);
        }
    }

    private static void add(float[] m, float[] r, int length) {
        for (int j = 0; j < length; j++) {
            m[j] += r[j];
        }
    }

    /// (m − mean m) w + b |m| / (|m| + |s − m| + τ) over the row from `o`.
    private static void norm(float[] m, float[] s, float[] w, float[] bias, int o, int width, Fold fold) {
        float mean = fold.mean(m, o, width);
        for (int j = o; j < o + width; j++) {
            float x = m[j];
            float size = Math.abs(x);
            m[j] = (x - mean) * w[j] + bias[j] * size / (size + Math.abs(s[j] - x) + TAU);
        }
    }

    /// The mean of a row by folding it upon itself: halves are added lane by lane, which one running sum cannot be.
    private static final class Fold {
        private final float[] low;
        private final float[] high;

        Fold(int width) {
            low = new float[width];
            high = new float[width];
        }

        float mean(float[] m, int o, int width) {
            System.arraycopy(m, o, low, 0, width);
            int length = width;
            while (length > 8 && length % 2 == 0) {
                length /= 2;
                System.arraycopy(low, length, high, 0, length);
                add(low, high, length);
            }
            float sum = 0;
            for (int j = 0; j < length; j++) {
                sum += low[j];
            }
            return sum / width;
        }
    }

    private static int width(NDArray bias) {
        return Math.toIntExact(bias.getShape().get(0));
    }

    /// The array's own memory where it is contiguous, a copy of it elsewhere.
    private static FloatBuffer memory(NDArray array) {
        return array.toByteBuffer(true).asFloatBuffer();
    }

    /// Walks over (N, rows, width) in pieces of whole rows: for each piece of the rows all N heads in turn.
    private static final class Walk {
        private final FloatBuffer memory;
        private final int heads;
        private final int perHead;
        private final int step;
        private final float[] m;

        /// Gets a piece of what all heads share.
        private interface Shared {
            void load(int at, int length);
        }

        /// Works on one head's piece.
        private interface Own {
            void work(float[] m, int from, int length);
        }

        Walk(NDArray array, int width) {
            memory = memory(array);
            heads = Math.toIntExact(array.getShape().get(0));
            perHead = memory.capacity() / heads;
            step = Math.max(1, PIECE / width) * width;
            m = piece();
        }

        float[] piece() {
            return new float[step];
        }

        /// A row's values over and over, for a whole piece.
        float[] tiled(NDArray row) {
            float[] values = row.toFloatArray();
            float[] piece = piece();
            for (int o = 0; o < step; o += values.length) {
                System.arraycopy(values, 0, piece, o, values.length);
            }
            return piece;
        }

        void run(Shared shared, Own own) {
            for (int at = 0; at < perHead; at += step) {
                int length = Math.min(step, perHead - at);
                shared.load(at, length);
                for (int n = 0; n < heads; n++) {
                    int from = n * perHead + at;
                    memory.get(from, m, 0, length);
                    own.work(m, from, length);
                    memory.put(from, m, 0, length);
                }
            }
        }
    }
}
