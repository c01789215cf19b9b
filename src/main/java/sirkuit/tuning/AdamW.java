package sirkuit.tuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;

/// AdamW (Loshchilov and Hutter 2019) as PyTorch's: decoupled weight decay, on matrices only; β = (0.9, 0.999),
/// ε = 1e-8. The moments of all trainable entries lie in two flat arrays, so that a step is a handful of operations.
final class AdamW {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final List<Slice> slices;
    private final double weightDecay;
    private final double clip;
    private final NDArray mean;
    private final NDArray variance;
    private final NDManager manager;
    private int steps;

    /// @param clip largest global norm of the gradient; 0 for none
    AdamW(NDManager manager, List<Slice> slices, double weightDecay, double clip) {
        this.manager = manager;
        this.slices = slices;
        this.weightDecay = weightDecay;
        this.clip = clip;
        long entries = slices.stream().mapToLong(Slice::entries).sum();
        mean = manager.zeros(new Shape(entries));
        variance = manager.zeros(new Shape(entries));
    }

    /// One update from the gradients that have gathered, which are then cleared. Nothing is updated when the gradient
    /// is not a number.
    ///
    /// @return the gradient's global norm before clipping
    double step(double learningRate) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray gradient = gather();
            double norm = Math.sqrt(gradient.mul(gradient).sum().getFloat());
            if (!Double.isFinite(norm)) {
                return norm;
            }
            steps++;
            if (clip > 0 && norm > clip) {
                gradient.muli(clip / (norm + 1e-6));
            }
            mean.muli(BETA1).addi(gradient.mul(1 - BETA1));
            variance.muli(BETA2).addi(gradient.mul(gradient).muli(1 - BETA2));
            double correction1 = 1 - Math.pow(BETA1, steps);
            double correction2 = 1 - Math.pow(BETA2, steps);
            NDArray size = variance.sqrt().divi(Math.sqrt(correction2)).addi(EPSILON);
            NDArray update = mean.div(size).muli(learningRate / correction1);
            apply(update, learningRate);
            return norm;
        }
    }

    private NDArray gather() {
        NDList gradients = new NDList();
        for (Slice slice : slices) {
            gradients.add(
                    slice.idle()
                            ? slice.value().zerosLike().flatten()
                            : slice.value().getGradient().flatten());
        }
        NDArray all = NDArrays.concat(gradients, 0);
        slices.stream().filter(s -> !s.idle()).forEach(s -> JniUtils.zeroGrad((PtNDArray) s.value()));
        return all;
    }

    private void apply(NDArray update, double learningRate) {
        long at = 0;
        for (Slice slice : slices) {
            NDArray value = slice.value();
            if (slice.matrix() && weightDecay > 0) {
                value.muli(1 - learningRate * weightDecay);
            }
            long end = at + slice.entries();
            value.subi(update.get(at + ":" + end).reshape(value.getShape()));
            at = end;
        }
    }

    /// Moments of a slice's entries: first or second.
    float[] moments(boolean second, int slice) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return (second ? variance : mean).get(range(slice)).toFloatArray();
        }
    }

    /// The reverse.
    void setMoments(boolean second, int slice, float[] values) {
        try (NDArray array = manager.create(values)) {
            (second ? variance : mean).set(new NDIndex(range(slice)), array);
        }
    }

    /// @param done updates that the moments have seen
    void goBack(int done) {
        steps = done;
    }

    private String range(int slice) {
        long from = slices.subList(0, slice).stream().mapToLong(Slice::entries).sum();
        return from + ":" + (from + slices.get(slice).entries());
    }
}
