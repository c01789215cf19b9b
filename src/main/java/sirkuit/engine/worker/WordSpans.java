package sirkuit.engine.worker;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import sirkuit.checkpoint.tokenizer.TextTokenizer.Piece;
import sirkuit.dataset.Dataset.Example;
import sirkuit.protocol.Event;

/// The words of a text, and which tokens belong to each. Words are found in the text itself, so that they do not depend
/// on the tokenizer: runs of letters and digits, hyphens and apostrophes inside a word included; each other sign by
/// itself. Words that share a token are joined.
///
/// @param words   of the first text, then of the second, in order; only those with tokens
/// @param ofToken [T] index of each token's word; -1 for a token that is in no word
record WordSpans(List<Span> words, int[] ofToken) {
    /// @param part  0 in the first text, 1 in the second
    /// @param start its first character
    /// @param end   the character after its last
    record Span(int part, int start, int end) {
        /// The text without the word.
        String leftOutOf(String text) {
            return Event.Attributed.without(text, start, end);
        }
    }

    /// @param pieces tokens with their positions in the texts
    static WordSpans of(Example example, List<Piece> pieces) {
        List<Span> all = new ArrayList<>(spans(example.text(), 0));
        if (example.pair() != null) {
            all.addAll(spans(example.pair(), 1));
        }
        int[] first = new int[pieces.size()];
        int[] group = IntStream.range(0, all.size()).toArray();
        for (int t = 0; t < first.length; t++) {
            int[] touched = touched(all, pieces.get(t));
            first[t] = touched.length == 0 ? -1 : touched[0];
            // All words that share the token get the group of the first one.
            for (int i = 1; i < touched.length; i++) {
                int from = group[touched[i]];
                int to = group[touched[0]];
                Arrays.setAll(group, w -> group[w] == from ? to : group[w]);
            }
        }
        return grouped(all, group, first);
    }

    private static WordSpans grouped(List<Span> all, int[] group, int[] ofToken) {
        boolean[] read = new boolean[all.size()];
        Arrays.stream(ofToken).filter(w -> w >= 0).forEach(w -> read[group[w]] = true);
        int[] index = new int[all.size()];
        List<Span> words = new ArrayList<>();
        for (int w = 0; w < all.size(); w++) {
            if (group[w] != w) {
                int at = index[group[w]];
                Span first = words.get(at);
                words.set(at, new Span(first.part, first.start, all.get(w).end));
            } else if (read[w]) {
                index[w] = words.size();
                words.add(all.get(w));
            }
        }
        return new WordSpans(
                List.copyOf(words),
                Arrays.stream(ofToken).map(w -> w < 0 ? -1 : index[group[w]]).toArray());
    }

    /// Indices of the words that a token has characters of. White space belongs to the word after it, or to the last
    /// one.
    private static int[] touched(List<Span> all, Piece piece) {
        if (piece.start() < 0) {
            return new int[0];
        }
        int[] touched = IntStream.range(0, all.size())
                .filter(w -> all.get(w).part == piece.part())
                .filter(w -> piece.start() < all.get(w).end && all.get(w).start < piece.end())
                .toArray();
        if (touched.length > 0) {
            return touched;
        }
        int[] own = IntStream.range(0, all.size())
                .filter(w -> all.get(w).part == piece.part())
                .toArray();
        int[] later = Arrays.stream(own)
                .filter(w -> all.get(w).start >= piece.start())
                .toArray();
        return later.length > 0
                ? Arrays.copyOf(later, 1)
                : Arrays.copyOfRange(own, Math.max(0, own.length - 1), own.length);
    }

    private static List<Span> spans(String text, int part) {
        BreakIterator breaks = BreakIterator.getWordInstance(Locale.ROOT);
        breaks.setText(text);
        List<Span> spans = new ArrayList<>();
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            if (!text.substring(start, end).isBlank()) {
                spans.add(new Span(part, start, end));
            }
            start = end;
        }
        return spans;
    }
}
