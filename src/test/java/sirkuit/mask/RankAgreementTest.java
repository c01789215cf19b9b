package sirkuit.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankAgreementTest {
    private static RelevanceScores scores(double... values) {
        return new RelevanceScores(ScoreMethod.CDT, new double[][] {values}, new double[][] {values}, 1);
    }

    /// Ranks 1 2 3 4.5 4.5 and 2 1 4 3 5: covariance 7, squares 9.5 and 10.
    @Test
    void spearmanSharesTheRanksOfEqualScores() {
        RankAgreement a = RankAgreement.of(scores(1, 2, 3, 4, 4), scores(2, 1, 4, 3, 5), 2);
        assertThat(a.spearman()).isCloseTo(7 / Math.sqrt(95), within(1e-12));
        assertThat(a.overlap()).isEqualTo(1);
    }

    @Test
    void headsThatOneScoreLacksAreLeftOut() {
        RankAgreement a = RankAgreement.of(scores(5, Double.NaN, 1, 2), scores(9, 100, 1, 2), 1);
        assertThat(a.spearman()).isCloseTo(1, within(1e-12));
        assertThat(a.overlap()).isEqualTo(1);
    }
}
