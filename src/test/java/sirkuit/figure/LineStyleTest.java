package sirkuit.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LineStyleTest {
    @Test
    void thirtyTwoRunsDifferInColourOrDash() {
        Set<List<Object>> seen = new HashSet<>();
        int runs = FigureColours.LIGHT.runs().size() * LineStyle.ROUNDS;
        for (int run = 0; run < runs; run++) {
            for (LineStyle style : LineStyle.values()) {
                float[] dashes = style.dashes(FigureColours.LIGHT.round(run));
                assertThat(dashes.length % 2).as("a gap after each line").isZero();
                seen.add(List.of(FigureColours.LIGHT.run(run), Arrays.toString(dashes)));
            }
        }
        assertThat(seen).hasSize(runs * LineStyle.values().length);
    }

    @Test
    void theFirstEightRunsHaveThePlainStyles() {
        assertThat(FigureColours.LIGHT.round(7)).isZero();
        assertThat(FigureColours.LIGHT.round(8)).isEqualTo(1);
        assertThat(LineStyle.SOLID.dashes(0)).isEmpty();
        assertThat(LineStyle.DASHED.dashes(0)).containsExactly(7, 5);
    }

    @Test
    void numbersAtTheEndsOfLinesDoNotTouch() {
        double[] places = EndLabels.places(List.of(90.0, 89.5, 99.9, 70.0), 2, new Span(50, 100));
        assertThat(places[3]).isEqualTo(70);
        assertThat(places[1]).as("both give way").isCloseTo(88.75, Offset.offset(1e-9));
        assertThat(places[0]).isCloseTo(90.75, Offset.offset(1e-9));
        assertThat(places[2]).as("it stays on the axis").isEqualTo(99);
    }

    @Test
    void numbersOfLinesThatEndTogetherAreAroundTheirEnd() {
        assertThat(EndLabels.places(List.of(80.0, 80.0, 80.0), 3, new Span(50, 100)))
                .containsExactly(77, 80, 83);
        assertThat(EndLabels.places(List.of(50.0, 50.0), 4, new Span(50, 100)))
                .as("they stay on the axis")
                .containsExactly(52, 56);
    }

    @Test
    void numbersAtTheTopMoveDownTogether() {
        double[] places = EndLabels.places(List.of(99.0, 100.0, 100.0), 2, new Span(50, 100));
        assertThat(places).containsExactly(95, 97, 99);
    }
}
