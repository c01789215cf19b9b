package sirkuit.transformer;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All parameters of a model, in the places where the forward pass uses them. It does not own them: their manager does.
///
/// @param tokens    (V, d)
/// @param positions (positions, d); null without learned positions
/// @param types     (types, d); null without token types
/// @param <P>       see [Layer]
public record Network<P extends Projection>(
        TransformerSpec spec,
        NDArray tokens,
        @Nullable NDArray positions,
        @Nullable NDArray types,
        @Nullable Norm embeddingNorm,
        List<Layer<P>> layers,
        @Nullable Norm finalNorm,
        @Nullable Dense pooler,
        @Nullable Norm poolerNorm,
        Projection classifier) {
    public Network {
        layers = List.copyOf(layers);
    }

    /// The classifier of a network as loaded.
    public Dense denseClassifier() {
        return (Dense) classifier;
    }
}
