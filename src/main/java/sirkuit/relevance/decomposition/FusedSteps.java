package sirkuit.relevance.decomposition;

import ai.djl.ndarray.NDArray;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.relevance.decomposition.BlockTotals.Normed;
import sirkuit.transformer.TransformerSpec.Activation;

/// The steps of one chain over one stack, in the order of the calls.
///
/// Every loop reads all its arrays at the same index. With different indices, such as for a bias within a row, the
/// compiler must assume that two arrays may overlap, and does not vectorise the loop (measured five times slower).
final class FusedSteps {
    private static final float TAU = 1e-8f;

    private final StackWalk walk;
    private final List<StackWalk.Step> steps = new ArrayList<>();

    FusedSteps(NDArray stack) {
        walk = new StackWalk(stack);
    }

    void run() {
        if (!steps.isEmpty()) {
            walk.run(steps);
        }
    }

    /// m += b |m| / (|m| + |total − m| + τ)
    ///
    /// @param total without bias
    FusedSteps share(@Nullable NDArray bias, NDArray total) {
        if (bias != null) {
            steps.add(new Share(walk.tiled(bias), walk.shared(total)));
        }
        return this;
    }

    FusedSteps norm(@Nullable Normed norm) {
        if (norm != null) {
            NDArray bias = norm.norm().bias();
            boolean centred = norm.norm().kind().centred();
            StackWalk.Shared scale = walk.shared(norm.scale());
            if (bias == null && !centred) {
                steps.add(new Scale(scale));
            } else {
                float[] b = bias == null ? walk.piece() : walk.tiled(bias);
                steps.add(new NormStep(b, walk.shared(norm.input()), scale, centred ? new Fold(walk.width()) : null));
            }
        }
        return this;
    }

    FusedSteps add(@Nullable NDArray residual) {
        if (residual != null) {
            FloatBuffer memory = StackWalk.memory(residual);
            float[] r = walk.piece();
            steps.add((m, from, length) -> {
                memory.get(from, r, 0, length);
                add(m, r, length);
            });
        }
        return this;
    }

    /// f(total) − f(total − m)
    FusedSteps activate(Activation f, NDArray total) {
        steps.add(new Activated(f, walk.shared(total), walk.piece()));
        return this;
    }

    /// f(total) u − f(total − m) (u − v)
    ///
    /// @param up      u, with bias
    /// @param partOfUp v, as large as the stack
    FusedSteps gate(Activation f, NDArray total, NDArray up, NDArray partOfUp) {
        steps.add(new Gated(
                f, walk.shared(total), walk.shared(up), StackWalk.memory(partOfUp), walk.piece(), walk.piece()));
        return this;
    }

    private record Share(float[] bias, StackWalk.Shared total) implements StackWalk.Step {
        @Override
        public void load(int at, int length) {
            total.load(at, length);
        }

        @Override
        public void work(float[] m, int from, int length) {
            share(m, total.piece(), bias, length);
        }
    }

    private record Scale(StackWalk.Shared scale) implements StackWalk.Step {
        @Override
        public void load(int at, int length) {
            scale.load(at, length);
        }

        @Override
        public void work(float[] m, int from, int length) {
            times(m, scale.piece(), length);
        }
    }

    /// @param fold gives the mean to subtract; null for none
    private record NormStep(
            float[] bias,
            StackWalk.Shared input,
            StackWalk.Shared scale,
            @Nullable Fold fold) implements StackWalk.Step {
        @Override
        public void load(int at, int length) {
            input.load(at, length);
            scale.load(at, length);
        }

        @Override
        public void work(float[] m, int from, int length) {
            if (fold == null) {
                norm(m, input.piece(), scale.piece(), bias, 0, length, 0);
                return;
            }
            int width = fold.low.length;
            for (int o = 0; o < length; o += width) {
                norm(m, input.piece(), scale.piece(), bias, o, o + width, fold.mean(m, o));
            }
        }
    }

    /// @param activated f(total)
    private record Activated(Activation f, StackWalk.Shared total, float[] activated) implements StackWalk.Step {
        @Override
        public void load(int at, int length) {
            System.arraycopy(total.load(at, length), 0, activated, 0, length);
            FusedActivation.apply(f, activated, length);
        }

        @Override
        public void work(float[] m, int from, int length) {
            without(m, total.piece(), length);
            FusedActivation.apply(f, m, length);
            without(m, activated, length);
        }
    }

    /// @param activated f(gate) up
    private record Gated(
            Activation f,
            StackWalk.Shared gate,
            StackWalk.Shared up,
            FloatBuffer partOfUp,
            float[] v,
            float[] activated)
            implements StackWalk.Step {
        @Override
        public void load(int at, int length) {
            System.arraycopy(gate.load(at, length), 0, activated, 0, length);
            FusedActivation.apply(f, activated, length);
            times(activated, up.load(at, length), length);
        }

        @Override
        public void work(float[] m, int from, int length) {
            partOfUp.get(from, v, 0, length);
            without(m, gate.piece(), length);
            FusedActivation.apply(f, m, length);
            without(v, up.piece(), length);
            times(m, v, length);
            without(m, activated, length);
        }
    }

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

    private static void times(float[] m, float[] r, int length) {
        for (int j = 0; j < length; j++) {
            m[j] *= r[j];
        }
    }

    /// m = total − m
    private static void without(float[] m, float[] total, int length) {
        for (int j = 0; j < length; j++) {
            m[j] = total[j] - m[j];
        }
    }

    /// (m − mean) w + b |m| / (|m| + |s − m| + τ)
    private static void norm(float[] m, float[] s, float[] w, float[] bias, int from, int to, float mean) {
        for (int j = from; j < to; j++) {
            float x = m[j];
            float size = Math.abs(x);
            m[j] = (x - mean) * w[j] + bias[j] * size / (size + Math.abs(s[j] - x) + TAU);
        }
    }

    /// The mean of a row by folding it onto itself. Halves are added element by element, which vectorises; a single
    /// running sum does not.
    private static final class Fold {
        private final float[] low;
        private final float[] high;

        Fold(int width) {
            low = new float[width];
            high = new float[width];
        }

        float mean(float[] m, int o) {
            int length = low.length;
            System.arraycopy(m, o, low, 0, length);
            while (length > 8 && length % 2 == 0) {
                length /= 2;
                System.arraycopy(low, length, high, 0, length);
                add(low, high, length);
            }
            float sum = 0;
            for (int j = 0; j < length; j++) {
                sum += low[j];
            }
            return sum / low.length;
        }
    }
}
