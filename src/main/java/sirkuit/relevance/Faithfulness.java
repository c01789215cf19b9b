package sirkuit.relevance;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import sirkuit.WilsonInterval;
import sirkuit.mask.HeadMask;
import sirkuit.relevance.baseline.Margin;
import sirkuit.relevance.baseline.MeanActivation;
import sirkuit.relevance.baseline.ReplacedHeads;
import sirkuit.transformer.ForwardPass;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TokenBatch;
import sirkuit.transformer.TransformerSpec;

/// Accuracy and margin with some heads switched off. This shows how far a mask really is a circuit (mean ablation;
/// arXiv 2601.08146).
///
/// @param mean what replaces a head's output; null for zero
public record Faithfulness(ProxyModel model, @Nullable MeanActivation mean) {
    private static final int BATCH = 32;

    /// @param examples    number of texts
    /// @param accuracy    share of right answers
    /// @param low         lower end of its 95 % Wilson interval
    /// @param high        upper end
    /// @param margin      mean margin of the right answer, in logits
    /// @param marginError standard error of that
    public record MaskedAccuracy(
            int examples, double accuracy, double low, double high, double margin, double marginError) {}

    /// @param off       heads to replace
    /// @param stopPoint called often; throws to stop
    public MaskedAccuracy without(HeadMask off, LabelledTokens texts, Runnable stopPoint) {
        int classes = model.spec().classes();
        double[] margins = new double[texts.size()];
        int[] right = new int[1];
        int together = model.memory().fitting(BATCH, model.spec().activationBytes(texts.longest(), 1));
        model.memory().portions(texts.byLength(together), block -> {
            stopPoint.run();
            LabelledTokens some = texts.select(block);
            float[] logits = logits(off, some, stopPoint);
            for (int b = 0; b < some.size(); b++) {
                int gold = some.labels()[b];
                int best = 0;
                for (int c = 1; c < classes; c++) {
                    best = logits[b * classes + c] > logits[b * classes + best] ? c : best;
                }
                right[0] += best == gold ? 1 : 0;
                margins[block.get(b)] = Margin.of(logits, b * classes, classes, gold);
            }
        });
        return kept(right[0], margins);
    }

    /// @return (B, C) flat: logits with `off` switched off
    public float[] logits(HeadMask off, LabelledTokens some, Runnable stopPoint) {
        TransformerSpec spec = model.spec();
        off.requireShape(spec.layers(), spec.heads());
        try (NDManager manager = model.manager().newSubManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            TokenBatch batch = TokenBatch.of(manager, some.tokens(), spec);
            return ForwardPass.tapped(model.network(), new ReplacedHeads(manager, spec, off, mean), false)
                    .stoppingAt(stopPoint)
                    .logits(batch)
                    .toFloatArray();
        }
    }

    private static MaskedAccuracy kept(int right, double[] margins) {
        int n = margins.length;
        double p = right / (double) n;
        WilsonInterval interval = WilsonInterval.of(p, n);
        double mean = Arrays.stream(margins).average().orElse(Double.NaN);
        double squares =
                Arrays.stream(margins).map(m -> (m - mean) * (m - mean)).sum();
        return new MaskedAccuracy(
                n, p, interval.low(), interval.high(), mean, n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1) / n));
    }
}
