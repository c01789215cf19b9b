package sirkuit.figure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;

class ScaleTest {
    @Test
    void signedScoresAreCentredOnZero() {
        Scale scale = Scale.of(scores(ScoreMethod.CDT, -0.5, 2));
        assertThat(scale.lowest()).isEqualTo(-2);
        assertThat(scale.position(0)).isEqualTo(0.5);
        assertThat(scale.position(2)).isEqualTo(1);
    }

    @Test
    void unsignedScoresBeginAtZero() {
        Scale scale = Scale.of(scores(ScoreMethod.CDT_MAGNITUDE, 0.5, 2));
        assertThat(scale.lowest()).isZero();
        assertThat(scale.position(0.5)).isEqualTo(0.25);
    }

    private static RelevanceScores scores(ScoreMethod method, double... row) {
        return new RelevanceScores(method, new double[][] {row}, new double[][] {row}, 1);
    }
}
