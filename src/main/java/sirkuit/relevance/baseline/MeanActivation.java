package sirkuit.relevance.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import sirkuit.Problem;
import sirkuit.transformer.ActivationHook;
import sirkuit.transformer.ForwardPass;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TokenBatch;
import sirkuit.transformer.TransformerSpec;

/// The label-balanced mean μ of every head's output (arXiv 2601.08146): for each example the mean of z over its valid
/// positions, then the mean over the examples of each label, then the mean over labels.
///
/// @param mean     [L][H d_head], heads side by side
/// @param perLabel how many examples each label gave
public record MeanActivation(float[][] mean, int[] perLabel) {
    private static final int BATCH = 16;

    /// @param stopPoint called now and then; throws to stop
    /// @throws Problem when a label has no example
    public static MeanActivation over(ProxyModel model, LabelledTokens examples, Runnable stopPoint) {
        TransformerSpec spec = model.spec();
        double[][][] sums = new double[spec.classes()][spec.layers()][spec.width()];
        int[] counts = new int[spec.classes()];
        int together = model.memory().fitting(BATCH, spec.activationBytes(examples.longest(), 1));
        model.memory().portions(examples.byLength(together), block -> {
            stopPoint.run();
            LabelledTokens some = examples.select(block);
            float[][] means = exampleMeans(model, some, stopPoint);
            for (int b = 0; b < some.size(); b++) {
                int label = some.labels()[b];
                counts[label]++;
                for (int l = 0; l < spec.layers(); l++) {
                    for (int j = 0; j < spec.width(); j++) {
                        sums[label][l][j] += means[l][b * spec.width() + j];
                    }
                }
            }
        });
        return new MeanActivation(meanOverLabels(spec, sums, counts), counts);
    }

    private static float[][] meanOverLabels(TransformerSpec spec, double[][][] sums, int[] counts) {
        float[][] mean = new float[spec.layers()][spec.width()];
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] == 0) {
                throw Problem.of("relevance.baseline-lacks-label", spec.labels().get(c));
            }
        }
        for (int l = 0; l < spec.layers(); l++) {
            for (int j = 0; j < spec.width(); j++) {
                double sum = 0;
                for (int c = 0; c < counts.length; c++) {
                    sum += sums[c][l][j] / counts[c];
                }
                mean[l][j] = (float) (sum / counts.length);
            }
        }
        return mean;
    }

    /// @return [L][B d]: of each example the mean over its valid positions
    private static float[][] exampleMeans(ProxyModel model, LabelledTokens some, Runnable stopPoint) {
        float[][] means = new float[model.spec().layers()][];
        try (NDManager manager = model.manager().newSubManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            TokenBatch batch = TokenBatch.of(manager, some.tokens(), model.spec());
            NDArray valid = batch.valid().expandDims(2);
            NDArray count = batch.valid().sum(new int[] {1}, true);
            ActivationHook tap = new ActivationHook() {
                @Override
                public NDArray headOutputs(int layer, NDArray z) {
                    means[layer] = z.mul(valid).sum(new int[] {1}).div(count).toFloatArray();
                    return z;
                }

                @Override
                public boolean keeps() {
                    return false;
                }
            };
            ForwardPass.tapped(model.network(), tap, true).stoppingAt(stopPoint).logits(batch);
        }
        return means;
    }

    /// μ of one layer as an array (d).
    public NDArray layer(NDManager manager, int layer) {
        return manager.create(mean[layer]);
    }
}
