package sirkuit.app.action;

import java.util.Locale;

/// How well a typed query matches a name: its letters must be in the name in that order, with other letters between
/// them. Letters that begin words or follow one another count more, so that `tk` finds *Select the top k* before *Undo
/// the k*.
final class FuzzyMatch {
    /// No match.
    static final int NONE = -1;

    private static final int WORD_START = 8;
    private static final int RUN = 5;
    private static final int PLAIN = 1;

    private FuzzyMatch() {}

    /// @return a higher number for a better match, 0 for an empty query, [#NONE] for no match
    static int score(String query, String name) {
        String wanted = query.strip().toLowerCase(Locale.ROOT);
        String text = name.toLowerCase(Locale.ROOT);
        if (wanted.isEmpty()) {
            return 0;
        }
        int whole = text.indexOf(wanted);
        if (whole >= 0) {
            return 1000 - Math.min(whole, 500) + (wordStart(text, whole) ? 500 : 0);
        }
        int best = NONE;
        for (int from = 0; from < text.length(); from++) {
            best = Math.max(best, from(wanted, text, from));
        }
        return best;
    }

    private static int from(String wanted, String text, int start) {
        int total = 0;
        int last = -2;
        int at = start;
        for (char letter : wanted.toCharArray()) {
            if (letter == ' ') {
                continue;
            }
            at = text.indexOf(letter, at);
            if (at < 0) {
                return NONE;
            }
            total += wordStart(text, at) ? WORD_START : at == last + 1 ? RUN : PLAIN;
            last = at++;
        }
        return total;
    }

    private static boolean wordStart(String text, int at) {
        return at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
    }
}
