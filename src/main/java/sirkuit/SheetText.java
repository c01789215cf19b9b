package sirkuit;

import java.util.regex.Pattern;

/// Makes texts safe for CSV files that people open in a spreadsheet. A spreadsheet reads a cell that begins with `=` as
/// a formula and runs it.
public final class SheetText {
    private static final Pattern FORMULA =
            Pattern.compile("'*[=+\\-@\\t\\r\\n\\uff1d\\uff0b\\uff0d\\uff20].*", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+(\\.\\d*)?([eE][-+]?\\d+)?|Infinity)");

    private SheetText() {}

    /// The text, with an apostrophe before it if a spreadsheet would read it as a formula. Numbers stay numbers. It
    /// can be undone: a text that begins with apostrophes and then such a character gets one more apostrophe.
    public static String cell(String text) {
        return FORMULA.matcher(text).matches() && !NUMBER.matcher(text).matches() ? "'" + text : text;
    }
}
