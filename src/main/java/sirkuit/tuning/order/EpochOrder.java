package sirkuit.tuning.order;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import sirkuit.transformer.LabelledTokens;

/// The order of the training texts in an epoch: different in every epoch, the same for the same seed.
///
/// @param texts    to order
/// @param perStep  texts an optimizer step
/// @param bucketed whether texts of similar length are put together, so that there is little padding
/// @param seed     of the run
public record EpochOrder(LabelledTokens texts, int perStep, boolean bucketed, long seed) {
    /// Steps whose texts are sorted by length together. More would save little more time and reduce the randomness.
    private static final int POOL = 16;

    public int stepsPerEpoch() {
        return (texts.size() + perStep - 1) / perStep;
    }

    /// Indices of the texts of each of the epoch's steps.
    ///
    /// @param epoch counted from 0
    public List<List<Integer>> steps(int epoch) {
        return steps(new Random(Seeds.ofEpoch(seed, epoch)));
    }

    /// The same from another stream of random numbers.
    List<List<Integer>> steps(Random random) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, texts.size()).boxed().toList());
        Collections.shuffle(order, random);
        if (!bucketed) {
            return cut(order);
        }
        for (List<Integer> pool : cut(order, POOL * perStep)) {
            // Stable: texts of one length stay as they were shuffled.
            pool.sort(Comparator.comparingInt(texts::length));
        }
        List<List<Integer>> steps = new ArrayList<>(cut(order));
        Collections.shuffle(steps, random);
        return steps;
    }

    private List<List<Integer>> cut(List<Integer> order) {
        return cut(order, perStep);
    }

    private static List<List<Integer>> cut(List<Integer> order, int size) {
        List<List<Integer>> parts = new ArrayList<>();
        for (int from = 0; from < order.size(); from += size) {
            parts.add(order.subList(from, Math.min(from + size, order.size())));
        }
        return parts;
    }
}
