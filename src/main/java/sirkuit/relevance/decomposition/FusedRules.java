package sirkuit.relevance.decomposition;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;
import sirkuit.relevance.decomposition.BlockTotals.Ending;
import sirkuit.relevance.decomposition.BlockTotals.LayerTotals;
import sirkuit.relevance.decomposition.BlockTotals.Normed;
import sirkuit.transformer.Dense;
import sirkuit.transformer.Layer;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.TransformerSpec;

/// The rules on the CPU, each element-wise chain in one pass over the array's own memory: libtorch multiplies
/// matrices, the loops of [FusedSteps] do the rest.
record FusedRules() implements PropagationRules {
    private static final PropagationRules EAGER = new RelevantPart(false);

    /// Whether the arrays' memory can be accessed. With `-Dsirkuit.eager=true` nothing is fused, for comparison.
    static boolean suit(ProxyModel model) {
        return !model.manager().getDevice().isGpu() && !Boolean.getBoolean("sirkuit.eager");
    }

    @Override
    public NDArray linear(NDArray beta, Dense map, NDArray total) {
        NDArray mapped = map.withoutBias(beta);
        new FusedSteps(mapped).share(map.bias(), total).run();
        return mapped;
    }

    @Override
    public NDArray mix(NDArray beta, NDArray pattern, NDArray total) {
        return EAGER.mix(beta, pattern, total);
    }

    @Override
    public NDArray norm(NDArray beta, Normed norm) {
        NDArray normed = beta.duplicate();
        new FusedSteps(normed).norm(norm).run();
        return normed;
    }

    @Override
    public NDArray end(NDArray mapped, Ending ending, @Nullable NDArray residual) {
        new FusedSteps(mapped)
                .share(ending.map().bias(), ending.output())
                .norm(ending.inner())
                .add(residual)
                .norm(ending.outer())
                .run();
        return mapped;
    }

    @Override
    public NDArray activate(NDArray beta, Layer<Dense> layer, LayerTotals totals, TransformerSpec.Activation f) {
        if (layer.gate() != null && totals.gate() != null && totals.gateWithoutBias() != null) {
            NDArray gate = layer.gate().withoutBias(beta);
            try (NDArray up = linear(beta, layer.up(), totals.upWithoutBias())) {
                new FusedSteps(gate)
                        .share(layer.gate().bias(), totals.gateWithoutBias())
                        .gate(f, totals.gate(), totals.up(), up)
                        .run();
            }
            return gate;
        }
        NDArray mapped = layer.up().withoutBias(beta);
        new FusedSteps(mapped)
                .share(layer.up().bias(), totals.upWithoutBias())
                .activate(f, totals.up())
                .run();
        return mapped;
    }
}
