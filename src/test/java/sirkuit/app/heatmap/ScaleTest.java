package sirkuit.app.heatmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;
import sirkuit.app.look.Theme;
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
