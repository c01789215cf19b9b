package sirkuit.tuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sirkuit.transformer.ForwardPass;
import sirkuit.transformer.TokenBatch;

/// The gradients of one micro-batch. Layers below the lowest trainable entry run without being recorded. With
/// `checkpointing`, only the input of each of the lower three quarters of the recorded layers is kept, and each of
/// these layers is computed again in the backward pass (Chen et al. 2016, arXiv 1604.06174). The upper quarter, which
/// comes first in the backward pass, is recorded the first time: computing it again would save little memory and cost a
/// tenth of the step.
///
/// Runs inside a gradient collector and an [NDScope].
///
/// @param lowest see [TrainableParameters#lowest()]
record BackwardPass(ForwardPass pass, TokenBatch batch, int lowest, boolean checkpointing, LayerSeeds seeds) {
    private static final int RECORDED_QUARTER = 4;

    /// @param layers number of layers from the lowest that is trained to the last
    /// @return how many of them, the highest, are recorded the first time when the others are computed again
    static int recordedAtOnce(int layers) {
        return Math.max(1, layers / RECORDED_QUARTER);
    }

    /// @param gold (B, C): minus the weight of each gold class, 0 elsewhere
    /// @return the loss
    double run(NDManager manager, NDArray gold) {
        int layers = pass.network().layers().size();
        int first = Math.max(lowest, 0);
        int recorded = checkpointing ? Math.max(first, layers - recordedAtOnce(layers - first)) : first;
        boolean embeddings = lowest < 0;
        List<NDArray> inputs = new ArrayList<>();
        NDArray x = embeddings && !checkpointing ? embed() : unrecorded(this::embed);
        for (int i = 0; i < recorded; i++) {
            NDArray input = x;
            int at = i;
            x = unrecorded(() -> layer(at, input));
            if (i < first) {
                input.close();
            } else {
                inputs.add(input);
            }
        }
        boolean further = checkpointing && (recorded > first || embeddings);
        if (further) {
            x.setRequiresGradient(true);
        }
        Top top = top(manager, x, recorded, gold, further);
        NDArray gradient = top.gradient;
        if (gradient != null) {
            NDScope.register(gradient);
        }
        for (int i = recorded - 1; i >= first && gradient != null; i--) {
            pass.stopPoint().run();
            NDArray above = gradient;
            gradient = again(i, inputs.get(i - first), above, i > first || embeddings);
            above.close();
            inputs.get(i - first).close();
        }
        if (embeddings && gradient != null) {
            back(embed(), gradient);
        }
        seeds.seed(layers + 2);
        return top.loss;
    }

    /// @param gradient of the input of the recorded layers; null when it is not needed
    private record Top(double loss, @Nullable NDArray gradient) {}

    private Top top(NDManager manager, NDArray x, int from, NDArray gold, boolean further) {
        int layers = pass.network().layers().size();
        NDArray state = x;
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            for (int i = from; i < layers; i++) {
                state = layer(i, state);
            }
            seeds.seed(layers + 1);
            NDArray loss = pass.classify(state, batch).logSoftmax(-1).mul(gold).sum();
            pass.stopPoint().run();
            back(loss, manager.ones(loss.getShape()));
            return new Top(loss.getFloat(), further ? outliving(x.getGradient()) : null);
        }
    }

    private @Nullable NDArray again(int layer, NDArray input, NDArray above, boolean further) {
        input.setRequiresGradient(further);
        NDArray gradient = null;
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            back(layer(layer, input), above);
            if (further) {
                gradient = outliving(input.getGradient());
            }
        }
        if (gradient != null) {
            NDScope.register(gradient);
        }
        return gradient;
    }

    private static NDArray outliving(NDArray array) {
        NDScope.unregister(array);
        return array;
    }

    private NDArray embed() {
        seeds.seed(0);
        return pass.embed(batch);
    }

    private NDArray layer(int i, NDArray x) {
        seeds.seed(i + 1);
        return pass.through(i, i + 1, x, batch);
    }

    private static NDArray unrecorded(Supplier<NDArray> work) {
        JniUtils.setGradMode(false);
        try {
            return work.get();
        } finally {
            JniUtils.setGradMode(true);
        }
    }

    /// Adds to the gradients of everything that `of` was recorded from.
    ///
    /// @param gradient of `of`
    private static void back(NDArray of, NDArray gradient) {
        JniUtils.backward((PtNDArray) of, (PtNDArray) gradient, false, false);
    }
}
