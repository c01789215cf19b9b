package sirkuit.app.heatmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;
import sirkuit.app.look.Theme;
import sirkuit.mask.RelevanceScores;
import sirkuit.mask.ScoreMethod;

class ScaleTest {
    private static final HeatmapOptions AUTOMATIC = HeatmapOptions.DEFAULT;
    private static final HeatmapOptions CLIPPED = AUTOMATIC.withColours(Colours.CLIPPED);
    private static final HeatmapOptions LINEAR = AUTOMATIC.withColours(Colours.LINEAR);
    private static final HeatmapOptions RANK = AUTOMATIC.withColours(Colours.RANK);

    @Test
    void signedScoresAreCentredOnZero() {
        Scale scale = Scale.of(scores(ScoreMethod.CDT, -0.5, 2), LINEAR);
        assertThat(scale.low()).isEqualTo("−2.00");
        assertThat(scale.high()).isEqualTo("+2.00");
        assertThat(scale.position(0)).isEqualTo(0.5);
        assertThat(scale.position(2)).isEqualTo(1);
    }

    @Test
    void unsignedScoresBeginAtZero() {
        Scale scale = Scale.of(scores(ScoreMethod.CDT_MAGNITUDE, 0.5, 2), LINEAR);
        assertThat(scale.low()).isEqualTo("0.000");
        assertThat(scale.position(0.5)).isEqualTo(0.25);
    }

    @Test
    void whenOneHeadDominatesTheOthersKeepTheirColours() {
        Scale scale = Scale.of(scores(ScoreMethod.CDT, 1.68, 0.4, -0.2, 0.1), AUTOMATIC);
        assertThat(scale.words()).isEqualTo("clipped at ±0.40; 1 head beyond");
        assertThat(scale.position(0.4)).isEqualTo(1);
        assertThat(scale.position(-0.2)).isEqualTo(0.25);
        assertThat(scale.position(1.68)).isGreaterThan(1);
        assertThat(scale.high()).isEqualTo("≥ +0.40");
    }

    @Test
    void whenNoHeadDominatesTheScaleIsLinear() {
        assertThat(Scale.of(scores(ScoreMethod.CDT, 1.2, 0.4, -0.2, 0.1), AUTOMATIC)
                        .words())
                .isEqualTo("linear scale");
        assertThat(Scale.of(scores(ScoreMethod.CDT, 1.21, 0.4, -0.2, 0.1), AUTOMATIC)
                        .words())
                .startsWith("clipped");
    }

    @Test
    void aClippedScaleLeavesOutTwoPercentOfTheHeads() {
        double[] hundred = IntStream.rangeClosed(1, 100).mapToDouble(i -> i).toArray();
        Scale clipped = Scale.of(scores(ScoreMethod.CDT_MAGNITUDE, hundred), CLIPPED);
        assertThat(clipped.words()).isEqualTo("clipped at 98.0; 2 heads beyond");
        assertThat(clipped.low()).isEqualTo("0.000");
    }

    @Test
    void headsWithoutScoresCountNeitherAsHeadsNorAsClipped() {
        Scale scale = Scale.of(scores(ScoreMethod.CDT, Double.NaN, 3, 0.5, Double.NaN), AUTOMATIC);
        assertThat(scale.words()).isEqualTo("clipped at ±0.50; 1 head beyond");
    }

    @Test
    void whatIsZeroButForOneHeadCannotBeClipped() {
        Scale scale = Scale.of(scores(ScoreMethod.CDT, 1, 0, 0, 0), CLIPPED);
        assertThat(scale.words()).isEqualTo("linear scale");
        assertThat(scale.position(1)).isEqualTo(1);
    }

    @Test
    void withoutScoresThereIsStillAScale() {
        Scale none = Scale.of(scores(ScoreMethod.CDT, Double.NaN), AUTOMATIC);
        assertThat(none.position(0)).isEqualTo(0.5);
    }

    @Test
    void byRankTheStrongestOfEitherSignHasTheEndOfTheColours() {
        Scale scale = Scale.of(scores(ScoreMethod.CDT, 100, -2, 0.5, 0.1), RANK);
        assertThat(scale.position(100)).isEqualTo(1);
        assertThat(scale.position(-2)).isEqualTo(0.125);
        assertThat(scale.position(0.5)).isEqualTo(0.75);
        assertThat(scale.position(0)).isEqualTo(0.5);
        assertThat(scale.words()).isEqualTo("coloured by rank of the size");
    }

    @Test
    void byRankEqualScoresHaveEqualColours() {
        Scale scale = Scale.of(scores(ScoreMethod.CDT_MAGNITUDE, 3, 3, 1, 0), RANK);
        assertThat(scale.position(3)).isEqualTo(1);
        assertThat(scale.position(1)).isEqualTo(0.5);
        assertThat(scale.position(0)).isZero();
    }

    @Test
    void aRangeThatIsKeptSaysWhatLiesBeyondIt() {
        Scale scale = Scale.of(scores(ScoreMethod.CDT, 1, -3, 2), LINEAR.withRange(1.5));
        assertThat(scale.words()).isEqualTo("clipped at ±1.50; 2 heads beyond");
    }

    @Test
    void whatWasRememberedIsChosenAndAnythingElseIsAutomatic() {
        assertThat(Colours.of("RANK")).isEqualTo(Colours.RANK);
        assertThat(Colours.of("fromLater")).isEqualTo(Colours.AUTOMATIC);
        assertThat(Colours.of(null)).isEqualTo(Colours.AUTOMATIC);
    }

    @Test
    void inkCanBeReadOnEveryColour() {
        for (Theme theme : Theme.values()) {
            Palette palette = Palette.of(theme);
            for (boolean signed : new boolean[] {true, false}) {
                for (int i = 0; i <= 100; i++) {
                    Color back = palette.ramp(signed).at(i / 100.0);
                    assertThat(Palette.contrast(back, Palette.inkOn(back))).isGreaterThan(4.5);
                }
            }
        }
    }

    @Test
    void fewColoursAreOfTheMiddleToneThatNoInkReadsWellOn() {
        for (Theme theme : Theme.values()) {
            for (boolean signed : new boolean[] {true, false}) {
                Palette palette = Palette.of(theme);
                long poor = IntStream.rangeClosed(0, 200)
                        .mapToObj(i -> palette.ramp(signed).at(i / 200.0))
                        .filter(back -> Palette.contrast(back, Palette.inkOn(back)) < 5.5)
                        .count();
                assertThat(poor).as(theme + (signed ? " signed" : " unsigned")).isLessThan(17);
            }
        }
    }

    private static RelevanceScores scores(ScoreMethod method, double... row) {
        return new RelevanceScores(method, new double[][] {row}, new double[][] {row}, 1);
    }
}
