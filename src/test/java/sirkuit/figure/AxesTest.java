package sirkuit.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sirkuit.protocol.Event;
import sirkuit.protocol.Quality;

class AxesTest {
    @Test
    void ticksAreRoundNumbersWithinTheAxis() {
        assertThat(new Span(-3.2, 21).ticks(5)).containsExactly(0.0, 5.0, 10.0, 15.0, 20.0);
        assertThat(new Span(0, 1).ticks(5)).hasSize(6).startsWith(0.0).endsWith(1.0);
        assertThat(new Span(-400, 400).ticks(4)).containsExactly(-400.0, -200.0, 0.0, 200.0, 400.0);
    }

    @Test
    void noTickIsNegativeZero() {
        assertThat(new Span(-0.3, 1).ticks(5)).allMatch(t -> Double.compare(t, -0.0) != 0);
    }

    @Test
    void accuracyStartsAtAMultipleOfFiveBelowTheLowest() {
        Span seen = Span.EMPTY.with(52.4).with(88);
        assertThat(Axes.accuracy(seen, 0)).isEqualTo(new Span(50, 88));
        assertThat(Axes.accuracy(Span.EMPTY.with(52.4).with(70), 0.5)).isEqualTo(new Span(50, 80));
        assertThat(Axes.accuracy(Span.EMPTY.with(1), 0).low()).isZero();
    }

    @Test
    void withoutAnyAccuracyTheWholeAxisIsShown() {
        assertThat(Axes.accuracy(Span.EMPTY, 0.28)).isEqualTo(new Span(0, 100));
    }

    @Test
    void anAxisOfAccuracyEndsAtAHundred() {
        assertThat(Axes.accuracy(Span.EMPTY.with(52.4).with(88), 0.5)).isEqualTo(new Span(50, 100));
        assertThat(Axes.accuracy(Span.EMPTY.with(99).with(100), 0.28)).isEqualTo(new Span(95, 100));
    }

    @Test
    void zeroIsAlwaysOnTheAxesOfTheTradeOff() {
        assertThat(Axes.points(Span.EMPTY.with(4).with(9))).isEqualTo(new Span(-1.5, 10.5));
        assertThat(Axes.points(Span.EMPTY.with(-9).with(-4))).isEqualTo(new Span(-10.5, 1.5));
    }

    @Test
    void aCurveHasNoPlaceWhereItsTextsWereNotEvaluated() {
        Quality good = new Quality(10, 0.9, 0.9, 1, new int[][] {{5, 0}, {1, 4}});
        Event.Evaluated without = new Event.Evaluated(0, 0, good, null);
        Event.Evaluated with = new Event.Evaluated(5, 1, good, good);
        List<AccuracyCurve> curves =
                AccuracyCurve.of(List.of(without, with), "Minangkabau", "Indonesian", List.of("Javanese"));
        assertThat(curves).extracting(AccuracyCurve::name).containsExactly("Minangkabau", "Indonesian", "Javanese");
        assertThat(curves)
                .extracting(AccuracyCurve::style)
                .containsExactly(LineStyle.SOLID, LineStyle.DASHED, LineStyle.DOTTED);
        assertThat(curves.get(0).places()).extracting(AccuracyCurve.Place::step).containsExactly(0, 5);
        assertThat(curves.get(1).places()).extracting(AccuracyCurve.Place::step).containsExactly(5);
        assertThat(curves.get(1).at(0)).isNull();
        assertThat(curves.get(2).places()).isEmpty();
        assertThat(curves.get(0).seen(Span.EMPTY)).isEqualTo(new Span(90, 90));
    }
}
