package sirkuit.mask;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Comparator;
import sirkuit.Problem;

/// One attention (query) head.
///
/// @param layer counted from 0
/// @param head  counted from 0 within its layer
public record Head(int layer, int head) implements Comparable<Head> {
    private static final Comparator<Head> ORDER =
            Comparator.comparingInt(Head::layer).thenComparingInt(Head::head);

    /// Reads `layer.head`, for instance `2.1`.
    ///
    /// @throws Problem when it is not of that form
    public static Head parse(String text) {
        String[] parts = text.strip().split("\\.", -1);
        try {
            if (parts.length == 2) {
                return new Head(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new Problem(
                "\"" + text + "\" is not a head.", "Write layer.head, counted from 0, for instance --heads 0.3,2.1.");
    }

    /// In files a head is `[layer, head]`.
    @JsonValue
    public int[] pair() {
        return new int[] {layer, head};
    }

    /// @throws Problem when `pair` does not have two numbers
    @JsonCreator
    public static Head of(int[] pair) {
        if (pair == null || pair.length != 2) {
            throw new Problem(
                    Arrays.toString(pair) + " is not a [layer, head] pair.", "Layers and heads are counted from 0.");
        }
        return new Head(pair[0], pair[1]);
    }

    @Override
    public int compareTo(Head other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return layer + "." + head;
    }
}
