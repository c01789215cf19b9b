package sirkuit;

import java.util.regex.Pattern;

/// Makes texts safe for CSV files that people open in a spreadsheet. A spreadsheet takes a cell that begins with `=`
/// for a formula and runs it.
public final class SheetText {
    private static final Pattern FORMULA =
            Pattern.compile("'*[=+\\-@\\t\\r\\n\\uff1d\\uff0b\\uff0d\\uff20].*", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+(\\.\\d*)?([eE][-+]?\\d+)?|Infinity)");

    private SheetText() {}

    /// The text with an apostrophe before it when a spreadsheet would take it for a formula; numbers stay numbers. It
    /// can be undone: whatever begins with apostrophes and such a character has one more than it had.
    public static String cell(String text) {
        return FORMULA.matcher(text).matches() && !NUMBER.matcher(text).matches() ? "'" + text : text;
    }
}
