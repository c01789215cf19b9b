package sirkuit.tuning.order;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import sirkuit.transformer.LabelledTokens;

/// Which texts each step learns from. Without replay these are target texts only. With replay a share of each step are
/// source texts, and an epoch is still a pass over the target texts. The source texts have passes of their own: all of
/// them come before one comes again, each pass in another order.
public final class StepTexts {
    private final LabelledTokens texts;
    private final EpochOrder target;
    private final long seed;
    private final @Nullable EpochOrder source;

    /// @param train    target texts
    /// @param again    source texts for replay; null for none
    /// @param replayed how many texts of a step are of the source; 0 without replay
    /// @param perStep  texts of a step
    /// @param bucketed see [EpochOrder]
    /// @param seed     of the run
    public StepTexts(
            LabelledTokens train,
            @Nullable LabelledTokens again,
            int replayed,
            int perStep,
            boolean bucketed,
            long seed) {
        this.seed = seed;
        texts = again == null ? train : train.and(again);
        target = new EpochOrder(train, perStep - replayed, bucketed, seed);
        source = again == null ? null : new EpochOrder(again, replayed, bucketed, seed);
    }

    /// The target texts, then the source texts.
    public LabelledTokens texts() {
        return texts;
    }

    public int stepsPerEpoch() {
        return target.stepsPerEpoch();
    }

    /// Indices in [#texts()] of the texts of each of the epoch's steps.
    ///
    /// @param epoch counted from 0
    public List<List<Integer>> steps(int epoch) {
        List<List<Integer>> steps = target.steps(epoch);
        if (source == null) {
            return steps;
        }
        long next = (long) epoch * steps.stream().mapToInt(this::replayed).sum();
        Passes passes = new Passes(source, seed);
        List<List<Integer>> mixed = new ArrayList<>();
        for (List<Integer> step : steps) {
            List<Integer> both = new ArrayList<>(step);
            int end = replayed(step);
            for (int i = 0; i < end; i++) {
                both.add(target.texts().size() + passes.at(next++));
            }
            mixed.add(List.copyOf(both));
        }
        return mixed;
    }

    /// Source texts of a step with these target texts. A last step with fewer texts has the same share.
    private int replayed(List<Integer> step) {
        return source == null
                ? 0
                : Math.toIntExact(Math.round((double) step.size() * source.perStep() / target.perStep()));
    }

    /// The source texts in the order in which they come.
    private static final class Passes {
        private final EpochOrder order;
        private final long seed;
        private int pass = -1;
        private List<Integer> now = List.of();

        Passes(EpochOrder order, long seed) {
            this.order = order;
            this.seed = seed;
        }

        int at(long index) {
            int needed = Math.toIntExact(index / order.texts().size());
            if (needed != pass) {
                pass = needed;
                now = order.steps(new Random(Seeds.ofReplay(seed, pass))).stream()
                        .flatMap(List::stream)
                        .toList();
            }
            return now.get(Math.toIntExact(index % order.texts().size()));
        }
    }
}
