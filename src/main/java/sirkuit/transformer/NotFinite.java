package sirkuit.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import org.jspecify.annotations.Nullable;
import sirkuit.Message;
import sirkuit.Problem;
import sirkuit.checkpoint.Elements;
import sirkuit.checkpoint.TensorInfo;

/// Finds where a model's numbers first become NaN or infinite.
public final class NotFinite {
    private NotFinite() {}

    /// @param some texts on which it happens
    /// @return names the tensor that holds NaN or infinity, else the layer whose activations do
    public static Problem problem(ProxyModel model, LabelledTokens some) {
        String place = model.checkpoint().weights().place().toString();
        for (TensorInfo tensor : model.checkpoint().weights().tensors().values()) {
            if (holds(model, tensor)) {
                return Problem.of("transformer.tensor-not-finite", place, tensor.name());
            }
        }
        Message site = null;
        for (int i = 0; site == null && i < some.size(); i++) {
            site = firstActivation(model, some.part(i, i + 1));
        }
        return Problem.of(
                "transformer.numbers-overflow",
                place,
                site == null ? Message.of("transformer.at-logits") : Message.of("transformer.first-in", site));
    }

    private static boolean holds(ProxyModel model, TensorInfo tensor) {
        if (!Elements.isFloating(tensor.type())) {
            return false;
        }
        boolean[] found = new boolean[1];
        model.checkpoint().weights().pieces(tensor.name(), bytes -> {
            int count = bytes.remaining() / tensor.type().bytes();
            for (int i = 0; i < count && !found[0]; i++) {
                found[0] = !Float.isFinite(Elements.get(bytes, i, tensor.type()));
            }
        });
        return found[0];
    }

    private static @Nullable Message firstActivation(ProxyModel model, LabelledTokens some) {
        Message[] first = new Message[1];
        int layers = model.spec().layers();
        ActivationHook tap = (Watching) (site, layer, activation) -> {
            if (first[0] == null && !finite(activation)) {
                first[0] = layer == layers
                        ? Message.of("transformer.the-classifier")
                        : Message.of("transformer.in-layer", layer, site);
            }
        };
        try (NDManager manager = model.manager().newSubManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            TokenBatch batch = TokenBatch.of(manager, some.tokens(), model.spec());
            ForwardPass.tapped(model.network(), tap, true).logits(batch);
        }
        return first[0];
    }

    private static boolean finite(NDArray activation) {
        for (float v : activation.toFloatArray()) {
            if (!Float.isFinite(v)) {
                return false;
            }
        }
        return true;
    }

    @FunctionalInterface
    private interface Watching extends ActivationHook {
        void watch(Site site, int layer, NDArray activation);

        @Override
        default void see(Site site, int layer, NDArray activation) {
            watch(site, layer, activation);
        }
    }
}
