package sirkuit.relevance.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/// margin_y(v) = v_y − mean over c≠y of v_c.
public final class Margin {
    private Margin() {}

    public static double of(float[] logits, int from, int classes, int gold) {
        double others = 0;
        for (int c = 0; c < classes; c++) {
            if (c != gold) {
                others += logits[from + c];
            }
        }
        return logits[from + gold] - others / (classes - 1);
    }

    /// Weights w (B, C) so that Σ_c w v is the margin of each example: 1 at its gold class, −1/(C−1) elsewhere.
    public static NDArray weights(NDManager manager, int[] gold, int classes) {
        float[] w = new float[gold.length * classes];
        for (int b = 0; b < gold.length; b++) {
            for (int c = 0; c < classes; c++) {
                w[b * classes + c] = c == gold[b] ? 1 : -1f / (classes - 1);
            }
        }
        return manager.create(w, new Shape(gold.length, classes));
    }
}
