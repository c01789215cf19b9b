package sirkuit.transformer;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where a family stores its tensors; null where it has none. Names are without `.weight` and `.bias`, and `%d` in them
/// stands for the layer. Which names are there decides which norms the model has.
///
/// In a layer: x + output-norm(W_O attention(input-norm x)), then sum-norm; likewise around the MLP ([Norms]).
///
/// @param embedding how tokens become vectors
/// @param attention of each layer
/// @param mlp       of each layer
/// @param readout   after the last layer
public record TensorNames(Embedding embedding, Attention attention, Mlp mlp, Readout readout) {
    /// @param tokens    table of tokens
    /// @param positions table of learned positions
    /// @param types     table of token types
    /// @param norm      of their sum
    public record Embedding(
            String tokens,
            @Nullable String positions,
            @Nullable String types,
            @Nullable String norm) {
        /// A table of tokens and nothing else.
        public static Embedding of(String tokens) {
            return new Embedding(tokens, null, null, null);
        }
    }

    /// @param query     W_Q
    /// @param key       W_K
    /// @param value     W_V
    /// @param output    W_O
    /// @param queryNorm of each head's query
    /// @param keyNorm   of each head's key
    /// @param norms     around attention
    public record Attention(
            Place query,
            Place key,
            Place value,
            Place output,
            @Nullable String queryNorm,
            @Nullable String keyNorm,
            Norms norms) {
        /// Without norms of query and key.
        public Attention(Place query, Place key, Place value, Place output, Norms norms) {
            this(query, key, value, output, null, null, norms);
        }
    }

    /// @param gate  into the activation of a gated MLP
    /// @param up    into the MLP
    /// @param down  out of it
    /// @param norms around it
    public record Mlp(@Nullable Place gate, Place up, Place down, Norms norms) {}

    /// The logits are classifier(poolerNorm activation(pooler finalNorm x)).
    ///
    /// @param finalNorm  of what leaves the last layer
    /// @param pooler     dense map before the classifier
    /// @param poolerNorm after the pooler's activation
    /// @param classifier of a language model the table that gives the logits of all tokens
    public record Readout(
            @Nullable String finalNorm,
            @Nullable String pooler,
            @Nullable String poolerNorm,
            String classifier) {}

    /// Where a linear map is stored.
    ///
    /// @param name       of the tensor
    /// @param transposed whether it is stored as (in, out), as GPT-2's Conv1D
    /// @param part       which of `parts` equal parts of its outputs
    /// @param parts      how many maps share the tensor
    public record Place(String name, boolean transposed, int part, int parts) {
        public static Place of(String name) {
            return new Place(name, false, 0, 1);
        }

        public Place in(int layer) {
            return new Place(TensorNames.in(layer, name), transposed, part, parts);
        }
    }

    /// The norms around attention or MLP.
    ///
    /// @param input     of what goes in
    /// @param inputFrom the first layer that has it
    /// @param output    of what comes out, before the residual sum
    /// @param sum       after the residual sum
    public record Norms(
            @Nullable String input,
            int inputFrom,
            @Nullable String output,
            @Nullable String sum) {
        /// The same in every layer.
        public Norms(@Nullable String input, @Nullable String output, @Nullable String sum) {
            this(input, 0, output, sum);
        }

        /// The names in one layer.
        public Norms in(int layer) {
            return new Norms(layer < inputFrom ? null : ifAny(layer, input), ifAny(layer, output), ifAny(layer, sum));
        }

        /// How many of them all layers have.
        private long count(int layers) {
            return (input == null ? 0 : layers - inputFrom)
                    + (output == null ? 0 : layers)
                    + (long) (sum == null ? 0 : layers);
        }
    }

    /// The name in one layer.
    public static String in(int layer, String template) {
        return template.replace("%d", Integer.toString(layer));
    }

    /// The same where the family has one, else null.
    public static @Nullable String ifAny(int layer, @Nullable String template) {
        return template == null ? null : in(layer, template);
    }

    /// How many norms of the residual stream there are.
    long normsOfHidden(int layers) {
        return attention.norms.count(layers)
                + mlp.norms.count(layers)
                + Stream.of(embedding.norm, readout.finalNorm, readout.poolerNorm)
                        .filter(Objects::nonNull)
                        .count();
    }

    /// How many norms of a head's query or key there are; those of a layer count once.
    long normsOfHeads(int layers) {
        return Stream.of(attention.queryNorm, attention.keyNorm)
                        .filter(Objects::nonNull)
                        .count()
                * layers;
    }
}
