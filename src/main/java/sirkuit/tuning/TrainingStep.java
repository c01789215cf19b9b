package sirkuit.tuning;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import java.util.List;
import sirkuit.transformer.ForwardPass;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.Network;
import sirkuit.transformer.Tap;
import sirkuit.transformer.TokenBatch;
import sirkuit.transformer.TransformerSpec;

/// Forward and backward over one optimizer step's examples; the gradients gather in the trainable parameters.
///
/// @param stopPoint called between layers and micro-batches; throws to stop
record TrainingStep(TrainableParameters parameters, TransformerSpec.Dropout dropout, Runnable stopPoint) {
    /// Activations live until the backward pass.
    private static final Tap KEEP = new Tap() {};

    /// @param micro the step's examples in micro-batches; the loss is the mean over all of them, however they are cut
    /// @return mean cross-entropy
    double gradients(List<LabelledTokens> micro) {
        int examples = micro.stream().mapToInt(LabelledTokens::size).sum();
        double loss = 0;
        for (LabelledTokens some : micro) {
            loss += backward(some, examples);
        }
        return loss;
    }

    private double backward(LabelledTokens some, int examples) {
        Network<?> network = parameters.network();
        try (NDManager manager = parameters.manager().newSubManager();
                NDScope scope = new NDScope();
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            scope.suppressNotUsedWarning();
            TokenBatch batch = TokenBatch.of(manager, some.tokens(), network.spec());
            ForwardPass pass = new ForwardPass(network, KEEP, dropout, false, stopPoint);
            NDArray logits = pass.logits(batch);
            NDArray loss = logits.logSoftmax(-1)
                    .mul(manager.create(gold(some, network.spec().classes(), examples), logits.getShape()))
                    .sum();
            stopPoint.run();
            collector.backward(loss);
            return loss.getFloat();
        }
    }

    /// −1/examples at each gold class, 0 elsewhere: (B, C), flat.
    private static float[] gold(LabelledTokens some, int classes, int examples) {
        float[] gold = new float[some.size() * classes];
        for (int b = 0; b < some.size(); b++) {
            gold[b * classes + some.labels()[b]] = -1f / examples;
        }
        return gold;
    }
}
