package sirkuit.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
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

    private static Event event(String body) {
        return Wire.event("{\"v\":1,\"request\":3," + body + "}").body();
    }

    @Test
    void everyStageIsReadBackAsItWasWritten() {
        for (Stage stage : Stage.values()) {
            for (String detail : new String[] {null, "L0 H5"}) {
                Event.Progress told = new Event.Progress(stage, detail, 3, 9);
                String line = Wire.line(3, told, Instant.EPOCH);
                assertThat(Wire.event(line).body()).isEqualTo(told);
            }
        }
        assertThat(Wire.line(3, new Event.Progress(Stage.CHECKING_HELD_OUT, 3, 9), Instant.EPOCH))
                .contains("\"stage\":\"checking-held-out\"")
                .doesNotContain("detail");
    }

    @Test
    void theStageOfAnEarlierVersionIsKeptAsItStands() {
        Event.Progress read = (Event.Progress)
                event("\"type\":\"progress\",\"stage\":\"Judging, held out\",\"done\":1,\"total\":9");
        assertThat(read.stage()).isEqualTo(Stage.OTHER);
        assertThat(read.message().english()).isEqualTo("Judging, held out");
        assertThat(Wire.event(Wire.line(3, read, Instant.EPOCH)).body()).isEqualTo(read);
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
