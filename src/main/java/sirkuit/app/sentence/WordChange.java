package sirkuit.app.sentence;

import java.util.List;
import java.util.stream.Collectors;
import sirkuit.app.look.Words;

/// One word of a sentence replaced by another, and the answers before.
///
/// @param text   before
/// @param pair   before; empty for a single text
/// @param now    the text after
/// @param second the second text after
/// @param word   that was replaced
/// @param by     what it was replaced by; empty when it was left out
/// @param before the rows that were shown
record WordChange(String text, String pair, String now, String second, String word, String by, List<WordRow> before) {
    boolean stillShown(String shown, String shownPair) {
        return now.equals(shown) && second.equals(shownPair);
    }

    /// How the answers changed, in a sentence; empty as long as none of the new answers is known.
    ///
    /// @param after the rows that are shown now
    String words(List<WordRow> after) {
        String answers = after.stream()
                .filter(r -> stillShown(r.text(), r.pair()))
                .map(this::answer)
                .filter(a -> !a.isEmpty())
                .collect(Collectors.joining("\n"));
        String what = by.isEmpty() ? Words.of("side.words.left-out", word) : Words.of("side.words.replaced", word, by);
        return answers.isEmpty() ? "" : what + "\n" + answers;
    }

    private String answer(WordRow now) {
        for (WordRow was : before) {
            if (was.kind() == now.kind() && was.name().equals(now.name())) {
                int label = was.answer().predicted();
                String is = now.answer().labels().get(now.answer().predicted());
                return label == now.answer().predicted()
                        ? Words.of("side.words.same", name(now), is, was.percent(label), now.percent(label))
                        : Words.of(
                                "side.words.turned",
                                name(now),
                                was.answer().labels().get(label),
                                was.percent(label),
                                is,
                                now.percent(now.answer().predicted()));
            }
        }
        return "";
    }

    private static String name(WordRow row) {
        return row.kind().off() ? Words.of("side.words.name.off", row.name()) : row.name();
    }
}
