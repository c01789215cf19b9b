package sirkuit.app.look;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {
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
