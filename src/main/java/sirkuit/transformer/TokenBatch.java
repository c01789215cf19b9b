package sirkuit.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sirkuit.checkpoint.TextTokenizer.Tokens;

/// Some texts as arrays, filled up on the right to the longest of them.
///
/// @param ids   (B, T) int64
/// @param types (B, T) int64
/// @param valid (B, T) 1 where there is a token, 0 where it is filled up
/// @param bias  (B, 1, 1, T) added to attention scores, 0 or very negative; null when nothing is filled up
public record TokenBatch(
        NDArray ids, NDArray types, NDArray valid, @Nullable NDArray bias) {
    private static final float NEVER = -Float.MAX_VALUE;

    public static TokenBatch of(NDManager manager, List<Tokens> texts, int padToken) {
        int longest = texts.stream().mapToInt(Tokens::length).max().orElseThrow();
        int count = texts.size();
        long[] ids = new long[count * longest];
        long[] types = new long[count * longest];
        float[] valid = new float[count * longest];
        float[] bias = new float[count * longest];
        Arrays.fill(ids, padToken);
        Arrays.fill(bias, NEVER);
        boolean filled = false;
        for (int b = 0; b < count; b++) {
            Tokens text = texts.get(b);
            int at = b * longest;
            System.arraycopy(text.ids(), 0, ids, at, text.length());
            System.arraycopy(text.types(), 0, types, at, text.length());
            Arrays.fill(valid, at, at + text.length(), 1);
            Arrays.fill(bias, at, at + text.length(), 0);
            filled |= text.length() < longest;
        }
        Shape shape = new Shape(count, longest);
        return new TokenBatch(
                manager.create(ids, shape),
                manager.create(types, shape),
                manager.create(valid, shape),
                filled ? manager.create(bias, new Shape(count, 1, 1, longest)) : null);
    }

    public int size() {
        return (int) ids.getShape().get(0);
    }

    /// T, the length of the longest text.
    public int length() {
        return (int) ids.getShape().get(1);
    }
}
