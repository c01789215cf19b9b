package sirkuit.tuning;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.stream.IntStream;
import sirkuit.device.DeviceMemory;
import sirkuit.transformer.ActivationHook;
import sirkuit.transformer.ForwardPass;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.Network;
import sirkuit.transformer.TokenBatch;
import sirkuit.transformer.TransformerSpec;

/// Forward and backward pass over one optimizer step's examples. The gradients accumulate in the trainable parameters.
final class TrainingStep {
    private final TrainableParameters parameters;
    private final TransformerSpec.Dropout dropout;
    private final boolean checkpointing;
    private final Runnable stopPoint;
    private int together = Integer.MAX_VALUE;

    /// @param checkpointing see [BackwardPass]
    /// @param stopPoint     called between layers and micro-batches; throws to stop
    TrainingStep(
            TrainableParameters parameters,
            TransformerSpec.Dropout dropout,
            boolean checkpointing,
            Runnable stopPoint) {
        this.parameters = parameters;
        this.dropout = dropout;
        this.checkpointing = checkpointing;
        this.stopPoint = stopPoint;
    }

    TrainingStep(TrainableParameters parameters, TransformerSpec.Dropout dropout, Runnable stopPoint) {
        this(parameters, dropout, false, stopPoint);
    }

    /// Computes the gradients of a step. If the memory runs out, the step begins again with micro-batches of half
    /// the size, which later steps keep.
    ///
    /// @param micro the step's examples in micro-batches; the loss is the mean over all examples
    /// @return mean cross-entropy
    double gradients(List<LabelledTokens> micro) {
        int examples = micro.stream().mapToInt(LabelledTokens::size).sum();
        int largest = micro.stream().mapToInt(LabelledTokens::size).max().orElse(1);
        while (true) {
            try {
                return gathered(micro, examples);
            } catch (RuntimeException e) {
                if (!DeviceMemory.isShortage(e)) {
                    throw e;
                }
                smaller(largest, e);
            } catch (OutOfMemoryError e) {
                smaller(largest, e);
            }
        }
    }

    private double gathered(List<LabelledTokens> micro, int examples) {
        double loss = 0;
        for (LabelledTokens batch : micro) {
            for (int from = 0; from < batch.size(); ) {
                int to = (int) Math.min(batch.size(), (long) from + together);
                boolean whole = to - from == batch.size();
                loss += backward(
                        whole
                                ? batch
                                : batch.select(IntStream.range(from, to).boxed().toList()),
                        examples);
                from = to;
            }
        }
        return loss;
    }

    /// Halves the micro-batches. The accumulated gradients of the step are dropped, because it is not known how
    /// much was added before the memory ran out.
    private void smaller(int largest, Throwable e) {
        together = parameters.memory().afterShortage(Math.min(together, largest), e);
        parameters.slices().stream().filter(s -> !s.idle()).forEach(s -> JniUtils.zeroGrad((PtNDArray) s.value()));
    }

    private double backward(LabelledTokens some, int examples) {
        Network<?> network = parameters.network();
        try (NDManager manager = parameters.manager().newSubManager();
                NDScope scope = new NDScope();
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            scope.suppressNotUsedWarning();
            java.util.Objects.requireNonNull(collector);
            TokenBatch batch = TokenBatch.of(manager, some.tokens(), network.spec());
            ForwardPass pass = new ForwardPass(network, ActivationHook.NONE, dropout, false, stopPoint);
            int classes = network.spec().classes();
            NDArray gold = manager.create(gold(some, classes, examples), new Shape(some.size(), classes));
            LayerSeeds seeds = LayerSeeds.draw(manager, dropout);
            return new BackwardPass(pass, batch, parameters.lowest(), checkpointing, seeds).run(manager, gold);
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
