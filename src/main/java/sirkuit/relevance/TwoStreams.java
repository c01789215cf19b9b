package sirkuit.relevance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import sirkuit.mask.Head;
import sirkuit.relevance.baseline.MeanActivation;
import sirkuit.transformer.ActivationHook;
import sirkuit.transformer.Dense;
import sirkuit.transformer.ForwardPass;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.Layer;
import sirkuit.transformer.Network;
import sirkuit.transformer.Norm;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TokenBatch;
import sirkuit.transformer.TransformerSpec;

/// CD-T as written in the paper: one head, both streams carried through every operation, nothing cached. It is slow. It
/// checks that β + γ is the unchanged pass, and is the reference for the fast version ([ContextualDecomposition]),
/// which carries β alone.
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
    }

    public Parts decompose(LabelledTokens block, Head head) {
        try (NDManager manager = model.manager().newSubManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            TokenBatch batch = TokenBatch.of(manager, block.tokens(), model.spec());
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
            Split normed = norm(split, model.network().finalNorm());
            Split result = classify(new Split(
                    batch.read(normed.beta).squeeze(1), batch.read(normed.gamma).squeeze(1)));
            return new Parts(result.beta.toFloatArray(), result.gamma.toFloatArray(), logits);
        }
    }

    private Split classify(Split read) {
        Network<Dense> network = model.network();
        TransformerSpec.Readout readout = model.spec().readout();
        Split pooled = read;
        if (network.pooler() != null && readout.activation() != null) {
            Split activated = activation(linear(pooled, network.pooler()), readout.activation());
            pooled = norm(activated, network.poolerNorm());
        }
        Split logits = linear(pooled, network.denseClassifier());
        double cap = readout.softcap();
        if (cap == 0) {
            return logits;
        }
        NDArray whole = logits.beta.add(logits.gamma).div(cap).tanh().mul(cap);
        NDArray rest = logits.gamma.div(cap).tanh().mul(cap);
        return new Split(whole.sub(rest), rest);
    }

    private static final class Seen implements ActivationHook {
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
        Split z = source == null
                ? mixed(norm(x, p.attention().input()), p, seen.pattern[i])
                : atSource(seen.z[i], source, manager);
        Split output = norm(linear(z, p.output()), p.attention().output());
        Split middle = norm(output.plus(x), p.attention().sum());
        Split mlp = norm(mlp(norm(middle, p.mlp().input()), p), p.mlp().output());
        return norm(mlp.plus(middle), p.mlp().sum());
    }

    private Split mlp(Split x, Layer<Dense> p) {
        Split up = linear(x, p.up());
        TransformerSpec.Activation f = model.spec().mlp().activation();
        if (p.gate() == null) {
            return linear(activation(up, f), p.down());
        }
        Split gate = linear(x, p.gate());
        NDArray whole = ForwardPass.activate(gate.beta.add(gate.gamma), f).mul(up.beta.add(up.gamma));
        NDArray rest = ForwardPass.activate(gate.gamma, f).mul(up.gamma);
        return linear(new Split(whole.sub(rest), rest), p.down());
    }

    private Split atSource(NDArray z, Head source, NDManager manager) {
        int size = model.spec().headSize();
        float[] own = new float[model.spec().width()];
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
        TransformerSpec spec = model.spec();
        NDArray byHead = values.reshape(s.get(0), s.get(1), spec.keyValueHeads(), spec.headSize())
                .transpose(0, 2, 1, 3);
        int times = spec.heads() / spec.keyValueHeads();
        NDArray shared = times == 1 ? byHead : byHead.repeat(1, times);
        return pattern.matMul(shared).transpose(0, 2, 1, 3).reshape(s.get(0), s.get(1), spec.width());
    }

    private static Split linear(Split x, Dense map) {
        Split mapped = new Split(map.withoutBias(x.beta), map.withoutBias(x.gamma));
        return map.bias() == null ? mapped : withBias(mapped, mapped, map.bias());
    }

    /// Splits the bias in proportion to `sizes`.
    private static Split withBias(Split mapped, Split sizes, NDArray bias) {
        NDArray beta = sizes.beta.abs();
        NDArray gamma = sizes.gamma.abs();
        NDArray total = beta.add(gamma).add(TAU);
        return new Split(
                mapped.beta.add(bias.mul(beta).div(total)),
                mapped.gamma.add(bias.mul(gamma).div(total)));
    }

    private static Split norm(Split x, @Nullable Norm norm) {
        if (norm == null) {
            return x;
        }
        NDArray scale = norm.scale(x.beta.add(x.gamma));
        Split scaled =
                new Split(norm.centred(x.beta).mul(scale), norm.centred(x.gamma).mul(scale));
        return norm.bias() == null ? scaled : withBias(scaled, x, norm.bias());
    }

    private static Split activation(Split x, TransformerSpec.Activation f) {
        NDArray whole = ForwardPass.activate(x.beta.add(x.gamma), f);
        NDArray rest = ForwardPass.activate(x.gamma, f);
        return new Split(whole.sub(rest), rest);
    }
}
