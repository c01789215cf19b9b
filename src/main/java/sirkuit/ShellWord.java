package sirkuit;

import java.util.regex.Pattern;

/// Text as one word of a POSIX shell, for commands that people copy.
public final class ShellWord {
    /// Control characters, line and paragraph separators, and characters that change the direction of text.
    private static final Pattern UNSEEN =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\u200E\u200F\u202A-\u202E\u2066-\u2069]+");

    private ShellWord() {}

    /// In quotation marks if the shell would read it as something else. Invisible characters become spaces.
    public static String of(String text) {
        String line = UNSEEN.matcher(text).replaceAll(" ");
        return line.matches("[\\p{L}\\p{N}@%+=:,./-][\\p{L}\\p{N}@%+=:,./_-]*")
                ? line
                : "'" + line.replace("'", "'\\''") + "'";
    }
}
