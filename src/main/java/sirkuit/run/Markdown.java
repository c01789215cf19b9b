package sirkuit.run;

import java.util.regex.Pattern;
import sirkuit.Json;
import sirkuit.ShellWord;

/// Escapes names and texts from elsewhere, so that they stay text in Markdown, in its code blocks, in YAML and in a
/// shell.
final class Markdown {
    private static final int LONGEST = 300;

    /// Control characters, line and paragraph separators, and characters that change the direction of text.
    private static final Pattern UNSEEN =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\u200E\u200F\u202A-\u202E\u2066-\u2069]+");

    private Markdown() {}

    private static String line(String text) {
        String line = UNSEEN.matcher(text).replaceAll(" ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, line.offsetByCodePoints(0, LONGEST / 2)) + "...";
    }

    /// As text in a sentence or a table cell.
    static String text(String text) {
        return escaped(line(text));
    }

    /// The same without a length limit.
    static String whole(String text) {
        return escaped(UNSEEN.matcher(text).replaceAll(" "));
    }

    private static String escaped(String line) {
        // Escaping the colon and the www keeps an address from becoming a link.
        return line.replaceAll("([\\\\`*_{}\\[\\]<>()#|~&$!:])", "\\\\$1").replace("www.", "www\\.");
    }

    /// As a quoted YAML value, which is the same as in JSON.
    static String yaml(String text) {
        return Json.line(line(text));
    }

    /// As one word of a POSIX shell, in an indented code block, which only the end of a line can leave.
    static String word(String text) {
        return ShellWord.of(text);
    }
}
