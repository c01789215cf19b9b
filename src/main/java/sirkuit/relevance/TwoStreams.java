package sirkuit.relevance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import sirkuit.mask.Head;
import sirkuit.transformer.Dense;
import sirkuit.transformer.ForwardPass;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.Layer;
import sirkuit.transformer.Norm;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.Tap;
import sirkuit.transformer.TokenBatch;

/// CD-T as it is written down: one head, both streams carried through every operation, nothing cached. Slow; the check
/// that β + γ is the unchanged pass, and the measure of the fast way ([ContextualDecomposition]), which carries β
// alone.
public final class TwoStreams {
    private static final double TAU = 1e-8;

    private final ProxyModel model;
    private final MeanActivation mean;

    public TwoStreams(ProxyModel model, MeanActivation mean) {
        this.model = model;
        this.mean = mean;
    }

    /// Both parts of the logits, (B, C) flat, with the logits themselves.
    public record Parts(float[] relevant, float[] irrelevant, float[] logits) {
        /// Largest |β + γ − logits|.
        public double gap() {
            double largest = 0;
            for (int i = 0; i < logits.length; i++) {
                largest = Math.max(largest, Math.abs((double) relevant[i] + irrelevant[i] - logits[i]));
            }
            return largest;
        }
    }

    private record Split(NDArray beta, NDArray gamma) {
        Split plus(Split other) {
            return new Split(beta.add(other.beta), gamma.add(other.gamma));
        }

        Split firstRow() {
            return new Split(beta.get(":, 0"), gamma.get(":, 0"));
        }
    }

    public Parts decompose(LabelledTokens block, Head head) {
        try (NDManager manager = model.manager().newSubManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            TokenBatch batch =
                    TokenBatch.of(manager, block.tokens(), model.spec().padToken());
            Seen seen = new Seen(model.spec().layers());
            ForwardPass pass = ForwardPass.tapped(model.network(), seen, true);
            NDArray state = pass.embed(batch);
            for (int i = 0; i < head.layer(); i++) {
                state = pass.layerOutput(i, state, batch);
            }
            float[] logits = pass.from(head.layer(), state, batch).toFloatArray();
            Split split = new Split(state.zerosLike(), state);
            for (int i = head.layer(); i < model.spec().layers(); i++) {
                split = layer(i, split, seen, i == head.layer() ? head : null, manager);
            }
            Split pooled = activation(linear(split.firstRow(), model.network().pooler()), true);
            Split result = linear(pooled, model.network().classifier());
            return new Parts(result.beta.toFloatArray(), result.gamma.toFloatArray(), logits);
        }
    }

    private static final class Seen implements Tap {
        private final NDArray[] pattern;
        private final NDArray[] z;

        Seen(int layers) {
            pattern = new NDArray[layers];
            z = new NDArray[layers];
        }

        @Override
        public void see(Site site, int layer, NDArray activation) {
            if (site == Site.PATTERN) {
                pattern[layer] = activation;
            }
        }

        @Override
        public NDArray headOutputs(int layer, NDArray output) {
            z[layer] = output;
            return output;
        }
    }

    private Split layer(int i, Split x, Seen seen, @Nullable Head source, NDManager manager) {
        Layer<Dense> p = model.network().layers().get(i);
        Split z = source == null ? mixed(x, p, seen.pattern[i]) : atSource(seen.z[i], source, manager);
        Split middle = norm(linear(z, p.output()).plus(x), p.attentionNorm());
        Split mlp = linear(activation(linear(middle, p.up()), false), p.down());
        return norm(mlp.plus(middle), p.outputNorm());
    }

    private Split atSource(NDArray z, Head source, NDManager manager) {
        int size = model.spec().headSize();
        float[] own = new float[model.spec().hidden()];
        Arrays.fill(own, source.head() * size, (source.head() + 1) * size, 1);
        NDArray beta = z.sub(mean.layer(manager, source.layer())).mul(manager.create(own));
        return new Split(beta, z.sub(beta));
    }

    private Split mixed(Split x, Layer<Dense> p, NDArray pattern) {
        Split values = linear(x, p.value());
        return new Split(mix(pattern, values.beta), mix(pattern, values.gamma));
    }

    private NDArray mix(NDArray pattern, NDArray values) {
        Shape s = values.getShape();
        int heads = model.spec().heads();
        NDArray byHead =
                values.reshape(s.get(0), s.get(1), heads, s.get(2) / heads).transpose(0, 2, 1, 3);
        return pattern.matMul(byHead).transpose(0, 2, 1, 3).reshape(s);
    }

    private static Split linear(Split x, Dense map) {
        Split mapped = new Split(map.withoutBias(x.beta), map.withoutBias(x.gamma));
        return withBias(mapped, mapped, map.bias());
    }

    /// Shares the bias out in proportion to `sizes`.
    private static Split withBias(Split mapped, Split sizes, NDArray bias) {
        NDArray beta = sizes.beta.abs();
        NDArray gamma = sizes.gamma.abs();
        NDArray total = beta.add(gamma).add(TAU);
        return new Split(
                mapped.beta.add(bias.mul(beta).div(total)),
                mapped.gamma.add(bias.mul(gamma).div(total)));
    }

    private static Split norm(Split x, Norm norm) {
        int[] last = {x.beta.getShape().dimension() - 1};
        NDArray sum = x.beta.add(x.gamma);
        NDArray centred = sum.sub(sum.mean(last, true));
        NDArray scale = norm.weight()
                .div(centred.mul(centred).mean(last, true).add(norm.epsilon()).sqrt());
        Split scaled = new Split(
                x.beta.sub(x.beta.mean(last, true)).mul(scale),
                x.gamma.sub(x.gamma.mean(last, true)).mul(scale));
        return withBias(scaled, x, norm.bias());
    }

    private Split activation(Split x, boolean tanh) {
        NDArray sum = x.beta.add(x.gamma);
        NDArray whole =
                tanh ? sum.tanh() : ForwardPass.activate(sum, model.spec().activation());
        NDArray rest = tanh
                ? x.gamma.tanh()
                : ForwardPass.activate(x.gamma, model.spec().activation());
        return new Split(whole.sub(rest), rest);
    }
}
