package sirkuit.dataset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import sirkuit.Problem;

/// Label-balanced sampling: the same number of examples for every class, as far as there are enough.
public final class BalancedSample {
    private BalancedSample() {}

    /// Two samples, disjoint where there are enough examples.
    ///
    /// @param baseline indices for the mean baseline
    /// @param scored   indices of the examples to score
    /// @param shared   how many indices are in both
    public record Pair(List<Integer> baseline, List<Integer> scored, int shared) {}

    /// Draws `count` examples, the same number of each class (one more of the first classes if it does not divide
    /// evenly). A class with fewer examples gives all of them.
    ///
    /// @return indices into the dataset; classes alternate, so that any first part is balanced too
    /// @throws Problem when a class has no example at all
    public static List<Integer> draw(Dataset data, int count, long seed) {
        return takeTurns(shuffledByClass(data, seed), 0, count);
    }

    /// Draws the examples for the mean baseline and the ones to score. The two sets are disjoint; a class with too
    /// few examples is in both.
    ///
    /// @throws Problem when a class has no example at all
    public static Pair drawPair(Dataset data, int baseline, int scored, long seed) {
        List<List<Integer>> classes = shuffledByClass(data, seed);
        List<Integer> first = takeTurns(classes, 0, baseline);
        Set<Integer> taken = new HashSet<>(first);
        List<List<Integer>> rest = new ArrayList<>();
        for (List<Integer> members : classes) {
            int used = (int) members.stream().filter(taken::contains).count();
            List<Integer> order = new ArrayList<>(members.subList(used, members.size()));
            order.addAll(members.subList(0, used));
            rest.add(order);
        }
        List<Integer> second = takeTurns(rest, 0, scored);
        int shared = (int) second.stream().filter(taken::contains).count();
        return new Pair(first, second, shared);
    }

    private static List<List<Integer>> shuffledByClass(Dataset data, long seed) {
        List<List<Integer>> classes = new ArrayList<>();
        for (int c = 0; c < data.labels().size(); c++) {
            classes.add(new ArrayList<>());
        }
        for (int i = 0; i < data.size(); i++) {
            classes.get(data.label(i)).add(i);
        }
        RandomGenerator random = new SplittableRandom(seed);
        for (int c = 0; c < classes.size(); c++) {
            if (classes.get(c).isEmpty()) {
                throw Problem.of(
                        "dataset.label-without-examples",
                        data.file(),
                        data.labels().names().get(c));
            }
            Collections.shuffle(classes.get(c), java.util.Random.from(random));
        }
        return classes;
    }

    private static List<Integer> takeTurns(List<List<Integer>> classes, int from, int count) {
        List<Integer> taken = new ArrayList<>();
        int longest = classes.stream().mapToInt(List::size).max().orElse(0);
        for (int turn = from; turn < longest && taken.size() < count; turn++) {
            for (List<Integer> members : classes) {
                if (turn < members.size() && taken.size() < count) {
                    taken.add(members.get(turn));
                }
            }
        }
        return List.copyOf(taken);
    }
}
