package sirkuit.relevance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import sirkuit.relevance.baseline.Margin;
import sirkuit.relevance.baseline.MeanActivation;
import sirkuit.transformer.ActivationHook;
import sirkuit.transformer.ForwardPass;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TokenBatch;
import sirkuit.transformer.TransformerSpec;

/// First-order effect of each head, Σ_t Σ_j valid(t) ∂margin/∂z_tj (z_tj − μ_j), for all heads from one backward pass.
enum Gradient {
    /// The gradient of the network.
    TRUE,
    /// With attention patterns and the scales of norms held constant, as in CD-T. This is the decomposition without
    /// the curvature of activations and the shares of biases. Example by example it correlates closely with CD-T
    /// (0.97 on a real checkpoint, where the true gradient has 0.79).
    HELD;

    private static final int BATCH = 16;

    /// The values of all heads on all texts.
    ///
    /// @param stopPoint called between layers, on several threads; throws to stop
    void values(ProxyModel model, MeanActivation mean, LabelledTokens texts, HeadValues.Sink sink, Runnable stopPoint) {
        new HeadValues(model, BATCH, model.spec().layers())
                .of(texts, some -> recorded(model, mean, some, stopPoint), sink);
    }

    /// Records gradients, which a lane does not do otherwise.
    private float[][] recorded(ProxyModel model, MeanActivation mean, LabelledTokens block, Runnable stopPoint) {
        JniUtils.setGradMode(true);
        try {
            return values(model, mean, block, stopPoint);
        } finally {
            JniUtils.setGradMode(false);
        }
    }

    /// @return [L H][B]
    private float[][] values(ProxyModel model, MeanActivation mean, LabelledTokens block, Runnable stopPoint) {
        TransformerSpec spec = model.spec();
        float[][] values = new float[spec.layers() * spec.heads()][block.size()];
        try (NDManager manager = model.manager().newSubManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            TokenBatch batch = TokenBatch.of(manager, block.tokens(), spec);
            Probes probes = new Probes(manager, spec.layers(), this == HELD);
            NDArray logits = ForwardPass.tapped(model.network(), probes, false)
                    .stoppingAt(stopPoint)
                    .logits(batch);
            stopPoint.run();
            NDArray margin = logits.mul(Margin.weights(manager, block.labels(), spec.classes()))
                    .sum();
            JniUtils.backward((PtNDArray) margin, (PtNDArray) margin.onesLike(), false, false);
            NDArray valid = batch.valid().expandDims(2);
            for (int l = 0; l < spec.layers(); l++) {
                NDArray z = probes.z[l].stopGradient();
                NDArray effect = probes.shift[l].getGradient().mul(z.sub(mean.layer(manager, l)));
                long rows = z.getShape().get(1);
                float[] perHead = (rows == batch.length() ? effect.mul(valid) : effect)
                        .reshape(batch.size(), rows, spec.heads(), spec.headSize())
                        .sum(new int[] {1, 3})
                        .toFloatArray();
                for (int h = 0; h < spec.heads(); h++) {
                    for (int b = 0; b < batch.size(); b++) {
                        values[l * spec.heads() + h][b] = perHead[b * spec.heads() + h];
                    }
                }
            }
        }
        return values;
    }

    /// Adds a zero with a gradient to every head's output. Its gradient is ∂/∂z.
    private static final class Probes implements ActivationHook {
        private final NDManager manager;
        private final boolean holds;
        private final NDArray[] shift;
        private final NDArray[] z;

        Probes(NDManager manager, int layers, boolean holds) {
            this.manager = manager;
            this.holds = holds;
            shift = new NDArray[layers];
            z = new NDArray[layers];
        }

        @Override
        public boolean holds() {
            return holds;
        }

        @Override
        public NDArray headOutputs(int layer, NDArray output) {
            Shape shape = output.getShape();
            shift[layer] = manager.zeros(shape);
            shift[layer].setRequiresGradient(true);
            z[layer] = output;
            return output.add(shift[layer]);
        }
    }
}
