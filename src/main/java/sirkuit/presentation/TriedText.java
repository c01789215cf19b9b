package sirkuit.presentation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A sentence with its gold label and the model's answers, with all heads and without the selected ones.
///
/// @param labels  of the model
/// @param whole   probabilities with all heads
/// @param without probabilities without the selected heads; null if none are selected
public record TriedText(
        GivenText given, String label, List<String> labels, double[] whole, double @Nullable [] without) {
    /// How much the sentence shows, 0 to 1: the probability of the right answer times, without the selected heads,
    /// the probability of the most probable wrong answer. It is 1 if the model goes from sure and right to sure and
    /// wrong. It is 0 if the model is wrong from the start.
    public double strength() {
        int gold = labels.indexOf(label);
        if (gold < 0 || best(whole, -1) != gold) {
            return 0;
        }
        double[] after = without;
        return after == null ? whole[gold] : whole[gold] * after[best(after, gold)];
    }

    /// @param except an index that does not count; -1 for none
    private static int best(double[] probabilities, int except) {
        int best = except == 0 ? Math.min(1, probabilities.length - 1) : 0;
        for (int i = 0; i < probabilities.length; i++) {
            if (i != except && probabilities[i] > probabilities[best]) {
                best = i;
            }
        }
        return best;
    }

    /// The examples to offer, the most striking first: the best one of each label, then the next best.
    public static List<GivenText> examples(List<TriedText> tried) {
        List<TriedText> sorted = new ArrayList<>(tried);
        sorted.sort(Comparator.comparingDouble(t -> -t.strength()));
        Set<String> labels = new HashSet<>();
        List<TriedText> chosen =
                new ArrayList<>(sorted.stream().filter(t -> labels.add(t.label)).toList());
        sorted.stream().filter(t -> !chosen.contains(t)).forEach(chosen::add);
        List<TriedText> shown = new ArrayList<>(chosen.subList(0, Math.min(GivenText.EXAMPLES, chosen.size())));
        shown.sort(Comparator.comparingDouble(t -> -t.strength()));
        return shown.stream().map(TriedText::given).toList();
    }
}
