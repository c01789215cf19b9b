package sirkuit.mask;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sirkuit.Problem;

/// One attention (query) head.
///
/// @param layer counted from 0
/// @param head  counted from 0 within its layer
public record Head(int layer, int head) implements Comparable<Head> {
    private static final Pattern WRITTEN = Pattern.compile("[Ll]?(\\d{1,6})(?:\\.| ?[Hh])(\\d{1,6})");
    private static final Comparator<Head> ORDER =
            Comparator.comparingInt(Head::layer).thenComparingInt(Head::head);

    /// Reads `layer.head`, for instance `2.1`, or the form that the window writes: `L2H1`, `L2 H1`.
    ///
    /// @throws Problem when it is not of that form
    public static Head parse(String text) {
        Matcher m = WRITTEN.matcher(text.strip());
        if (m.matches()) {
            return new Head(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)));
        }
        throw Problem.of("mask.bad-head", text);
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
            throw Problem.of("mask.bad-pair", Arrays.toString(pair));
        }
        return new Head(pair[0], pair[1]);
    }

    /// As people read it: `L2 H1`.
    public String spoken() {
        return "L" + layer + " H" + head;
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
