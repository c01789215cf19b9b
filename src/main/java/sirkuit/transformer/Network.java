package sirkuit.transformer;

import ai.djl.ndarray.NDArray;
import java.util.List;

/// All parameters of a model, in the places where the forward pass uses them. It does not own them: their manager does.
///
/// @param tokens    (V, d)
/// @param positions (positions, d)
/// @param types     (types, d)
/// @param <P>       see [Layer]
public record Network<P extends Projection>(
        TransformerSpec spec,
        NDArray tokens,
        NDArray positions,
        NDArray types,
        Norm embeddingNorm,
        List<Layer<P>> layers,
        Dense pooler,
        Dense classifier) {
    public Network {
        layers = List.copyOf(layers);
    }
}
