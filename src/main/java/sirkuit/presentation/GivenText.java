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
    private static final int EXAMPLES = 4;
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
        Map<String, List<GivenText>> byLabel = new LinkedHashMap<>();
        for (GlossedText s : held) {
            byLabel.computeIfAbsent(s.label(), l -> new ArrayList<>()).add(new GivenText(s.text(), s.pair()));
        }
        byLabel.values().forEach(all -> all.sort(Comparator.comparing(GivenText::handy)));
        List<GivenText> examples = new ArrayList<>();
        for (int i = 0; examples.size() < EXAMPLES; i++) {
            int at = i;
            List<GivenText> round = byLabel.values().stream()
                    .filter(all -> all.size() > at)
                    .map(all -> all.get(at))
                    .toList();
            if (round.isEmpty()) {
                break;
            }
            round.stream().limit(EXAMPLES - (long) examples.size()).forEach(examples::add);
        }
        return List.copyOf(examples);
    }

    /// The sentences that can be read at a glance, in the order of the file.
    public static List<GlossedText> readable(List<GlossedText> held) {
        return held.stream()
                .filter(t -> handy(new GivenText(t.text(), t.pair())) == 0)
                .toList();
    }

    /// 0 for a good length, more for texts that are too short or too long.
    private static int handy(GivenText given) {
        int length = given.shown().length();
        return length < SHORTEST ? SHORTEST - length : Math.max(0, length - LONGEST);
    }
}
