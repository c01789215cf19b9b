package sirkuit.tuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.Arrays;
import sirkuit.device.DeviceMemory;
import sirkuit.transformer.ForwardPass;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.Network;
import sirkuit.transformer.TokenBatch;

/// How well a network classifies.
///
/// @param confusion counts, gold class first, then predicted
/// @param loss      mean cross-entropy in nats
public record Evaluation(int[][] confusion, double loss) {
    private static final int BATCH = 32;

    /// @param memory    determines how many texts are computed together
    /// @param stopPoint called between batches and layers; throws to stop
    public static Evaluation of(
            Network<?> network, NDManager parent, DeviceMemory memory, LabelledTokens data, Runnable stopPoint) {
        return of(logits(network, parent, memory, data, stopPoint), data.labels());
    }

    /// @param logits (N, C)
    /// @param labels right class of each text
    public static Evaluation of(float[][] logits, int[] labels) {
        int classes = logits[0].length;
        int[][] confusion = new int[classes][classes];
        double loss = 0;
        for (int i = 0; i < labels.length; i++) {
            int best = 0;
            double sum = 0;
            double top = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < classes; c++) {
                double v = logits[i][c];
                best = v > logits[i][best] ? c : best;
                top = Math.max(top, v);
            }
            for (int c = 0; c < classes; c++) {
                sum += Math.exp(logits[i][c] - top);
            }
            confusion[labels[i]][best]++;
            loss += top + Math.log(sum) - logits[i][labels[i]];
        }
        return new Evaluation(confusion, loss / labels.length);
    }

    /// The logits of each text.
    ///
    /// @param memory    determines how many texts are computed together
    /// @param stopPoint called between batches and layers; throws to stop
    /// @return (N, C), in the order of the texts
    public static float[][] logits(
            Network<?> network, NDManager parent, DeviceMemory memory, LabelledTokens data, Runnable stopPoint) {
        int classes = network.spec().classes();
        float[][] all = new float[data.size()][];
        int together = memory.fitting(BATCH, network.spec().activationBytes(data.longest(), 1));
        memory.portions(data.byLength(together), block -> {
            stopPoint.run();
            LabelledTokens some = data.select(block);
            float[] logits = logits(network, parent, some, stopPoint);
            for (int b = 0; b < block.size(); b++) {
                all[block.get(b)] = Arrays.copyOfRange(logits, b * classes, (b + 1) * classes);
            }
        });
        return all;
    }

    /// @param stopPoint called between layers; throws to stop
    /// @return (B, C) flat
    public static float[] logits(Network<?> network, NDManager parent, LabelledTokens some, Runnable stopPoint) {
        try (NDManager manager = parent.newSubManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            TokenBatch batch = TokenBatch.of(manager, some.tokens(), network.spec());
            NDArray logits = ForwardPass.plain(network).stoppingAt(stopPoint).logits(batch);
            return logits.toFloatArray();
        }
    }

    /// Both together.
    public Evaluation plus(Evaluation other) {
        int[][] sum = new int[confusion.length][confusion.length];
        for (int c = 0; c < sum.length; c++) {
            for (int k = 0; k < sum.length; k++) {
                sum[c][k] = confusion[c][k] + other.confusion[c][k];
            }
        }
        double total = loss * examples() + other.loss * other.examples();
        return new Evaluation(sum, total / (examples() + other.examples()));
    }

    public int examples() {
        int n = 0;
        for (int[] row : confusion) {
            for (int count : row) {
                n += count;
            }
        }
        return n;
    }

    /// Share of right answers.
    public double accuracy() {
        int right = 0;
        for (int c = 0; c < confusion.length; c++) {
            right += confusion[c][c];
        }
        return right / (double) examples();
    }

    /// F1 averaged over the classes that occur among the gold labels or the answers, as scikit-learn does by default.
    public double macroF1() {
        double sum = 0;
        int present = 0;
        for (int c = 0; c < confusion.length; c++) {
            int gold = 0;
            int said = 0;
            for (int k = 0; k < confusion.length; k++) {
                gold += confusion[c][k];
                said += confusion[k][c];
            }
            if (gold + said > 0) {
                present++;
                sum += 2.0 * confusion[c][c] / (gold + said);
            }
        }
        return sum / present;
    }
}
