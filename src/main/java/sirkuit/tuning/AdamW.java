package sirkuit.tuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.transformer.ArrayChunks;

/// AdamW (Loshchilov and Hutter 2019) as in PyTorch: decoupled weight decay, on matrices only; β = (0.9, 0.999), ε =
/// 1e-8. The moments of all trainable entries are in two flat arrays, which are updated block by block, so that
/// intermediate results stay in the processor's cache and almost nothing is allocated.
final class AdamW {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    /// Entries updated together: their moments and gradients, 4 bytes each, fit into the second-level cache.
    private static final int BLOCK = 1 << 18;

    private final List<Slice> slices;
    private final List<Block> blocks;
    private final double weightDecay;
    private final double clip;
    private final NDArray mean;
    private final NDArray variance;
    private final double pull;
    private final @Nullable NDArray start;
    private int steps;

    /// @param clip largest global norm of the gradient; 0 for none
    AdamW(NDManager manager, List<Slice> slices, double weightDecay, double clip) {
        this(manager, slices, weightDecay, clip, 0);
    }

    /// @param pull α of L2-SP: the loss has α/2 ‖w − w₀‖² in addition, where w₀ are the values that the slices have now
    ///             (Li et al. 2018, arXiv 1802.01483); 0 for none
    AdamW(NDManager manager, List<Slice> slices, double weightDecay, double clip, double pull) {
        this.slices = slices;
        this.weightDecay = weightDecay;
        this.clip = clip;
        this.pull = pull;
        blocks = blocks(slices);
        long entries = slices.stream().mapToLong(Slice::entries).sum();
        mean = manager.zeros(new Shape(entries));
        variance = manager.zeros(new Shape(entries));
        start = pull > 0 ? manager.zeros(new Shape(entries)) : null;
        if (start != null) {
            for (int i = 0; i < slices.size(); i++) {
                ArrayChunks.USUAL.write(
                        start, from(i), ArrayChunks.USUAL.of(slices.get(i).value()));
            }
        }
    }

    /// One update from the accumulated gradients, which are then cleared. Nothing is updated if the gradient is not
    /// a number.
    ///
    /// @return the gradient's global norm before clipping
    double step(double learningRate) {
        double norm = norm();
        if (Double.isFinite(norm)) {
            steps++;
            double shrink = clip > 0 && norm > clip ? clip / (norm + 1e-6) : 1;
            blocks.forEach(block -> update(block, shrink, learningRate));
        }
        slices.stream().filter(s -> !s.idle()).forEach(s -> JniUtils.zeroGrad((PtNDArray) s.value()));
        return norm;
    }

    private double norm() {
        double squares = 0;
        for (Block block : blocks) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                NDArray gradient = gathered(block);
                squares += ArrayChunks.number(gradient.mul(gradient).sum());
            }
        }
        return Math.sqrt(squares);
    }

    private void update(Block block, double shrink, double learningRate) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray gradient = gathered(block);
            if (shrink != 1) {
                gradient.muli(shrink);
            }
            NDArray m = mean.get(block.range());
            NDArray v = variance.get(block.range());
            m.muli(BETA1).addi(gradient.mul(1 - BETA1));
            v.muli(BETA2).addi(gradient.mul(gradient).muli(1 - BETA2));
            double correction1 = 1 - Math.pow(BETA1, steps);
            double correction2 = 1 - Math.pow(BETA2, steps);
            NDArray size = v.sqrt().divi(Math.sqrt(correction2)).addi(EPSILON);
            NDArray update = m.div(size).muli(learningRate / correction1);
            long at = 0;
            for (Piece piece : block.pieces) {
                NDArray value = piece.of(piece.slice.value());
                if (piece.slice.matrix() && weightDecay > 0) {
                    value.muli(1 - learningRate * weightDecay);
                }
                value.subi(update.get(at + ":" + (at + piece.entries())));
                at += piece.entries();
            }
        }
    }

    /// The gradient of a block, with that of the penalty: α (w − w₀).
    private NDArray gathered(Block block) {
        NDList gradients = new NDList();
        NDList values = new NDList();
        for (Piece piece : block.pieces) {
            NDArray value = piece.slice.value();
            values.add(piece.of(value));
            gradients.add(piece.slice.idle() ? piece.of(value).zerosLike() : piece.of(value.getGradient()));
        }
        NDArray gradient = NDArrays.concat(gradients, 0);
        return start == null
                ? gradient
                : gradient.addi(NDArrays.concat(values, 0)
                        .subi(start.get(block.range()))
                        .muli(pull));
    }

    /// Entries `from` to `to` of a slice, in memory order.
    private record Piece(Slice slice, long from, long to) {
        long entries() {
            return to - from;
        }

        /// @param array the slice's values or gradients
        NDArray of(NDArray array) {
            NDArray flat = array.flatten();
            return entries() == array.size() ? flat : flat.get(from + ":" + to);
        }
    }

    /// Pieces that are updated together, with their position in the moments.
    private record Block(List<Piece> pieces, long from, long to) {
        String range() {
            return from + ":" + to;
        }
    }

    private static List<Block> blocks(List<Slice> slices) {
        List<Block> blocks = new ArrayList<>();
        List<Piece> pieces = new ArrayList<>();
        long from = 0;
        long at = 0;
        for (Slice slice : slices) {
            for (long i = 0; i < slice.entries(); ) {
                long end = Math.min(slice.entries(), i + BLOCK - (at - from));
                pieces.add(new Piece(slice, i, end));
                at += end - i;
                i = end;
                if (at - from == BLOCK) {
                    blocks.add(new Block(List.copyOf(pieces), from, at));
                    pieces.clear();
                    from = at;
                }
            }
        }
        if (!pieces.isEmpty()) {
            blocks.add(new Block(List.copyOf(pieces), from, at));
        }
        return blocks;
    }

    /// Moments of a slice's entries: first or second.
    ArrayChunks.Numbers moments(boolean second, int slice) {
        return to -> ArrayChunks.USUAL.read(
                second ? variance : mean, from(slice), slices.get(slice).entries(), to);
    }

    /// Sets them.
    void setMoments(boolean second, int slice, ArrayChunks.Numbers values) {
        ArrayChunks.USUAL.write(second ? variance : mean, from(slice), values);
    }

    /// @param done number of updates in the moments
    void goBack(int done) {
        steps = done;
    }

    private long from(int slice) {
        return slices.subList(0, slice).stream().mapToLong(Slice::entries).sum();
    }
}
