package sirkuit.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A table in Markdown.
///
/// @param <T> what a row is about
final class MarkdownTable<T> {
    private final Map<String, Function<T, String>> columns = new LinkedHashMap<>();

    MarkdownTable<T> column(String name, Function<T, String> of) {
        columns.put(name, of);
        return this;
    }

    /// A column that is left out unless it is `shown`.
    MarkdownTable<T> column(boolean shown, String name, Function<T, String> of) {
        return shown ? column(name, of) : this;
    }

    String of(List<T> rows) {
        StringBuilder text = new StringBuilder("|");
        columns.keySet().forEach(name -> text.append(' ').append(name).append(" |"));
        text.append("\n|").append("---|".repeat(columns.size())).append('\n');
        for (T row : rows) {
            text.append('|');
            columns.values()
                    .forEach(of -> text.append(' ').append(of.apply(row)).append(" |"));
            text.append('\n');
        }
        return text.toString();
    }
}
