package sirkuit.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sirkuit.Problem;
import sirkuit.checkpoint.tokenizer.TextTokenizer.Tokens;
import sirkuit.transformer.LabelledTokens;
import sirkuit.tuning.order.EpochOrder;
import sirkuit.tuning.order.StepTexts;

/// Which texts each step learns from, with source texts among them.
class StepTextsTest {
    private static final int TARGETS = 50;

    private static LabelledTokens texts(int count) {
        List<Tokens> tokens = IntStream.range(0, count)
                .mapToObj(i -> new Tokens(new int[3 + i * 7 % 11], null, false))
                .toList();
        return new LabelledTokens(tokens, new int[count]);
    }

    private static StepTexts order(@Nullable Double share, int sources, boolean bucketed, long seed) {
        TuningSettings settings = new TuningSettings(
                new TuningSettings.Batches(3, 4, 2, bucketed),
                new TuningSettings.Optimizer(1e-3, 0, 0, 0, Schedule.Kind.LINEAR),
                new TuningSettings.Stopping(0, 0, null),
                null,
                seed,
                false);
        LabelledTokens target = texts(TARGETS);
        MaskedTuning.Replay replay = share == null ? null : new MaskedTuning.Replay(texts(sources), share);
        return new MaskedTuning.Data(target, target, null, Map.of(), null, replay).order(settings);
    }

    private static List<Integer> sources(List<Integer> step) {
        return step.stream().filter(i -> i >= TARGETS).toList();
    }

    private static List<Integer> sources(StepTexts order, int epochs) {
        List<Integer> all = new ArrayList<>();
        for (int epoch = 0; epoch < epochs; epoch++) {
            order.steps(epoch).forEach(step -> all.addAll(sources(step)));
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eachStepHasItsShareOfSourceTextsAndAnEpochIsAPassOverTheTargetTexts(boolean bucketed) {
        StepTexts order = order(0.25, 30, bucketed, 7);
        // 6 of 8 texts are of the target: 50 texts are 8 such steps and one with the 2 that are left, and round(2 / 3)
        assertThat(order.stepsPerEpoch()).isEqualTo(9);
        List<List<Integer>> steps = order.steps(0);
        assertThat(steps.stream().filter(s -> s.size() == 8))
                .hasSize(8)
                .allMatch(s -> sources(s).size() == 2);
        assertThat(steps.stream().filter(s -> s.size() != 8))
                .hasSize(1)
                .allMatch(s -> s.size() == 3 && sources(s).size() == 1);
        assertThat(steps.stream().flatMap(List::stream).filter(i -> i < TARGETS))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, TARGETS).boxed().toList());
    }

    /// 17 source texts an epoch: a pass over them ends in the middle of one.
    @ParameterizedTest
    @CsvSource({"false,30", "true,30", "true,5", "false,1", "true,200"})
    void allSourceTextsComeBeforeOneComesAgainEachPassInAnotherOrder(boolean bucketed, int count) {
        List<Integer> all = sources(order(0.25, count, bucketed, 7), 12);
        assertThat(all).hasSize(12 * 17);
        Set<List<Integer>> orders = new HashSet<>();
        for (int from = 0; from + count <= all.size(); from += count) {
            List<Integer> pass = all.subList(from, from + count);
            assertThat(pass)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(TARGETS, TARGETS + count).boxed().toList());
            orders.add(pass);
        }
        if (count == 30) {
            assertThat(orders).hasSize(all.size() / count);
        }
    }

    /// A run that is resumed asks for a later epoch first.
    @Test
    void theOrderFollowsTheSeedAndNotWhatCameBefore() {
        StepTexts order = order(0.25, 30, true, 7);
        List<List<Integer>> third = order(0.25, 30, true, 7).steps(2);
        order.steps(0);
        order.steps(1);
        assertThat(order.steps(2)).isEqualTo(third);
        assertThat(order(0.25, 30, true, 8).steps(2)).isNotEqualTo(third);
    }

    /// Runs without replay are what they were.
    @Test
    void withoutReplayTheOrderIsThatOfTheTargetTexts() {
        EpochOrder expected = new EpochOrder(texts(TARGETS), 8, true, 7);
        assertThat(order(null, 0, true, 7).steps(1)).isEqualTo(expected.steps(1));
    }

    @Test
    void aShareThatIsNoTextOfAStepOrAllOfThemIsRefused() {
        for (double share : new double[] {0.05, 0.95}) {
            assertThatThrownBy(() -> order(share, 30, true, 7)).isInstanceOfSatisfying(Problem.class, p -> {
                assertThat(p.what()).contains("steps of 8 texts");
                assertThat(p.remedy()).contains("--replay");
            });
        }
    }
}
