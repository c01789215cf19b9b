package sirkuit.app.heatmap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sirkuit.mask.Head;

class HeadSearchTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"L3 H15", "l3h15", " 3.15 ", "3 15", "L3, H15", "layer 3 head 15", "Layer 3, Head 15", "3h15"})
    void aHeadIsFoundHoweverItIsWritten(String text) {
        HeadSearch found = HeadSearch.of(text, 6, 16);
        assertThat(found.head()).isEqualTo(new Head(3, 15));
        assertThat(found.trouble()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "L3", "H5", "35", "three five", "L3 H", "L-3 H5", "L3 H5 H6", "9999999.1"})
    void anythingElseIsAskedForAgain(String text) {
        HeadSearch found = HeadSearch.of(text, 6, 8);
        assertThat(found.head()).isNull();
        assertThat(found.trouble()).isEqualTo("Write the layer and the head, for example L3 H5.");
    }

    @Test
    void whatIsOutOfRangeSaysWhichIsTheLast() {
        assertThat(HeadSearch.of("L6 H0", 6, 8).trouble()).isEqualTo("There is no layer 6. The last one is L5.");
        assertThat(HeadSearch.of("L5 H8", 6, 8).trouble())
                .isEqualTo("There is no head 8. The last one of each layer is H7.");
        assertThat(HeadSearch.of("L5 H7", 6, 8).head()).isEqualTo(new Head(5, 7));
    }
}
