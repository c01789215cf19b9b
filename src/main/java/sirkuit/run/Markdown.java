package sirkuit.run;

import java.util.regex.Pattern;
import sirkuit.Json;
import sirkuit.ShellWord;

/// Names and texts of others, written so that they stay text: in Markdown, in its code, in YAML and in a shell.
final class Markdown {
    private static final int LONGEST = 300;

    /// Control characters, line and paragraph separators, and those that turn the direction of what follows.
    private static final Pattern UNSEEN =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\u200E\u200F\u202A-\u202E\u2066-\u2069]+");

    private Markdown() {}

    private static String line(String text) {
        String line = UNSEEN.matcher(text).replaceAll(" ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, line.offsetByCodePoints(0, LONGEST / 2)) + "...";
    }

    /// As text of a sentence or a table's cell.
    static String text(String text) {
        return escaped(line(text));
    }

    /// The same however long it is.
    static String whole(String text) {
        return escaped(UNSEEN.matcher(text).replaceAll(" "));
    }

    private static String escaped(String line) {
        // The colon and the www keep what looks like an address from becoming a link.
        return line.replaceAll("([\\\\`*_{}\\[\\]<>()#|~&$!:])", "\\\\$1").replace("www.", "www\\.");
    }

    /// As a quoted YAML value: JSON's are.
    static String yaml(String text) {
        return Json.line(line(text));
    }

    /// As one word of a POSIX shell, in an indented block of code, which nothing but a line's end can leave.
    static String word(String text) {
        return ShellWord.of(text);
    }
}
