package sirkuit.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TopKConfidenceTest {
    @Test
    void clearHeadsAreSureAndEqualOnesAreNot() {
        Random random = new Random(1);
        double[][] values = new double[4][60];
        for (int j = 0; j < 60; j++) {
            values[0][j] = 2 + random.nextGaussian();
            values[1][j] = random.nextGaussian();
            values[2][j] = random.nextGaussian();
            values[3][j] = -2 + random.nextGaussian();
        }
        double[] p = TopKConfidence.of(values, 2, 1000, 0);
        assertThat(p[0]).isEqualTo(1);
        assertThat(p[3]).isEqualTo(0);
        assertThat(p[1]).isBetween(0.02, 0.98);
        assertThat(p[1] + p[2]).isCloseTo(1, within(1e-9));
    }

    /// What all heads share, example by example, does not make their order doubtful.
    @Test
    void headsThatMoveTogetherKeepTheirOrder() {
        Random random = new Random(2);
        double[][] values = new double[2][40];
        for (int j = 0; j < 40; j++) {
            double common = 10 * random.nextGaussian();
            values[0][j] = common + 0.5 + 0.1 * random.nextGaussian();
            values[1][j] = common + 0.1 * random.nextGaussian();
        }
        assertThat(TopKConfidence.of(values, 1, 500, 0)[0]).isEqualTo(1);
    }

    /// Against the exact probability of a tiny bootstrap: of two examples, drawn twice, head 0 wins unless both draws
    /// are the second (1/4), where head 1 does.
    @Test
    void theShareIsTheBootstrapsProbability() {
        double[][] values = {{3, 0}, {0, 2}};
        assertThat(TopKConfidence.of(values, 1, 20_000, 3)[0]).isCloseTo(0.75, within(0.01));
    }

    @Test
    void headsWithFewerExamplesOrNoneTakePart() {
        double[][] values = {
            {1, 1, 1, 1}, {5, 5, Double.NaN, Double.NaN}, {Double.NaN, Double.NaN, Double.NaN, Double.NaN}
        };
        assertThat(TopKConfidence.of(values, 1, 200, 0)).containsExactly(0, 1, Double.NaN);
    }
}
