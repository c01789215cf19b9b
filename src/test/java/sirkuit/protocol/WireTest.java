package sirkuit.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import sirkuit.Message;
import sirkuit.Problem;

class WireTest {
    @Test
    void aRequestThatLacksAFieldIsRefusedByTheFieldsName() {
        assertThatThrownBy(() -> Wire.request("{\"v\":1,\"request\":7,\"type\":\"explain\",\"text\":\"bagus\"}"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("Request 7 lacks \"model\"");
        assertThatThrownBy(() -> Wire.request(
                        "{\"v\":1,\"request\":8,\"type\":\"explain\",\"text\":\"bagus\",\"model\":{\"maxLength\":64}}"))
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
        Event.Progress read =
                (Event.Progress) event("\"type\":\"progress\",\"stage\":\"Judging, held out\",\"done\":1,\"total\":9");
        assertThat(read.stage()).isEqualTo(Stage.OTHER);
        assertThat(read.message().english()).isEqualTo("Judging, held out");
        assertThat(Wire.event(Wire.line(3, read, Instant.EPOCH)).body()).isEqualTo(read);
    }

    @Test
    void aNoteIsReadBackAsItWasWritten() {
        Message within = Message.of("ground.rows", 40);
        Event.Noted told = Event.Noted.of(Message.of("dataset.table.wrapping-quotes-kept", "it's {0}.csv", within));
        Event read = Wire.event(Wire.line(3, told, Instant.EPOCH)).body();
        assertThat(read).isEqualTo(told);
        assertThat(((Event.Noted) read).said().text(Locale.of("id"), ".window"))
                .contains("it's {0}.csv memiliki 40 baris", "project.json")
                .doesNotContain("--quoting");
    }

    @Test
    void theNoteOfAnEarlierVersionIsKeptAsItStands() {
        Event.Noted read = (Event.Noted) event("\"type\":\"noted\",\"what\":\"It's {0}: add --quoting none.\"");
        assertThat(read.said().text(Locale.of("id"), ".window")).isEqualTo("It's {0}: add --quoting none.");
    }

    @Test
    void notesOfACheckpointAreReadBack() {
        Event.Inspected told = new Event.Inspected(
                        "m",
                        "bert",
                        "Bert",
                        new Event.Inspected.Shape(2, 4, 8, 2),
                        new Event.Inspected.Counts(100, 10, 5),
                        List.of("a", "b"),
                        64,
                        99,
                        "F32")
                .withNotes(List.of(Message.of("checkpoint.adapter-beside-weights", "adapter_config.json")));
        assertThat(Wire.event(Wire.line(3, told, Instant.EPOCH)).body()).isEqualTo(told);
        assertThat(told.notes()).singleElement().asString().startsWith("The folder also contains an adapter");
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
