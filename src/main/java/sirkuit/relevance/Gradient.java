package sirkuit.relevance;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import sirkuit.mask.Head;
import sirkuit.transformer.ForwardPass;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.Tap;
import sirkuit.transformer.TokenBatch;
import sirkuit.transformer.TransformerSpec;

/// First-order effect of each head: Σ_t Σ_j valid(t) ∂margin/∂z_tj (z_tj − μ_j), all heads from one backward pass.
final class Gradient {
    private Gradient() {}

    /// Fills in the values of one block for each of `heads`.
    ///
    /// @param first index of the block's first example in the table
    static void score(
            ProxyModel model,
            MeanActivation mean,
            LabelledTokens block,
            List<Head> heads,
            int first,
            ScoreTable table,
            Runnable stopPoint) {
        TransformerSpec spec = model.spec();
        try (NDManager manager = model.manager().newSubManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            TokenBatch batch = TokenBatch.of(manager, block.tokens(), spec);
            Probes probes = new Probes(manager, spec.layers());
            try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
                NDArray logits = ForwardPass.tapped(model.network(), probes, true)
                        .stoppingAt(stopPoint)
                        .logits(batch);
                stopPoint.run();
                collector.backward(logits.mul(Margin.weights(manager, block.labels(), spec.classes()))
                        .sum());
            }
            NDArray valid = batch.valid().expandDims(2);
            for (int l = 0; l < spec.layers(); l++) {
                NDArray effect = probes.shift[l]
                        .getGradient()
                        .mul(probes.z[l].stopGradient().sub(mean.layer(manager, l)));
                float[] values = effect.mul(valid)
                        .reshape(batch.size(), batch.length(), spec.heads(), spec.headSize())
                        .sum(new int[] {1, 3})
                        .toFloatArray();
                for (Head head : heads) {
                    for (int b = 0; head.layer() == l && b < batch.size(); b++) {
                        table.set(head, first + b, values[b * spec.heads() + head.head()]);
                    }
                }
            }
        }
    }

    /// Adds a zero with a gradient to every head's output: what flows into it is ∂/∂z.
    private static final class Probes implements Tap {
        private final NDManager manager;
        private final NDArray[] shift;
        private final NDArray[] z;

        Probes(NDManager manager, int layers) {
            this.manager = manager;
            shift = new NDArray[layers];
            z = new NDArray[layers];
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
