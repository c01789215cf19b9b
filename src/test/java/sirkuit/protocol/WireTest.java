package sirkuit.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import sirkuit.Problem;

class WireTest {
    @Test
    void aRequestThatLacksAFieldIsRefusedByTheFieldsName() {
        assertThatThrownBy(() -> Wire.request("{\"v\":1,\"request\":7,\"type\":\"explain\",\"text\":\"bagus\"}"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("Request 7 lacks \"model\"");
        assertThatThrownBy(() ->
                        Wire.request("{\"v\":1,\"request\":8,\"type\":\"explain\",\"text\":\"bagus\",\"model\":{}}"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("\"checkpoint\"");
    }

    @Test
    void whatMayBeLeftOutIsLeftOut() {
        Wire.Message<Request> message = Wire.request("{\"v\":1,\"request\":9,\"type\":\"explain\",\"text\":\"bagus\","
                + "\"model\":{\"checkpoint\":\"DIR\",\"maxLength\":64}}");
        assertThat(message.body()).isInstanceOfSatisfying(Request.Explain.class, e -> {
            assertThat(e.text()).isEqualTo("bagus");
            assertThat(e.baseline()).isNull();
        });
    }
}
