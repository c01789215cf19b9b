package sirkuit.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FigureColoursTest {
    static List<FigureColours> themes() {
        return List.of(FigureColours.LIGHT, FigureColours.DARK);
    }

    @ParameterizedTest
    @MethodSource("themes")
    void inkCanBeReadOnEveryColourOfAScale(FigureColours colours) {
        for (boolean signed : new boolean[] {true, false}) {
            for (int i = 0; i < ColourScale.STEPS; i++) {
                int back = colours.scale(signed).at(i / 255.0);
                assertThat(inkContrast(back)).isGreaterThan(4.5);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("themes")
    void fewColoursAreOfTheMiddleToneThatNoInkReadsWellOn(FigureColours colours) {
        for (boolean signed : new boolean[] {true, false}) {
            long poor = IntStream.rangeClosed(0, 200)
                    .map(i -> colours.scale(signed).at(i / 200.0))
                    .filter(back -> inkContrast(back) < 5.5)
                    .count();
            assertThat(poor).as(signed ? "signed" : "unsigned").isLessThan(17);
        }
    }

    @ParameterizedTest
    @MethodSource("themes")
    void linesOfRunsCanBeSeenOnTheBackground(FigureColours colours) {
        int back = Luminance.rgb(colours.background());
        // WCAG 2.2, 1.4.11: graphical objects
        assertThat(colours.runs()).allMatch(code -> Luminance.contrast(Luminance.rgb(code), back) >= 3);
    }

    @ParameterizedTest
    @MethodSource("themes")
    void theNumberOfARunCanBeReadOnItsColour(FigureColours colours) {
        assertThat(colours.runs()).allMatch(code -> inkContrast(Luminance.rgb(code)) > 4.5);
    }

    @Test
    void thereAreAsManyRunColoursInBothThemes() {
        assertThat(FigureColours.DARK.runs()).hasSameSizeAs(FigureColours.LIGHT.runs());
    }

    @Test
    void contrastIsWhatTheStandardSays() {
        assertThat(Luminance.contrast(0x000000, 0xffffff)).isEqualTo(21);
        assertThat(Luminance.contrast(0x777777, 0xffffff)).isCloseTo(4.48, Offset.offset(0.005));
    }

    @Test
    void aScaleHasItsStopsAndWhatLiesBetweenThem() {
        ColourScale scale = new ColourScale("#000000", "#0000ff", "#ff00ff");
        assertThat(scale.at(0)).isZero();
        assertThat(scale.at(51 / 255.0)).isEqualTo(0x000066);
        assertThat(scale.at(1)).isEqualTo(0xff00ff);
        assertThat(scale.at(7)).isEqualTo(0xff00ff);
    }

    private static double inkContrast(int back) {
        return Luminance.contrast(back, Luminance.ink(back).equals("#000") ? 0 : 0xffffff);
    }
}
