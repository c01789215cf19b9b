package sirkuit.relevance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TwoPhaseTest {
    private static final int ALL = 120;
    private static final int SOME = 24;

    /// y = 2 + 3 x + noise, the first `measured` of them known.
    private static double[][] sample(Random random, int measured, double noise) {
        double[] x = random.doubles(ALL, -1, 1).toArray();
        double[] y = Arrays.stream(x)
                .map(v -> 2 + 3 * v + noise * random.nextGaussian())
                .toArray();
        double[] known = y.clone();
        Arrays.fill(known, measured, ALL, Double.NaN);
        return new double[][] {x, y, known};
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    @Test
    void whatGoesWithItExactlyGivesTheMeanOfWhatWasNotMeasured() {
        double[][] s = sample(new Random(1), SOME, 0);
        TwoPhase estimate = TwoPhase.of(s[2], s[0]);
        assertThat(estimate.mean()).isCloseTo(mean(s[1]), within(1e-12));
        assertThat(estimate.error()).isCloseTo(0, within(1e-9));
        assertThat(estimate.completed()[ALL - 1]).isCloseTo(s[1][ALL - 1], within(1e-9));
        assertThat(estimate.known()).isTrue();
    }

    @Test
    void theErrorIsHonest() {
        Random random = new Random(2);
        int within = 0;
        double measuredAlone = 0;
        double estimated = 0;
        for (int i = 0; i < 1000; i++) {
            double[][] s = sample(random, SOME, 0.5);
            TwoPhase estimate = TwoPhase.of(s[2], s[0]);
            double off = Math.abs(estimate.mean() - mean(s[1]));
            within += off <= 1.96 * estimate.error() ? 1 : 0;
            estimated += off;
            measuredAlone += Math.abs(mean(Arrays.copyOf(s[1], SOME)) - mean(s[1]));
        }
        assertThat(within / 1000.0).isBetween(0.93, 0.98);
        assertThat(estimated).isLessThan(0.4 * measuredAlone);
    }

    @Test
    void completedValuesHaveTheMeanAndTheSpreadOfTheWhole() {
        Random random = new Random(3);
        double variance = 0;
        double expected = 0;
        for (int i = 0; i < 300; i++) {
            double[][] s = sample(random, SOME, 0.5);
            TwoPhase estimate = TwoPhase.of(s[2], s[0]);
            assertThat(mean(estimate.completed())).isCloseTo(estimate.mean(), within(1e-9));
            double spread = Arrays.stream(estimate.completed())
                            .map(v -> (v - estimate.mean()) * (v - estimate.mean()))
                            .sum()
                    / (ALL - 1)
                    / ALL;
            variance += spread;
            expected += 3 * 3 / 3.0 / ALL + 0.25 / SOME; // slope² var(x) / N + var(noise) / n
        }
        assertThat(variance / expected).isCloseTo(1, within(0.1));
    }

    @Test
    void fewDegreesOfFreedomMakeTheErrorAsMuchWiderAsStudentsT() {
        // scipy 1.17.1: t.ppf(0.975, freedom) / norm.ppf(0.975)
        assertThat(TwoPhase.small(1)).isCloseTo(6.482876642836102, within(1e-9));
        assertThat(TwoPhase.small(10)).isCloseTo(1.1368264261800467, within(1e-9));
        assertThat(TwoPhase.small(22)).isCloseTo(1.0581179471982505, within(1e-9));
        assertThat(TwoPhase.small(100)).isCloseTo(1.0122489669059564, within(1e-9));
    }

    @Test
    void whatIsMeasuredWholeIsTakenAsItIs() {
        double[][] s = sample(new Random(4), ALL, 1);
        TwoPhase estimate = TwoPhase.of(s[1], s[0]);
        assertThat(estimate.mean()).isEqualTo(mean(s[1]));
        assertThat(estimate.error()).isZero();
        assertThat(estimate.completed()).isEqualTo(s[1]);
    }

    @Test
    void somethingThatSaysNothingDoesNoHarm() {
        double[][] s = sample(new Random(5), SOME, 1);
        TwoPhase estimate = TwoPhase.of(s[2], new double[ALL]);
        assertThat(estimate.mean()).isCloseTo(mean(Arrays.copyOf(s[1], SOME)), within(1e-12));
        assertThat(estimate.error()).isPositive();
    }

    @Test
    void whoIsAmongTheHighestIsAsSureAsTheErrorsAllow() {
        double[] nothing = new double[0];
        TwoPhase[] estimates = {
            new TwoPhase(5, 1.0, 0, nothing),
            new TwoPhase(5, 0.5, 0.1, nothing),
            new TwoPhase(5, 0.5, 0.1, nothing),
            new TwoPhase(5, 0.0, 0.01, nothing),
            new TwoPhase(0, Double.NaN, Double.NaN, nothing)
        };
        double[] p = TwoPhase.inTopK(estimates, 2, 7);
        assertThat(p[0]).isCloseTo(1, within(1e-9));
        assertThat(p[1]).isCloseTo(0.5, within(0.06));
        assertThat(p[2]).isCloseTo(0.5, within(0.06));
        assertThat(p[3]).isZero();
        assertThat(p[4]).isNaN();
        assertThat(IntStream.range(0, 4).mapToDouble(i -> p[i]).sum()).isCloseTo(2, within(1e-9));
    }
}
