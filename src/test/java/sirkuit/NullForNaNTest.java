package sirkuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NullForNaNTest {
    private record Flat(
            @NullForNaN double[][] score, @NullForNaN double @Nullable [][][] values) {}

    /// What files held before: numbers that may be null.
    private record Boxed(Double[][] score, Double[] @Nullable [][] values) {}

    private static Flat read(String json) throws JsonProcessingException {
        return Json.MAPPER.readValue(json, Flat.class);
    }

    @Test
    void theJsonIsThatOfBoxedNumbersWithNull() {
        double tenth = 0.1f;
        Flat flat = new Flat(
                new double[][] {{tenth, Double.NaN}, {-1.0E-7, Double.POSITIVE_INFINITY}},
                new double[][][] {{{}, {3}}});
        Boxed boxed = new Boxed(new Double[][] {{tenth, null}, {-1.0E-7, null}}, new Double[][][] {{{}, {3.0}}});
        assertThat(Json.line(flat)).isEqualTo(Json.line(boxed));
        assertThat(Json.pretty(flat)).isEqualTo(Json.pretty(boxed));
        assertThat(Json.MAPPER.valueToTree(flat).toString()).isEqualTo(Json.line(boxed));
    }

    @Test
    void nullAndTheTextNaNAreReadAsNaN() throws JsonProcessingException {
        Flat flat = read("{\"score\":[[1,null,\"NaN\",2.5]],\"values\":null}");
        assertThat(flat.score[0]).containsExactly(1, Double.NaN, Double.NaN, 2.5);
        assertThat(flat.values).isNull();
    }

    @Test
    void longRowsAreReadWhole() throws JsonProcessingException {
        String many = "1.5,".repeat(999) + "2.5";
        assertThat(read("{\"score\":[[" + many + "]]}").score[0]).hasSize(1000).endsWith(1.5, 2.5);
    }

    @Test
    void whatIsNoNumberIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> read("{\"score\":[[1],[2,\"many\"]]}"))
                .isInstanceOfSatisfying(JsonMappingException.class, e -> assertThat(e.getPathReference())
                        .contains("[\"score\"]")
                        .endsWith("[1]->double[][1]"));
        assertThatThrownBy(() -> read("{\"score\":[1]}")).isInstanceOf(JsonMappingException.class);
        assertThatThrownBy(() -> read("{\"score\":{}}")).isInstanceOf(JsonMappingException.class);
    }
}
