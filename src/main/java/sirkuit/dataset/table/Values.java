package sirkuit.dataset.table;

import java.util.Locale;

/// How single values of a data file are compared: without spaces around them, and with whole numbers in one spelling.
public final class Values {
    private Values() {}

    /// Removes spaces at both ends, also those outside ASCII: no-break and ideographic spaces, zero-width
    /// characters, and byte-order marks in the middle of joined files.
    public static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to) {
            int c = text.codePointAt(from);
            if (!blank(c)) {
                break;
            }
            from += Character.charCount(c);
        }
        while (to > from) {
            int c = text.codePointBefore(to);
            if (!blank(c)) {
                break;
            }
            to -= Character.charCount(c);
        }
        return text.substring(from, to);
    }

    public static boolean isBlank(String text) {
        return text.codePoints().allMatch(Values::blank);
    }

    /// Stripped, and `2.0` as `2`: pandas writes a column of whole numbers with gaps that way.
    public static String plain(String text) {
        String value = strip(text);
        int point = value.indexOf('.');
        return point > 0 && value.matches("-?\\d+\\.0*") ? value.substring(0, point) : value;
    }

    /// The form of labels and class names for comparison: upper and lower case do not matter either.
    public static String key(String text) {
        return plain(text).toLowerCase(Locale.ROOT);
    }

    private static boolean blank(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || (c >= 0x200B && c <= 0x200F) // zero-width, and marks of direction
                || c == 0x2060
                || c == 0xFEFF;
    }
}
