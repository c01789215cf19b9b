package sirkuit.app.heatmap;

import static org.assertj.core.api.Assertions.assertThat;

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
                    assertThat(contrast(back, palette.inkOn(back))).isGreaterThan(4.5);
                }
            }
        }
    }

    private static double contrast(Color a, Color b) {
        double first = Palette.luminance(a);
        double second = Palette.luminance(b);
        return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    }

    private static RelevanceScores scores(ScoreMethod method, double... row) {
        return new RelevanceScores(method, new double[][] {row}, new double[][] {row}, 1);
    }
}
