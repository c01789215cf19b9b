package sirkuit.relevance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.List;
import sirkuit.mask.Head;
import sirkuit.relevance.baseline.Margin;
import sirkuit.relevance.baseline.MeanActivation;
import sirkuit.transformer.ActivationHook;
import sirkuit.transformer.ForwardPass;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TokenBatch;
import sirkuit.transformer.TransformerSpec;

/// The margin that is lost when one head's output is replaced by its mean at every position: the causal reference.
final class MeanAblation {
    private MeanAblation() {}

    /// Texts in a batch, for which all heads of a layer are computed together. With more, the stack does not fit
    /// into the cache.
    private static final int BATCH = 4;

    /// The values of `heads` on all texts; 0 for other heads.
    ///
    /// @param stopPoint called between layers, on several threads; throws to stop
    static void values(
            ProxyModel model,
            MeanActivation mean,
            LabelledTokens texts,
            List<Head> heads,
            HeadValues.Sink sink,
            Runnable stopPoint) {
        new HeadValues(model, BATCH, model.spec().heads())
                .of(texts, some -> values(model, mean, some, heads, stopPoint), sink);
    }

    /// @return [L H][B]
    private static float[][] values(
            ProxyModel model, MeanActivation mean, LabelledTokens block, List<Head> heads, Runnable stopPoint) {
        TransformerSpec spec = model.spec();
        float[][] values = new float[spec.layers() * spec.heads()][block.size()];
        try (NDManager manager = model.manager().newSubManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            TokenBatch batch = TokenBatch.of(manager, block.tokens(), spec);
            ForwardPass plain = ForwardPass.plain(model.network());
            NDArray state = plain.embed(batch);
            float[] before = plain.from(0, state, batch).toFloatArray();
            for (int l = 0; l < spec.layers(); l++) {
                int layer = l;
                stopPoint.run();
                List<Head> here = heads.stream().filter(h -> h.layer() == layer).toList();
                if (!here.isEmpty()) {
                    lost(spec, block, here, before, without(model, mean, block, state, here, stopPoint), values);
                }
                state = next(model, state, batch, l);
            }
        }
        return values;
    }

    private static void lost(
            TransformerSpec spec,
            LabelledTokens block,
            List<Head> here,
            float[] before,
            float[] after,
            float[][] values) {
        int classes = spec.classes();
        for (int n = 0; n < here.size(); n++) {
            Head h = here.get(n);
            for (int b = 0; b < block.size(); b++) {
                int gold = block.labels()[b];
                values[h.layer() * spec.heads() + h.head()][b] = (float) (Margin.of(before, b * classes, classes, gold)
                        - Margin.of(after, (n * block.size() + b) * classes, classes, gold));
            }
        }
    }

    /// The input of the layer after `layer`.
    private static NDArray next(ProxyModel model, NDArray state, TokenBatch batch, int layer) {
        return layer == model.spec().layers() - 1
                ? state
                : ForwardPass.plain(model.network()).layerOutput(layer, state, batch);
    }

    /// @return (heads B, C) flat: logits with each head in turn at its mean
    private static float[] without(
            ProxyModel model,
            MeanActivation mean,
            LabelledTokens block,
            NDArray state,
            List<Head> here,
            Runnable stopPoint) {
        TransformerSpec spec = model.spec();
        try (NDManager manager = model.manager().newSubManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            int n = here.size();
            NDArray keep = manager.create(kept(spec, here), new Shape(n, 1, 1, spec.width()));
            NDArray fill =
                    keep.mul(-1).add(1).mul(mean.layer(manager, here.getFirst().layer()));
            TokenBatch copies = TokenBatch.of(manager, block.repeated(n).tokens(), spec);
            NDArray stacked = NDArrays.concat(new NDList(Collections.nCopies(n, state)), 0);
            ActivationHook tap = new ActivationHook() {
                @Override
                public NDArray headOutputs(int layer, NDArray z) {
                    if (layer != here.getFirst().layer()) {
                        return z;
                    }
                    Shape s = z.getShape();
                    return z.reshape(n, s.get(0) / n, s.get(1), s.get(2))
                            .mul(keep)
                            .add(fill)
                            .reshape(s);
                }

                @Override
                public boolean keeps() {
                    return false;
                }
            };
            return ForwardPass.tapped(model.network(), tap, false)
                    .stoppingAt(stopPoint)
                    .from(here.getFirst().layer(), stacked, copies)
                    .toFloatArray();
        }
    }

    private static float[] kept(TransformerSpec spec, List<Head> here) {
        float[] keep = new float[here.size() * spec.width()];
        for (int n = 0; n < here.size(); n++) {
            for (int j = 0; j < spec.width(); j++) {
                keep[n * spec.width() + j] = j / spec.headSize() == here.get(n).head() ? 0 : 1;
            }
        }
        return keep;
    }
}
