package sirkuit.app.heatmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;

class HeatmapScaleTest {
    private static final HeatmapOptions AUTOMATIC = HeatmapOptions.DEFAULT;
    private static final HeatmapOptions CLIPPED = AUTOMATIC.withColours(Colours.CLIPPED);
    private static final HeatmapOptions LINEAR = AUTOMATIC.withColours(Colours.LINEAR);
    private static final HeatmapOptions RANK = AUTOMATIC.withColours(Colours.RANK);

    @Test
    void signedScoresAreCentredOnZero() {
        HeatmapScale scale = HeatmapScale.of(scores(ScoreMethod.CDT, -0.5, 2), LINEAR);
        assertThat(scale.low()).isEqualTo("−2.00");
        assertThat(scale.high()).isEqualTo("+2.00");
        assertThat(scale.position(0)).isEqualTo(0.5);
        assertThat(scale.position(2)).isEqualTo(1);
    }

    @Test
    void unsignedScoresBeginAtZero() {
        HeatmapScale scale = HeatmapScale.of(scores(ScoreMethod.CDT_MAGNITUDE, 0.5, 2), LINEAR);
        assertThat(scale.low()).isEqualTo("0.000");
        assertThat(scale.position(0.5)).isEqualTo(0.25);
    }

    @Test
    void whenOneHeadDominatesTheOthersKeepTheirColours() {
        HeatmapScale scale = HeatmapScale.of(scores(ScoreMethod.CDT, 1.68, 0.4, -0.2, 0.1), AUTOMATIC);
        assertThat(scale.words()).isEqualTo("clipped at ±0.40; 1 head beyond");
        assertThat(scale.position(0.4)).isEqualTo(1);
        assertThat(scale.position(-0.2)).isEqualTo(0.25);
        assertThat(scale.position(1.68)).isGreaterThan(1);
        assertThat(scale.high()).isEqualTo("≥ +0.40");
    }

    @Test
    void whenNoHeadDominatesTheScaleIsLinear() {
        assertThat(HeatmapScale.of(scores(ScoreMethod.CDT, 1.2, 0.4, -0.2, 0.1), AUTOMATIC)
                        .words())
                .isEqualTo("linear scale");
        assertThat(HeatmapScale.of(scores(ScoreMethod.CDT, 1.21, 0.4, -0.2, 0.1), AUTOMATIC)
                        .words())
                .startsWith("clipped");
    }

    @Test
    void aClippedScaleLeavesOutTwoPercentOfTheHeads() {
        double[] hundred = IntStream.rangeClosed(1, 100).mapToDouble(i -> i).toArray();
        HeatmapScale clipped = HeatmapScale.of(scores(ScoreMethod.CDT_MAGNITUDE, hundred), CLIPPED);
        assertThat(clipped.words()).isEqualTo("clipped at 98.0; 2 heads beyond");
        assertThat(clipped.low()).isEqualTo("0.000");
    }

    @Test
    void headsWithoutScoresCountNeitherAsHeadsNorAsClipped() {
        HeatmapScale scale = HeatmapScale.of(scores(ScoreMethod.CDT, Double.NaN, 3, 0.5, Double.NaN), AUTOMATIC);
        assertThat(scale.words()).isEqualTo("clipped at ±0.50; 1 head beyond");
    }

    @Test
    void whatIsZeroButForOneHeadCannotBeClipped() {
        HeatmapScale scale = HeatmapScale.of(scores(ScoreMethod.CDT, 1, 0, 0, 0), CLIPPED);
        assertThat(scale.words()).isEqualTo("linear scale");
        assertThat(scale.position(1)).isEqualTo(1);
    }

    @Test
    void withoutScoresThereIsStillAScale() {
        HeatmapScale none = HeatmapScale.of(scores(ScoreMethod.CDT, Double.NaN), AUTOMATIC);
        assertThat(none.position(0)).isEqualTo(0.5);
    }

    @Test
    void byRankTheStrongestOfEitherSignHasTheEndOfTheColours() {
        HeatmapScale scale = HeatmapScale.of(scores(ScoreMethod.CDT, 100, -2, 0.5, 0.1), RANK);
        assertThat(scale.position(100)).isEqualTo(1);
        assertThat(scale.position(-2)).isEqualTo(0.125);
        assertThat(scale.position(0.5)).isEqualTo(0.75);
        assertThat(scale.position(0)).isEqualTo(0.5);
        assertThat(scale.words()).isEqualTo("coloured by rank of the size");
    }

    @Test
    void byRankEqualScoresHaveEqualColours() {
        HeatmapScale scale = HeatmapScale.of(scores(ScoreMethod.CDT_MAGNITUDE, 3, 3, 1, 0), RANK);
        assertThat(scale.position(3)).isEqualTo(1);
        assertThat(scale.position(1)).isEqualTo(0.5);
        assertThat(scale.position(0)).isZero();
    }

    @Test
    void aRangeThatIsKeptSaysWhatLiesBeyondIt() {
        HeatmapScale scale = HeatmapScale.of(scores(ScoreMethod.CDT, 1, -3, 2), LINEAR.withRange(1.5));
        assertThat(scale.words()).isEqualTo("clipped at ±1.50; 2 heads beyond");
    }

    @Test
    void whatWasRememberedIsChosenAndAnythingElseIsAutomatic() {
        assertThat(Colours.of("RANK")).isEqualTo(Colours.RANK);
        assertThat(Colours.of("fromLater")).isEqualTo(Colours.AUTOMATIC);
        assertThat(Colours.of(null)).isEqualTo(Colours.AUTOMATIC);
    }

    private static RelevanceScores scores(ScoreMethod method, double... row) {
        return new RelevanceScores(method, new double[][] {row}, new double[][] {row}, 1);
    }
}
