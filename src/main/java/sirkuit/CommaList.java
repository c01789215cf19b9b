package sirkuit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Values of options that are lists: `a,b` or `a=x,b=y`. A comma, an equals sign or a backslash that belongs to a name
/// has a backslash before it.
public final class CommaList {
    private static final String MARKS = ",=\\";

    private CommaList() {}

    /// @param right null where the pair has no equals sign
    public record Pair(String left, @Nullable String right) {}

    /// Splits what [#joined] has written.
    public static List<String> split(String text) {
        return parts(text).stream().map(CommaList::plain).toList();
    }

    /// Reads what [#written] has written. A comma at the end is ignored.
    public static List<Pair> pairs(String text) {
        List<String> parts = parts(text);
        List<String> said = parts.getLast().isBlank() && parts.size() > 1 ? parts.subList(0, parts.size() - 1) : parts;
        return said.stream()
                .map(part -> {
                    int sign = find(part, '=', 0);
                    return sign < 0
                            ? new Pair(plain(part), null)
                            : new Pair(plain(part.substring(0, sign)), plain(part.substring(sign + 1)));
                })
                .toList();
    }

    public static String joined(List<String> values) {
        return values.stream()
                .map(v -> v.replace("\\", "\\\\").replace(",", "\\,"))
                .collect(Collectors.joining(","));
    }

    public static String written(Map<String, String> pairs) {
        return pairs.entrySet().stream()
                .map(e -> pair(e.getKey(), e.getValue()))
                .collect(Collectors.joining(","));
    }

    /// One pair, as it is written in such a list.
    public static String pair(String left, String right) {
        return escaped(left) + "=" + escaped(right);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace(",", "\\,").replace("=", "\\=");
    }

    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int comma = find(text, ',', 0); comma >= 0; comma = find(text, ',', from)) {
            parts.add(text.substring(from, comma));
            from = comma + 1;
        }
        parts.add(text.substring(from));
        return parts;
    }

    /// The next such character that has no backslash before it; -1 for none.
    private static int find(String text, char wanted, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == wanted) {
                return i;
            }
            i += escapes(text, i) ? 1 : 0;
        }
        return -1;
    }

    private static boolean escapes(String text, int at) {
        return text.charAt(at) == '\\' && at + 1 < text.length() && MARKS.indexOf(text.charAt(at + 1)) >= 0;
    }

    private static String plain(String part) {
        StringBuilder plain = new StringBuilder(part.length());
        for (int i = 0; i < part.length(); i++) {
            i += escapes(part, i) ? 1 : 0;
            plain.append(part.charAt(i));
        }
        return plain.toString();
    }
}
