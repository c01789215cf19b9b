package sirkuit.relevance;

import ai.djl.ndarray.NDArray;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;
import sirkuit.relevance.BlockTotals.LayerTotals;
import sirkuit.transformer.Dense;
import sirkuit.transformer.Norm;
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

    /// Whether these loops can do the model's work: on the CPU, with an activation that they have.
    static boolean suit(ProxyModel model) {
        return !model.manager().getDevice().isGpu()
                && model.spec().activation() == TransformerSpec.Activation.GELU
                && !Boolean.getBoolean("sirkuit.eager");
    }

    @Override
    public NDArray linear(NDArray beta, Dense map, NDArray total) {
        NDArray mapped = map.withoutBias(beta);
        Walk walk = new Walk(mapped, width(map.bias()));
        FloatBuffer totals = memory(total);
        float[] bias = map.bias().toFloatArray();
        float[] t = walk.piece();
        walk.run((at, length) -> totals.get(at, t, 0, length), (m, from, length) -> {
            for (int o = 0; o < length; o += bias.length) {
                share(m, t, bias, o);
            }
        });
        return mapped;
    }

    @Override
    public NDArray mix(NDArray beta, NDArray pattern, NDArray total) {
        return EAGER.mix(beta, pattern, total);
    }

    @Override
    public NDArray addAndNorm(
            NDArray mapped,
            NDArray bias,
            NDArray total,
            @Nullable NDArray residual,
            NDArray sum,
            NDArray scale,
            Norm norm) {
        Walk walk = new Walk(mapped, width(bias));
        FloatBuffer totals = memory(total);
        FloatBuffer sums = memory(sum);
        FloatBuffer scales = memory(scale);
        FloatBuffer residuals = residual == null ? null : memory(residual);
        float[] b = bias.toFloatArray();
        float[] normBias = norm.bias().toFloatArray();
        float[] t = walk.piece();
        float[] s = walk.piece();
        float[] w = walk.piece();
        float[] r = walk.piece();
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
                    for (int o = 0; o < length; o += b.length) {
                        share(m, t, b, o);
                        add(m, r, o, b.length);
                        norm(m, s, w, normBias, o);
                    }
                });
        return mapped;
    }

    @Override
    public NDArray upAndActivate(NDArray beta, Dense up, LayerTotals totals, TransformerSpec.Activation f) {
        NDArray mapped = up.withoutBias(beta);
        Walk walk = new Walk(mapped, width(up.bias()));
        FloatBuffer withoutBias = memory(totals.upWithoutBias());
        FloatBuffer withBias = memory(totals.up());
        float[] bias = up.bias().toFloatArray();
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
                    for (int o = 0; o < length; o += bias.length) {
                        share(m, t, bias, o);
                    }
                    Gelu.difference(u, activated, m, length);
                });
        return mapped;
    }

    /// m += b |m| / (|m| + |t − m| + τ) over one row.
    private static void share(float[] m, float[] t, float[] bias, int o) {
        for (int j = 0; j < bias.length; j++) {
            float x = m[o + j];
            float size = Math.abs(x);
            m[o + j] = x + bias[j] * size / (size + Math.abs(t[o + j] - x) + TAU);
        }
    }

    private static void add(float[] m, float[] r, int o, int width) {
        for (int j = 0; j < width; j++) {
            m[o + j] += r[o + j];
        }
    }

    /// (m − mean m) w + b |m| / (|m| + |s − m| + τ) over one row.
    private static void norm(float[] m, float[] s, float[] w, float[] bias, int o) {
        float mean = mean(m, o, bias.length);
        for (int j = 0; j < bias.length; j++) {
            float x = m[o + j];
            float size = Math.abs(x);
            m[o + j] = (x - mean) * w[o + j] + bias[j] * size / (size + Math.abs(s[o + j] - x) + TAU);
        }
    }

    /// Eight sums side by side: one sum alone would wait for itself at every step.
    private static float mean(float[] m, int o, int width) {
        float a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
        int j = 0;
        for (; j + 8 <= width; j += 8) {
            a += m[o + j];
            b += m[o + j + 1];
            c += m[o + j + 2];
            d += m[o + j + 3];
            e += m[o + j + 4];
            f += m[o + j + 5];
            g += m[o + j + 6];
            h += m[o + j + 7];
        }
        for (; j < width; j++) {
            a += m[o + j];
        }
        return (((a + b) + (c + d)) + ((e + f) + (g + h))) / width;
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
