package sirkuit.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sirkuit.Problem;

class ClassNamesTest {
    @TempDir
    Path folder = Path.of("");

    private ClassNames names(String fields, long rows) throws IOException {
        return CheckpointConfig.read(
                        Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"bert\", " + fields + "}"))
                .classes(rows);
    }

    /// The names that transformers 5.18 gives, in the order of the logits; null it leaves null.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"id2label\": {\"0\": 0, \"1\": 1, \"2\": 2}|0,1,2",
                "\"id2label\": {\"2\": \"c\", \"0\": \"a\", \"1\": \"b\"}|a,b,c",
                "\"id2label\": {\"00\": \"a\", \" 1\": \"b\", \"+2\": \"c\"}|a,b,c",
                "\"id2label\": {\"0\": 0.5, \"1\": true, \"2\": 1.0}|0.5,True,1.0",
                "\"id2label\": {\"0\": null, \"1\": \"b\", \"2\": \"c\"}|LABEL_0,b,c",
                "\"num_labels\": 3|LABEL_0,LABEL_1,LABEL_2",
                "\"id2label\": null, \"num_labels\": 3|LABEL_0,LABEL_1,LABEL_2",
                "\"id2label\": {\"0\": \"a\", \"1\": \"b\"}, \"num_labels\": 3|LABEL_0,LABEL_1,LABEL_2",
            })
    void theNamesAreThoseOfTransformers(String fields, String expected) throws IOException {
        assertThat(String.join(",", names(fields, 3).names())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"id2label\": {\"1\": \"a\", \"2\": \"b\", \"3\": \"c\"}|counted from 0 to 2",
                "\"id2label\": {\"a\": 0, \"b\": 1, \"c\": 2}|wrong way round",
                "\"id2label\": {\"LABEL_0\": \"a\", \"1\": \"b\", \"2\": \"c\"}|the key \"LABEL_0\"",
                "\"id2label\": {\"0\": \"a\", \"00\": \"b\", \"1\": \"c\"}|class numbers from 0 to 2",
                "\"id2label\": [\"a\", \"b\", \"c\"]|is a list",
                "\"id2label\": {\"0\": \"a\", \"1\": \"a\", \"2\": \"c\"}|same name",
                "\"id2label\": {\"0\": [], \"1\": \"a\", \"2\": \"c\"}|a value that is not a name",
                "\"id2label\": {\"0\": \"a\", \"1\": \"b\"}|has 3 rows",
                "\"id2label\": {}|has 3 rows",
                "\"num_labels\": 5|describes 5 classes",
                "\"num_labels\": \"3\"|num_labels",
            })
    void whatDoesNotNameEveryClassIsRefusedByName(String fields, String said) {
        assertThatThrownBy(() -> names(fields, 3))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("config.json")
                .hasMessageContaining(said);
    }

    @Test
    void whatIsTakenOtherwiseThanWrittenIsNoted() throws IOException {
        assertThat(names("\"id2label\": {\"0\": \"a\", \"1\": \"b\"}", 2).notes())
                .isEmpty();
        assertThat(names("\"id2label\": {\"0\": null, \"1\": \"b\"}", 2).notes())
                .singleElement()
                .asString()
                .contains("LABEL_0");
        assertThat(names("\"id2label\": {\"0\": \"a\", \"1\": \"b\"}, \"num_labels\": 5", 2)
                        .notes())
                .singleElement()
                .asString()
                .contains("num_labels = 5", "the names are used");
    }

    @Test
    void aSingleClassIsRegression() {
        assertThatThrownBy(() -> names("\"num_labels\": 1", 1))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("regression");
    }
}
