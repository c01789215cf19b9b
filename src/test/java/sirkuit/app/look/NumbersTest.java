package sirkuit.app.look;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {
    /// 87.5 less 81.8 is 5.7, and the difference beside them is 5.8.
    @Test
    void theEndsOfAChangeDoNotContradictItsDifference() {
        assertThat(Numbers.change(0.875, 0.8175)).isEqualTo("87.50 → 81.75");
        assertThat(Numbers.change(0.8175, 0.875)).isEqualTo("81.75 → 87.50");
        assertThat(Numbers.change(0.875, 0.933)).isEqualTo("87.5 → 93.3");
        assertThat(Numbers.change(0.5, 0.5)).isEqualTo("50.0 → 50.0");
    }

    @Test
    void numbersAreWrittenForPeople() {
        assertThat(Numbers.count(2_247_427)).isEqualTo("2\u202f247\u202f427");
        assertThat(Numbers.rough(2_247_427)).isEqualTo("2.2 M");
        assertThat(Numbers.percent(0.0882)).isEqualTo("8.8\u202f%");
        assertThat(Numbers.plain(2e-4)).isEqualTo("0.0002");
        assertThat(Numbers.plain(10)).isEqualTo("10");
    }

    @Test
    void zeroHasNoSign() {
        assertThat(Numbers.decimal(-0.0001, 2)).isEqualTo("0.00");
        assertThat(Numbers.signed(-0.0001, 1)).isEqualTo("0.0");
        assertThat(Numbers.signed(-1.25, 1)).startsWith("\u2212");
        assertThat(Numbers.signed(3, 1)).isEqualTo("+3.0");
    }
}
