package sirkuit.app.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Splits a command line as people write it: words between spaces; words with spaces are in quotation marks.
public final class CommandWords {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    private CommandWords() {}

    public static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            String quoted = word.group(1) != null ? word.group(1) : word.group(2);
            words.add(quoted != null ? quoted : word.group(3));
        }
        return List.copyOf(words);
    }

    public static String join(List<String> words) {
        return String.join(
                " ",
                words.stream()
                        .map(w -> w.isEmpty() || w.contains(" ") ? "\"" + w + "\"" : w)
                        .toList());
    }
}
