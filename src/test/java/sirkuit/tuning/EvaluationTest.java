package sirkuit.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EvaluationTest {
    /// As scikit-learn's `f1_score(average="macro")`: the classes among labels or answers count, others do not.
    @Test
    void macroF1IsOverTheClassesThatOccurAmongLabelsOrAnswers() {
        // 38 of 40 positive texts are right and 2 are called negative: F1 is 76/78 and 0.
        assertThat(macroF1(new int[][] {{0, 0, 0}, {0, 0, 0}, {2, 0, 38}})).isCloseTo(76 / 78.0 / 2, within(1e-12));
        // No text is neutral and none is called so: the mean of 2 classes.
        assertThat(macroF1(new int[][] {{8, 0, 2}, {0, 0, 0}, {4, 0, 6}}))
                .isCloseTo((16 / 22.0 + 12 / 18.0) / 2, within(1e-12));
        assertThat(macroF1(new int[][] {{8, 1, 1}, {0, 0, 0}, {4, 0, 6}}))
                .isCloseTo((16 / 22.0 + 0 + 12 / 17.0) / 3, within(1e-12));
        assertThat(macroF1(new int[][] {{0, 0, 0}, {0, 0, 0}, {0, 0, 5}})).isEqualTo(1);
    }

    private static double macroF1(int[][] confusion) {
        return new Evaluation(confusion, 0).macroF1();
    }
}
