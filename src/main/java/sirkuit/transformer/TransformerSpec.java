package sirkuit.transformer;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything the forward pass must know about a model: sizes, choices and the places of its tensors. A family (BERT,
/// Llama, ...) is a way to make one from a `config.json`.
///
/// @param family    `model_type`
/// @param shape     sizes of layers and heads
/// @param embedding how tokens become vectors
/// @param attention how positions look at each other
/// @param mlp       what follows attention in each layer
/// @param norm      the one kind of norm that all places have
/// @param biases    whether every linear map up to the classifier must have a bias; else those that the file has
/// @param readout   how the last layer becomes logits
/// @param dropout   as the checkpoint was trained
/// @param labels    class names in the order of the logits
/// @param names     places of the tensors; their presence decides which norms and biases there are
public record TransformerSpec(
        String family,
        Shape shape,
        Embedding embedding,
        Attention attention,
        Mlp mlp,
        NormKind norm,
        boolean biases,
        Readout readout,
        Dropout dropout,
        List<String> labels,
        TensorNames names) {
    /// Arrays of the width of the residual stream that a layer holds at once, and of the MLP's.
    private static final int STREAMS = 8;

    private static final int INNER = 3;

    /// @param layers        L
    /// @param heads         query heads a layer, H
    /// @param keyValueHeads key and value heads a layer, K; H is a multiple of it
    /// @param headSize      d_head; H d_head need not be d_model
    /// @param hidden        d_model
    public record Shape(int layers, int heads, int keyValueHeads, int headSize, int hidden) {}

    /// @param width      d_mlp
    /// @param gated      whether it is f(gate) * up instead of f(up)
    /// @param activation f
    public record Mlp(int width, boolean gated, Activation activation) {}

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
    /// @param biased  whether it has a bias
    /// @param epsilon added to the variance or mean square
    /// @param plusOne whether the factor is 1 + weight (Gemma)
    public record NormKind(boolean centred, boolean biased, double epsilon, boolean plusOne) {
        public static NormKind layerNorm(double epsilon) {
            return new NormKind(true, true, epsilon, false);
        }

        public static NormKind layerNormWithoutBias(double epsilon) {
            return new NormKind(true, false, epsilon, false);
        }

        public static NormKind rms(double epsilon) {
            return new NormKind(false, false, epsilon, false);
        }
    }

    /// @param vocabulary rows of the token embedding
    /// @param scale      factor of the token embeddings
    /// @param positions  how many there may be, and the table of learned ones
    /// @param typeRows   rows of the table of token types; 0 when there is none
    /// @param padToken   id that fills up shorter sequences and is never attended to; -1 when there is none
    public record Embedding(int vocabulary, double scale, Positions positions, int typeRows, int padToken) {}

    /// @param longest longest sequence, in tokens
    /// @param rows    rows of the table of learned positions; 0 when there is none
    /// @param offset  row of the first position; above 0 the pad token has no position but the row before it
    public record Positions(int longest, int rows, int offset) {
        /// A table of learned positions.
        public static Positions learned(int rows, int offset) {
            return new Positions(rows - offset, rows, offset);
        }

        /// No table: positions are in how query and key are turned.
        public static Positions rotary(int longest) {
            return new Positions(longest, 0, 0);
        }
    }

    /// @param scale   factor of query times key
    /// @param softcap s becomes cap tanh(s / cap); 0 for none
    /// @param causal  whether a position sees only itself and those before it
    /// @param windows per layer: how many positions back (itself included), and as many ahead where it is not
    ///                causal, are seen; 0 for all
    /// @param rotary  per layer: how query and key are turned; empty without rotary positions
    public record Attention(double scale, double softcap, boolean causal, List<Integer> windows, List<Rotary> rotary) {
        /// Every position sees every other; nothing is turned.
        public static Attention plain(int layers, int headSize) {
            return new Attention(1 / Math.sqrt(headSize), 0, false, Collections.nCopies(layers, 0), List.of());
        }
    }

    /// @param reader     what is read of the last layer
    /// @param activation between dense map (the pooler) and classifier; null when there is no dense map
    /// @param dropsTwice whether training drops before the dense map too
    /// @param softcap    of the logits; 0 for none
    /// @param tokens     of a causal language model: the token whose logit speaks for each class; null for a
    ///                   classifier
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

    /// Which position's state the classifier reads, after the final norm.
    public enum Reader {
        FIRST,
        /// The last position that is not padding.
        LAST,
        /// The mean of all positions that are not padding.
        MEAN
    }

    /// Dropout probabilities at the points where the family's model in transformers has dropout. Other points
    /// cannot be set: with dropout at another place, a family would be trained differently from what its users
    /// know.
    public record Dropout(Map<Point, Double> probabilities) {
        /// A point of the pass.
        public enum Point {
            /// After the embeddings.
            EMBEDDING,
            /// Attention probabilities.
            PATTERN,
            /// The output of attention, before the residual sum.
            ATTENTION,
            /// The input of the MLP's last map.
            INNER,
            /// The output of the MLP, before the residual sum.
            MLP,
            /// Before the classifier.
            CLASSIFIER
        }

        public static final Dropout NONE = new Dropout(Map.of());

        public Dropout {
            probabilities = Map.copyOf(probabilities);
        }

        /// The dropout of BERT: `hidden` after the embeddings and before each residual sum, none within the
        /// MLP.
        public static Dropout of(double hidden, double pattern, double classifier) {
            return new Dropout(Map.of(
                    Point.EMBEDDING,
                    hidden,
                    Point.PATTERN,
                    pattern,
                    Point.ATTENTION,
                    hidden,
                    Point.MLP,
                    hidden,
                    Point.CLASSIFIER,
                    classifier));
        }

        /// 0 where the family has none.
        public double at(Point point) {
            return probabilities.getOrDefault(point, 0.0);
        }

        /// The same points, all with one probability.
        public Dropout all(double probability) {
            Map<Point, Double> others = new EnumMap<>(Point.class);
            probabilities.keySet().forEach(point -> others.put(point, probability));
            return new Dropout(others);
        }

        /// Whether nothing is dropped.
        public boolean none() {
            return probabilities.values().stream().allMatch(p -> p == 0);
        }
    }

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
        return embedding.positions.longest;
    }

    public int layers() {
        return shape.layers;
    }

    public int heads() {
        return shape.heads;
    }

    public int keyValueHeads() {
        return shape.keyValueHeads;
    }

    public int headSize() {
        return shape.headSize;
    }

    public int hidden() {
        return shape.hidden;
    }

    /// Entries of all heads' outputs side by side: H d_head.
    public int width() {
        return shape.heads * shape.headSize;
    }

    /// The key and value head that a query head reads from.
    public int group(int head) {
        return head / (shape.heads / shape.keyValueHeads);
    }

    public TransformerSpec withLabels(List<String> others) {
        return new TransformerSpec(
                family, shape, embedding, attention, mlp, norm, biases, readout, dropout, List.copyOf(others), names);
    }

    public TransformerSpec withReadout(Readout other) {
        return new TransformerSpec(
                family, shape, embedding, attention, mlp, norm, biases, other, dropout, labels, names);
    }

    /// Bytes of activations that one text takes, roughly, in F32.
    ///
    /// @param tokens of the longest text
    /// @param kept   layers whose activations are held at once: 1, or all where a gradient needs them
    public long activationBytes(int tokens, int kept) {
        long numbers =
                (long) STREAMS * Math.max(hidden(), width()) + (long) INNER * mlp.width + 2L * shape.heads * tokens;
        return 4L * tokens * numbers * kept;
    }

    /// Entries of W_Q with bias and of W_O that belong to one head, and its share of the key and value rows: those of
    /// its group divided among the heads of the group.
    public long parametersOfHead() {
        long groupSize = shape.heads / shape.keyValueHeads;
        long size = shape.headSize;
        return size * (hidden() + 1) + 2 * size * (hidden() + 1) / groupSize + hidden() * size;
    }

    /// Weights and biases of all norms.
    public long parametersOfNorms() {
        long entries = names.normsOfHidden(layers()) * hidden() + names.normsOfHeads(layers()) * headSize();
        return entries * (norm.biased() ? 2 : 1);
    }
}
