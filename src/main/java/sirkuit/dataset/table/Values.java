package sirkuit.dataset.table;

import java.util.Locale;

/// How single values of a data file are compared: without the blanks around them, and whole numbers alike however a
/// writer spelt them.
public final class Values {
    private Values() {}

    /// Without blanks at both ends, those outside ASCII too: no-break and ideographic spaces, zero-width characters,
    /// byte-order marks that stand in the middle of joined files.
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

    /// Stripped, and `2.0` as `2`: pandas writes whole numbers of a column with gaps with a point.
    public static String plain(String text) {
        String value = strip(text);
        int point = value.indexOf('.');
        return point > 0 && value.matches("-?\\d+\\.0*") ? value.substring(0, point) : value;
    }

    /// As labels and names of classes are compared: upper and lower case do not count either.
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
