package sirkuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sirkuit.mask.Head;
import sirkuit.protocol.Event;
import sirkuit.protocol.Wire;
import sirkuit.record.ScoreRecord;

/// Files and lines as versions without nested records wrote them, with every field and with as few as they wrote. How
/// records are nested in the program does not show in them.
class FileShapeTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "scores.json, sirkuit.record.ScoreRecord, SCORES",
        "scores-least.json, sirkuit.record.ScoreRecord, SCORES",
        "config.json, sirkuit.record.RunConfig, RUN",
        "config-least.json, sirkuit.record.RunConfig, RUN",
        "study.json, sirkuit.study.StudyPlan, STUDY",
        "study-least.json, sirkuit.study.StudyPlan, STUDY"
    })
    void aFileIsReadAndWrittenAsItWas(String name, Class<?> type, JsonKind kind) throws IOException {
        Object read = Json.read(file(name), type, 1, kind);
        assertThat(Json.pretty(read)).isEqualTo(text(name));
    }

    @Test
    void anInspectedCheckpointIsReadAndWrittenAsItWas() throws IOException {
        String line = text("inspected.json").strip();
        Event read = Wire.event(line).body();
        assertThat(read).isInstanceOf(Event.Inspected.class);
        assertThat(Wire.line(3, read, Instant.EPOCH)).isEqualTo(line);
    }

    @Test
    void everyFieldOfScoresArrives() throws IOException {
        ScoreRecord read = ScoreRecord.read(file("scores.json"));
        assertThat(read.layers()).isEqualTo(2);
        assertThat(read.score()[1]).containsExactly(-1.25, 2.0);
        assertThat(read.standardError()[0]).containsExactly(0.125, Double.NaN);
        assertThat(read.examples()).isEqualTo(9);
        assertThat(read.samples().truncated()).isEqualTo(3);
        assertThat(read.labels()).containsExactly("good", "bad");
        assertThat(Objects.requireNonNull(read.confidence()).topK()).isEqualTo(1);
        assertThat(Objects.requireNonNull(read.edges()).at(new Head(0, 1), new Head(1, 0)))
                .isEqualTo(0.375);
        assertThat(Objects.requireNonNull(ScoreRecord.readWithoutValues(file("scores.json"))
                                .perExample())
                        .values())
                .isEmpty();
    }

    @Test
    void whatIsWrongInANestedPartIsNamedWithItsLine() throws IOException {
        Path file = changed("scores.json", "standardError", "much");
        assertThatThrownBy(() -> ScoreRecord.read(file))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("\"standardError\" is not what is expected there (line 8)");
    }

    @ParameterizedTest
    @CsvSource({"layers", "heads", "score", "standardError", "examples", "method"})
    void scoresWithoutAFieldThatIsNeededAreRefused(String field) throws IOException {
        Path file = changed("scores.json", field, null);
        assertThatThrownBy(() -> ScoreRecord.read(file)).isInstanceOf(Problem.class);
    }

    private Path changed(String name, String field, @org.jspecify.annotations.Nullable String value)
            throws IOException {
        ObjectNode tree = (ObjectNode) Json.MAPPER.readTree(text(name));
        if (value == null) {
            tree.remove(field);
        } else {
            tree.put(field, value);
        }
        return Files.writeString(folder.resolve(name), Json.pretty(tree));
    }

    private Path file(String name) throws IOException {
        return Files.writeString(folder.resolve(name), text(name));
    }

    private static String text(String name) throws IOException {
        try (InputStream in = FileShapeTest.class.getResourceAsStream("files/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
