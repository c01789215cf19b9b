package sirkuit.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.checkpoint.tokenizer.TextTokenizer.Tokens;

/// Some texts as arrays, padded on the right to the length of the longest.
///
/// @param manager   owns the arrays
/// @param ids       (B, T) int64
/// @param types     (B, T) int64
/// @param positions (B, T) int64: rows of the table of learned positions
/// @param valid     (B, T) 1 where there is a token, 0 where it is filled up
/// @param lengths   [B] tokens of each text
/// @param readers   [B] index of the position that the classifier reads, where it reads one
/// @param shares    (B, 1, T) of each position in what the classifier reads, where that is a mean; else null
public record TokenBatch(
        NDManager manager,
        NDArray ids,
        NDArray types,
        NDArray positions,
        NDArray valid,
        int[] lengths,
        int[] readers,
        @Nullable NDArray shares) {
    private static final float NEVER = -Float.MAX_VALUE;

    public static TokenBatch of(NDManager manager, List<Tokens> texts, TransformerSpec spec) {
        TransformerSpec.Embedding e = spec.embedding();
        int longest = texts.stream().mapToInt(Tokens::length).max().orElseThrow();
        int count = texts.size();
        long[] ids = new long[count * longest];
        long[] types = new long[count * longest];
        long[] positions = new long[count * longest];
        float[] valid = new float[count * longest];
        float[] shares = new float[count * longest];
        int[] lengths = new int[count];
        int[] readers = new int[count];
        TransformerSpec.Reader reader = spec.readout().reader();
        Arrays.fill(ids, Math.max(0, e.padToken()));
        for (int b = 0; b < count; b++) {
            Tokens text = texts.get(b);
            int at = b * longest;
            int[] ofTypes = e.typeRows() > 1 ? text.types() : null;
            for (int t = 0; t < text.length(); t++) {
                ids[at + t] = text.ids()[t];
                types[at + t] = ofTypes == null ? 0 : ofTypes[t];
            }
            place(positions, ids, at, longest, e);
            Arrays.fill(valid, at, at + text.length(), 1);
            lengths[b] = text.length();
            readers[b] = reader == TransformerSpec.Reader.LAST ? last(text, e.padToken()) : 0;
            Arrays.fill(shares, at, at + text.length(), 1f / text.length());
        }
        Shape shape = new Shape(count, longest);
        return new TokenBatch(
                manager,
                manager.create(ids, shape),
                manager.create(types, shape),
                manager.create(positions, shape),
                manager.create(valid, shape),
                lengths,
                readers,
                reader == TransformerSpec.Reader.MEAN ? manager.create(shares, new Shape(count, 1, longest)) : null);
    }

    /// Rows of the table of positions: consecutive. With an offset (RoBERTa) they are counted as in transformers,
    /// over all tokens but the pad token, which has the row before the first, even inside a text.
    private static void place(long[] positions, long[] ids, int at, int longest, TransformerSpec.Embedding e) {
        int offset = e.positions().offset();
        int counted = 0;
        for (int t = 0; t < longest; t++) {
            boolean skipped = offset > 0 && ids[at + t] == e.padToken();
            positions[at + t] = Math.min(
                    skipped ? offset - 1 : counted + offset,
                    Math.max(0, e.positions().rows() - 1));
            counted += skipped ? 0 : 1;
        }
    }

    /// The last token that is not the pad token, as in transformers. A text itself may end with pad tokens.
    private static int last(Tokens text, int padToken) {
        int at = Math.max(0, text.length() - 1);
        while (at > 0 && text.ids()[at] == padToken) {
            at--;
        }
        return at;
    }

    public int size() {
        return lengths.length;
    }

    /// T, the length of the longest text.
    public int length() {
        return (int) ids.getShape().get(1);
    }

    /// What is added to attention scores: 0, or very negative where a position must not be seen.
    ///
    /// @param window  see [TransformerSpec.Attention#windows()]
    /// @param readersOnly whether only the positions that are read look
    /// @return (B or 1, 1, Tq or 1, T); null when everything is seen
    @Nullable
    NDArray bias(TransformerSpec.Attention attention, int window, boolean readersOnly) {
        int t = length();
        boolean uneven = Arrays.stream(lengths).anyMatch(n -> n < t);
        if (!attention.causal() && window == 0) {
            return uneven ? fill() : null;
        }
        if (readersOnly) {
            boolean all = attention.causal()
                    && (window == 0 || window >= t)
                    && Arrays.stream(readers).allMatch(r -> r == t - 1);
            return all ? null : look(attention, window, size(), 1);
        }
        boolean same = attention.causal() || !uneven; // padding comes after all positions that attend
        return look(attention, window, same ? 1 : size(), t);
    }

    /// For texts that every position sees completely.
    private NDArray fill() {
        int t = length();
        float[] bias = new float[size() * t];
        for (int b = 0; b < size(); b++) {
            Arrays.fill(bias, b * t + lengths[b], (b + 1) * t, NEVER);
        }
        return manager.create(bias, new Shape(size(), 1, 1, t));
    }

    private NDArray look(TransformerSpec.Attention attention, int window, int texts, int rows) {
        int t = length();
        float[] bias = new float[texts * rows * t];
        for (int b = 0; b < texts; b++) {
            for (int r = 0; r < rows; r++) {
                int i = rows == 1 ? readers[b] : r;
                for (int j = 0; j < t; j++) {
                    boolean near = window == 0 || Math.abs(i - j) < window;
                    boolean before = !attention.causal() || j <= i;
                    boolean there = attention.causal() || j < lengths[b];
                    bias[(b * rows + r) * t + j] = near && before && there ? 0 : NEVER;
                }
            }
        }
        return manager.create(bias, new Shape(texts, 1, rows, t));
    }

    /// Cosines and sines of the rotary angles.
    ///
    /// @param readersOnly whether for the positions that are read, (B, 1, 1, r/2), or for all, (1, 1, T, r/2)
    NDArray[] turns(Rotary rotary, boolean readersOnly) {
        double[] f = rotary.frequencies(length());
        int rows = readersOnly ? size() : length();
        float[] cos = new float[rows * f.length];
        float[] sin = new float[rows * f.length];
        for (int r = 0; r < rows; r++) {
            int position = readersOnly ? readers[r] : r;
            for (int j = 0; j < f.length; j++) {
                cos[r * f.length + j] = (float) (Math.cos(position * f[j]) * rotary.attentionFactor());
                sin[r * f.length + j] = (float) (Math.sin(position * f[j]) * rotary.attentionFactor());
            }
        }
        Shape shape = readersOnly ? new Shape(rows, 1, 1, f.length) : new Shape(1, 1, rows, f.length);
        return new NDArray[] {manager.create(cos, shape), manager.create(sin, shape)};
    }

    /// Whether the classifier reads one position only: then the last layer need not compute the others.
    public boolean readsOne() {
        return shares == null;
    }

    /// The rows that are read, or their mean.
    ///
    /// @param x    (..., B, T, d)
    /// @return (..., B, 1, d)
    public NDArray read(NDArray x) {
        if (shares != null) {
            return shares.matMul(x);
        }
        boolean same = Arrays.stream(readers).distinct().count() == 1;
        if (same) {
            return x.get("..., " + readers[0] + ":" + (readers[0] + 1) + ", :");
        }
        int axis = x.getShape().dimension() - 3;
        NDList rows = new NDList();
        for (int b = 0; b < size(); b++) {
            rows.add(x.get("..., " + b + ":" + (b + 1) + ", " + readers[b] + ":" + (readers[b] + 1) + ", :"));
        }
        return NDArrays.concat(rows, axis);
    }
}
