package sirkuit.presentation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The model's input: a sentence, or two if the task is about pairs.
///
/// @param pair the second one; null for a single sentence
public record GivenText(String text, @Nullable String pair) {
    private static final String BETWEEN = " / ";
    /// How many sentences are offered to pick from.
    static final int EXAMPLES = 4;
    /// How many sentences are tried to find striking ones among them.
    private static final int TRIED = 24;
    private static final int SHORTEST = 12;
    private static final int LONGEST = 48;

    /// Reads what [#shown()] writes.
    ///
    /// @param pairs whether the task is about pairs
    public static GivenText of(String shown, boolean pairs) {
        int at = pairs ? shown.indexOf(BETWEEN) : -1;
        return at >= 0
                ? new GivenText(
                        shown.substring(0, at).strip(),
                        shown.substring(at + BETWEEN.length()).strip())
                : new GivenText(shown.strip(), pairs ? "" : null);
    }

    /// Both, in one line.
    public String shown() {
        return pair == null || pair.isEmpty() ? text : text + BETWEEN + pair;
    }

    /// Whether something is missing.
    public boolean open() {
        return text.isBlank() || (pair != null && pair.isBlank());
    }

    /// One or two sentences of each label, short enough to read at a glance.
    public static List<GivenText> examples(List<GlossedText> held) {
        return some(held, EXAMPLES).stream()
                .map(t -> new GivenText(t.text(), t.pair()))
                .toList();
    }

    /// The sentences that the model is asked about to find striking ones: several of each label, short ones first.
    public static List<GlossedText> candidates(List<GlossedText> held) {
        return some(held, TRIED);
    }

    private static List<GlossedText> some(List<GlossedText> held, int most) {
        Map<String, List<GlossedText>> byLabel = new LinkedHashMap<>();
        for (GlossedText s : held) {
            byLabel.computeIfAbsent(s.label(), l -> new ArrayList<>()).add(s);
        }
        byLabel.values().forEach(all -> all.sort(Comparator.comparing(t -> handy(new GivenText(t.text(), t.pair())))));
        List<GlossedText> examples = new ArrayList<>();
        for (int i = 0; examples.size() < most; i++) {
            int at = i;
            List<GlossedText> round = byLabel.values().stream()
                    .filter(all -> all.size() > at)
                    .map(all -> all.get(at))
                    .toList();
            if (round.isEmpty()) {
                break;
            }
            round.stream().limit(most - (long) examples.size()).forEach(examples::add);
        }
        return List.copyOf(examples);
    }

    /// 0 for a good length, more for texts that are too short or too long.
    private static int handy(GivenText given) {
        int length = given.shown().length();
        return length < SHORTEST ? SHORTEST - length : Math.max(0, length - LONGEST);
    }
}
