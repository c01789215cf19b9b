package sirkuit.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FairComparisonTest {
    private static final double[] RATES = {1e-4, 2e-4, 4e-4, 8e-4};

    @Test
    void aFrontierLeavesOutWhatAnotherRateBeats() {
        Frontier frontier = Frontier.of(List.of(
                new Frontier.Point(1e-4, 1, 2),
                new Frontier.Point(2e-4, 3, 6),
                new Frontier.Point(4e-4, 5, 5),
                new Frontier.Point(8e-4, 7, 7)));
        assertThat(frontier.points()).extracting(Frontier.Point::rate).containsExactly(1e-4, 2e-4, 8e-4);
        assertThat(frontier.forgettingAt(4)).isEqualTo(2); // half way from 2 to 6
        assertThat(frontier.forgettingAt(6.5)).isEqualTo(5); // half way from 6 to 7
        assertThat(frontier.forgettingAt(1)).isEqualTo(1); // the least one is more than enough
        assertThat(frontier.forgettingAt(7.1)).isNaN();
        assertThat(frontier.gainAt(2)).isEqualTo(4);
        assertThat(frontier.gainAt(9)).isEqualTo(7);
        assertThat(frontier.gainAt(0.9)).isNaN();
    }

    @Test
    void strategiesAreComparedAtTheSmallerOfTheirLargestGains() {
        List<FairComparison.Run> a = List.of(run(1e-4, 0, 4, 1), run(2e-4, 0, 8, 3));
        List<FairComparison.Run> b = List.of(run(1e-4, 0, 2, 2), run(2e-4, 0, 6, 6));
        FairComparison found = FairComparison.of(a, b, null, 0);
        FairComparison.Difference forgetting = Objects.requireNonNull(found.forgetting());
        assertThat(forgetting.at()).isEqualTo(6);
        assertThat(forgetting.first()).isEqualTo(2); // half way from 4 to 8
        assertThat(forgetting.second()).isEqualTo(6);
        assertThat(forgetting.half()).isNaN();
        assertThat(forgetting.sign()).as("one seed decides nothing").isZero();
        FairComparison.Difference gain = Objects.requireNonNull(found.gain());
        assertThat(gain.at()).isEqualTo(3);
        assertThat(gain.first()).isEqualTo(8);
        assertThat(gain.second()).isEqualTo(3); // a quarter of the way from 2 to 6
        FairComparison.Difference lower =
                Objects.requireNonNull(FairComparison.of(a, b, 4.0, 0).forgetting());
        assertThat(lower.value()).isCloseTo(1 - 4, within(1e-12));
        assertThat(FairComparison.of(a, b, 7.0, 0).forgetting())
                .as("b never gains 7 points")
                .isNull();
    }

    @Test
    void seedsThatOnlyOneOfThemHasDoNotCount() {
        List<FairComparison.Run> a = List.of(run(1e-4, 0, 4, 1), run(1e-4, 1, 90, 1));
        List<FairComparison.Run> b = List.of(run(1e-4, 0, 4, 3), run(1e-4, 2, 0, 80));
        assertThat(Objects.requireNonNull(FairComparison.of(a, b, null, 0).forgetting())
                        .value())
                .isEqualTo(-2);
    }

    @Test
    void plantedDifferencesAreFoundAndEqualWaysAreCalledEqual() {
        int found = 0;
        int equal = 0;
        for (int study = 0; study < 100; study++) {
            found += sign(new Planted(study, 3)) == -1 ? 1 : 0;
            equal += sign(new Planted(study, 0)) == 0 ? 1 : 0;
        }
        assertThat(found + equal).as("verdicts that are right, of 200").isGreaterThanOrEqualTo(190);
        assertThat(equal)
                .as("of 100; 95 are expected, with a standard error of 2")
                .isGreaterThanOrEqualTo(89);
    }

    private static int sign(Planted study) {
        return Objects.requireNonNull(
                        FairComparison.of(study.first, study.second, null, 1).forgetting())
                .sign();
    }

    /// Five seeds at four rates. Runs of a seed share 0.8 points of a standard deviation of one point, as the order
    /// of texts is the same for both strategies.
    private static final class Planted {
        final List<FairComparison.Run> first = new ArrayList<>();
        final List<FairComparison.Run> second = new ArrayList<>();

        /// @param more points that the second strategy forgets more at each gain
        Planted(int study, double more) {
            SplittableRandom random = new SplittableRandom(study);
            for (long seed = 0; seed < 5; seed++) {
                double gain = 0.8 * random.nextGaussian();
                double lost = 0.8 * random.nextGaussian();
                for (int r = 0; r < RATES.length; r++) {
                    double meanGain = 4 + 2 * r + gain;
                    double meanLost = 1 + 1.5 * r + lost;
                    first.add(run(RATES[r], seed, meanGain + own(random), meanLost + own(random)));
                    second.add(run(RATES[r], seed, meanGain + own(random), meanLost + more + own(random)));
                }
            }
        }

        private static double own(SplittableRandom random) {
            return 0.6 * random.nextGaussian();
        }
    }

    private static FairComparison.Run run(double rate, long seed, double gain, double forgetting) {
        return new FairComparison.Run(rate, seed, gain, forgetting);
    }
}
