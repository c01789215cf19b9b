package sirkuit.app.present;

import org.jspecify.annotations.Nullable;

/// What the model is given to judge: a sentence, or two where the task is about pairs.
///
/// @param pair the second one; null where sentences stand alone
public record Given(String text, @Nullable String pair) {
    private static final String BETWEEN = " / ";

    /// Reads what [#shown()] writes.
    ///
    /// @param pairs whether the task is about pairs
    static Given of(String shown, boolean pairs) {
        int at = pairs ? shown.indexOf(BETWEEN) : -1;
        return at >= 0
                ? new Given(
                        shown.substring(0, at).strip(),
                        shown.substring(at + BETWEEN.length()).strip())
                : new Given(shown.strip(), pairs ? "" : null);
    }

    /// Both, in one line.
    String shown() {
        return pair == null || pair.isEmpty() ? text : text + BETWEEN + pair;
    }

    /// Whether something is missing.
    boolean open() {
        return text.isBlank() || (pair != null && pair.isBlank());
    }
}
