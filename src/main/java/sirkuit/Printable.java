package sirkuit;

/// Makes text safe for a terminal: names of tensors, labels and folders may contain characters that move the cursor,
/// rename the window or reverse the line.
public final class Printable {
    private Printable() {}

    /// Writes control characters (except line ends and tabs) and characters that change the direction of text as
    /// `\u001b`. In JSON that means the same character.
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (dangerous(text, i)) {
                return escaped(text, i);
            }
        }
        return text;
    }

    /// The same on one line, for tables and names. Otherwise a line break in a name could look like a line of the
    /// program.
    public static String line(String text) {
        return of(text).replace("\r", "\\u000d").replace("\n", "\\u000a").replace("\t", "\\u0009");
    }

    private static String escaped(String text, int from) {
        StringBuilder safe = new StringBuilder(text.length() + 16).append(text, 0, from);
        for (int i = from; i < text.length(); i++) {
            if (dangerous(text, i)) {
                safe.append(String.format("\\u%04x", (int) text.charAt(i)));
            } else {
                safe.append(text.charAt(i));
            }
        }
        return safe.toString();
    }

    private static boolean dangerous(String text, int at) {
        char c = text.charAt(at);
        if (c == '\r') {
            return at + 1 == text.length() || text.charAt(at + 1) != '\n';
        }
        return (c < ' ' && c != '\n' && c != '\t')
                || (c >= 0x7f && c <= 0x9f)
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069);
    }
}
