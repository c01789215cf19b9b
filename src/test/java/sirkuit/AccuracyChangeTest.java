package sirkuit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccuracyChangeTest {
    @Test
    void whatIsRoundedToZeroHasNoSign() {
        assertThat(AccuracyChange.signed(0)).isEqualTo("0.0");
        assertThat(AccuracyChange.signed(-0.04)).isEqualTo("0.0");
        assertThat(AccuracyChange.signed(0.04)).isEqualTo("0.0");
        assertThat(AccuracyChange.signed(-0.33)).isEqualTo("-0.3");
        assertThat(AccuracyChange.signed(12)).isEqualTo("+12.0");
        assertThat(AccuracyChange.signed(-10)).isEqualTo("-10.0");
    }
}
