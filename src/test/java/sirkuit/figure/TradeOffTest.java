package sirkuit.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskStrategy;
import sirkuit.protocol.Event;
import sirkuit.protocol.Quality;
import sirkuit.record.DataFile;
import sirkuit.record.RunConfig;
import sirkuit.run.RunKind;
import sirkuit.run.state.RunState;

class TradeOffTest {
    @Test
    void gainAndForgettingHaveTheIntervalsOfTheAccuracyAfterwards() {
        TradeOff<String> t = point("a", 0.75, 0.8);
        assertThat(t.gain().value()).isCloseTo(25, Offset.offset(1e-9));
        // statsmodels.stats.proportion.proportion_confint(300, 400, method="wilson") less one half
        assertThat(t.gain().low()).isCloseTo(20.53, Offset.offset(0.01));
        assertThat(t.gain().high()).isCloseTo(29.00, Offset.offset(0.01));
        assertThat(t.forgetting().value()).isCloseTo(10, Offset.offset(1e-9));
        assertThat(t.forgetting().low()).isLessThan(10);
        assertThat(t.forgetting().high()).isGreaterThan(10);
    }

    @Test
    void aRunThatHasNotLearnedYetHasNoPoint() {
        RunState state = RunState.NONE.apply(new Event.Evaluated(0, 0, quality(0.5), quality(0.9)));
        assertThat(TradeOff.of("a", state)).isNull();
    }

    @Test
    void theFrontHasWhatNoneBeats() {
        List<TradeOff<String>> all = List.of(
                point("little", 0.6, 0.89), // forgets least
                point("worse", 0.58, 0.85), // beaten by the first
                point("much", 0.8, 0.8),
                point("same gain, more forgotten", 0.8, 0.7),
                point("most", 0.82, 0.6));
        assertThat(TradeOff.front(all).stream().map(TradeOff::run)).containsExactly("little", "much", "most");
    }

    @Test
    void runsAreGroupedByWhatTheyTrain() {
        assertThat(RunKind.of(config(HeadMask.all(2, 4)))).isEqualTo(RunKind.ALL_HEADS);
        assertThat(RunKind.of(config(HeadMask.none(2, 4)))).isEqualTo(RunKind.NORMS);
        assertThat(RunKind.of(config(new MaskStrategy.RandomK(3, 1).draw(2, 4))))
                .isEqualTo(RunKind.RANDOM);
        assertThat(RunKind.of(config(new HeadMask(2, 4, List.of(new sirkuit.mask.Head(0, 0)), "top 1 by cdt"))))
                .isEqualTo(RunKind.TOP);
        assertThat(RunKind.of(config(null))).isEqualTo(RunKind.FULL);
    }

    private static TradeOff<String> point(String name, double target, double source) {
        RunState state = RunState.NONE
                .apply(new Event.Evaluated(0, 0, quality(0.5), quality(0.9)))
                .apply(new Event.Evaluated(10, 1, quality(target), quality(source)));
        return Objects.requireNonNull(TradeOff.of(name, state));
    }

    private static RunConfig config(@org.jspecify.annotations.Nullable HeadMask mask) {
        return new RunConfig(
                1,
                "run",
                "checkpoint",
                null,
                new RunConfig.Parameters(
                        mask == null ? RunConfig.Trained.FULL : RunConfig.Trained.MASK, mask, true, false),
                new RunConfig.Data(new DataFile("train.csv"), new DataFile("test.csv"), new DataFile("source.csv")),
                RunConfig.Settings.DEFAULT);
    }

    private static Quality quality(double accuracy) {
        return new Quality(400, accuracy, accuracy, 1, new int[][] {{1, 0}, {0, 1}});
    }
}
