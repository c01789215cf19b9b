package sirkuit.app.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TicksTest {
    @Test
    void theyAreRoundAndInside() {
        assertThat(written(-0.3, 1.72, 5)).containsExactly("0.00", "1.00");
        assertThat(written(-0.03, 0.11, 8)).containsExactly("-0.02", "0.00", "0.02", "0.04", "0.06", "0.08", "0.10");
        assertThat(written(1, 9, 3)).containsExactly("5.00");
    }

    private static List<String> written(double low, double high, int most) {
        return Ticks.between(low, high, most).stream()
                .map(t -> String.format(Locale.ROOT, "%.2f", t))
                .toList();
    }

    @Test
    void anAxisOfNoLengthHasNone() {
        assertThat(Ticks.between(2, 2, 5)).isEmpty();
        assertThat(Ticks.between(Double.NaN, 1, 5)).isEmpty();
    }
}
