package sirkuit.transformer;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything the forward pass must know about a model: sizes, choices and the places of its tensors. A family (BERT,
/// Llama, ...) is a way to make one from a `config.json`.
///
/// @param family         `model_type`
/// @param layers         L
/// @param heads          query heads a layer, H
/// @param keyValueHeads  key and value heads a layer, K; H is a multiple of it
/// @param headSize       d_head; H d_head need not be d_model
/// @param hidden         d_model
/// @param intermediate   width of the MLP
/// @param gated          whether the MLP is f(gate) * up instead of f(up)
/// @param activation     f of the MLP
/// @param norm           the one kind of norm that all places have
/// @param biases         whether every linear map of the layers must have a bias; else those that the file has
/// @param embedding      how tokens become vectors
/// @param attention      how positions look at each other
/// @param readout        how the last layer becomes logits
/// @param dropout        as the checkpoint was trained
/// @param labels         class names in the order of the logits
/// @param names          places of the tensors; their presence decides which norms and biases there are
public record TransformerSpec(
        String family,
        int layers,
        int heads,
        int keyValueHeads,
        int headSize,
        int hidden,
        int intermediate,
        boolean gated,
        Activation activation,
        NormKind norm,
        boolean biases,
        Embedding embedding,
        Attention attention,
        Readout readout,
        Dropout dropout,
        List<String> labels,
        Names names) {

    public enum Activation {
        /// x Φ(x), exactly.
        GELU,
        /// Its tanh approximation.
        GELU_TANH,
        RELU,
        SILU,
        TANH
    }

    /// @param centred whether it is LayerNorm (mean taken off) or RMSNorm
    /// @param epsilon added to the variance or mean square
    /// @param plusOne whether the factor is 1 + weight (Gemma)
    public record NormKind(boolean centred, double epsilon, boolean plusOne) {
        public static NormKind layerNorm(double epsilon) {
            return new NormKind(true, epsilon, false);
        }

        public static NormKind rms(double epsilon) {
            return new NormKind(false, epsilon, false);
        }
    }

    /// @param vocabulary     rows of the token embedding
    /// @param scale          factor of the token embeddings
    /// @param maxPositions   longest sequence, in tokens
    /// @param positionRows   rows of the table of learned positions; 0 when there is none
    /// @param positionOffset row of the first position
    /// @param typeRows       rows of the table of token types; 0 when there is none
    /// @param padToken       id that fills up shorter sequences and is never attended to; -1 when there is none
    public record Embedding(
            int vocabulary,
            double scale,
            int maxPositions,
            int positionRows,
            int positionOffset,
            int typeRows,
            int padToken) {}

    /// @param scale   factor of query times key
    /// @param softcap s becomes cap tanh(s / cap); 0 for none
    /// @param causal  whether a position sees only itself and those before it
    /// @param windows per layer: how many positions back (itself included) are seen; 0 for all
    /// @param rotary  per layer: how query and key are turned; empty without rotary positions
    public record Attention(double scale, double softcap, boolean causal, List<Integer> windows, List<Rotary> rotary) {
        /// Every position sees every other; nothing is turned.
        public static Attention plain(int layers, int headSize) {
            return new Attention(1 / Math.sqrt(headSize), 0, false, Collections.nCopies(layers, 0), List.of());
        }
    }

    /// @param reader     which position is read
    /// @param activation between dense map and classifier; null when there is no dense map
    /// @param dropsTwice whether training drops before the dense map too
    /// @param softcap    of the logits; 0 for none
    /// @param tokens     of a causal language model: the token whose logit speaks for each class; null for a
    // classifier
    public record Readout(
            Reader reader,
            @Nullable Activation activation,
            boolean dropsTwice,
            double softcap,
            @Nullable List<Integer> tokens) {
        public Readout withTokens(List<Integer> ofClasses) {
            return new Readout(reader, activation, dropsTwice, softcap, List.copyOf(ofClasses));
        }
    }

    /// Which position's state the classifier reads.
    public enum Reader {
        FIRST,
        /// The last that is not filled up.
        LAST
    }

    /// Probabilities of dropping.
    ///
    /// @param hidden     after the embeddings and before each residual sum
    /// @param attention  of attention probabilities
    /// @param classifier before the classifier
    public record Dropout(double hidden, double attention, double classifier) {
        public static final Dropout NONE = new Dropout(0, 0, 0);
    }

    /// Where a linear map is stored.
    ///
    /// @param name       of the tensor without `.weight` and `.bias`; `%d` stands for the layer
    /// @param transposed whether it is stored as (in, out), as GPT-2's Conv1D
    /// @param part       which of `parts` equal parts of its outputs
    /// @param parts      how many maps share the tensor
    public record Place(String name, boolean transposed, int part, int parts) {
        public static Place of(String name) {
            return new Place(name, false, 0, 1);
        }

        public Place in(int layer) {
            return new Place(Names.in(layer, name), transposed, part, parts);
        }
    }

    /// Places of the tensors; null where the family has none. In a layer: x + attentionOutput-norm(W_O attention
    /// (attentionInput-norm x)), then attentionSum-norm; likewise around the MLP.
    public record Names(
            String tokens,
            @Nullable String positions,
            @Nullable String types,
            @Nullable String embeddingNorm,
            Place query,
            Place key,
            Place value,
            Place output,
            @Nullable String queryNorm,
            @Nullable String keyNorm,
            Norms attention,
            @Nullable Place gate,
            Place up,
            Place down,
            Norms mlp,
            @Nullable String finalNorm,
            @Nullable String pooler,
            String classifier) {
        /// The name in one layer.
        public static String in(int layer, String template) {
            return template.replace("%d", Integer.toString(layer));
        }
    }

    /// The norms around attention or MLP.
    ///
    /// @param input  of what goes in
    /// @param output of what comes out, before the residual sum
    /// @param sum    after the residual sum
    public record Norms(
            @Nullable String input,
            @Nullable String output,
            @Nullable String sum) {}

    public int classes() {
        return labels.size();
    }

    public int padToken() {
        return embedding.padToken();
    }

    public int vocabulary() {
        return embedding.vocabulary();
    }

    public int maxPositions() {
        return embedding.maxPositions();
    }

    /// Entries of all heads' outputs side by side: H d_head.
    public int width() {
        return heads * headSize;
    }

    /// The key and value head that a query head reads from.
    public int group(int head) {
        return head / (heads / keyValueHeads);
    }

    public TransformerSpec withLabels(List<String> others) {
        return new TransformerSpec(
                family,
                layers,
                heads,
                keyValueHeads,
                headSize,
                hidden,
                intermediate,
                gated,
                activation,
                norm,
                biases,
                embedding,
                attention,
                readout,
                dropout,
                List.copyOf(others),
                names);
    }

    public TransformerSpec withReadout(Readout other) {
        return new TransformerSpec(
                family,
                layers,
                heads,
                keyValueHeads,
                headSize,
                hidden,
                intermediate,
                gated,
                activation,
                norm,
                biases,
                embedding,
                attention,
                other,
                dropout,
                labels,
                names);
    }

    /// Names of all norms, those of the layers with `%d`.
    private long normsOfHidden(boolean perLayer) {
        return perLayer
                ? Arrays.asList(
                                names.attention.input,
                                names.attention.output,
                                names.attention.sum,
                                names.mlp.input,
                                names.mlp.output,
                                names.mlp.sum)
                        .stream()
                        .filter(n -> n != null)
                        .count()
                : (names.embeddingNorm == null ? 0 : 1) + (names.finalNorm == null ? 0 : 1);
    }

    /// Entries of W_Q with bias and of W_O that belong to one head, and its share of the key and value rows: those of
    /// its group divided among the heads of the group.
    public long parametersOfHead() {
        long groupSize = heads / keyValueHeads;
        return (long) headSize * (hidden + 1) + 2L * headSize * (hidden + 1) / groupSize + (long) hidden * headSize;
    }

    /// Weights and biases of all norms.
    public long parametersOfNorms() {
        long each = norm.centred() ? 2L * hidden : hidden;
        long ofHeads = ((names.queryNorm == null ? 0 : 1) + (names.keyNorm == null ? 0 : 1)) * (long) headSize;
        return each * (normsOfHidden(false) + layers * normsOfHidden(true)) + layers * ofHeads;
    }
}
