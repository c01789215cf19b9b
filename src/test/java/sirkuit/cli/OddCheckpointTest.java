package sirkuit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.OddCheckpoint;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesProcess;

/// A folder that is odd in every way that transformers takes, from end to end.
@UsesProcess
class OddCheckpointTest {
    /// Of transformers 5.18, AutoModelForSequenceClassification, for each text: the same numbers with and without the
    /// oddities.
    private static final Map<String, double[]> PROBABILITIES = Map.of(
            "film itu sangat bagus", new double[] {0.7979603092169539, 0.07121568458422026, 0.13082400619882592},
            "hotel ini kotor", new double[] {0.8619647475090668, 0.03493836474293659, 0.10309688774799668},
            "lagu biasa dan kata mereka merah",
                    new double[] {0.817122979181043, 0.07019970213563212, 0.1126773186833248});

    @TempDir
    Path folder = Path.of("");

    private Path model = Path.of("");

    @BeforeEach
    void write() throws IOException {
        model = TinyCheckpoint.write(folder.resolve("model"), 1);
        OddCheckpoint.with(model, Map.of("loss_fct.weight", List.of(3L)));
        OddCheckpoint.header(model, header -> "{\"__metadata__\":null," + header.substring(1));
        OddCheckpoint.config(model, c -> {
            c.putArray("architectures").add("BertForMaskedLM");
            c.putObject("id2label").put("2", 2).put("0", 0).put("1", 1);
        });
    }

    @Test
    void itsProbabilitiesAreThoseOfTransformersAndWhatIsOddIsSaidOnce() throws IOException {
        Path data = Files.writeString(
                folder.resolve("data.csv"),
                "text,label\nfilm itu sangat bagus,0\nhotel ini kotor,1\nlagu biasa dan kata mereka merah,2\n");
        Path predictions = folder.resolve("p.csv");
        CommandLineTest.Result said = CommandLineTest.run(
                "evaluate", "--checkpoint", model, "--data", data, "--threads", 1, "--predictions", predictions);
        assertThat(said.status()).as(said.err()).isZero();
        List<String> rows = Files.readAllLines(predictions);
        assertThat(rows.getFirst()).endsWith("probability_0,probability_1,probability_2");
        assertThat(rows).hasSize(4);
        for (String row : rows.subList(1, 4)) {
            String[] fields = row.split(",", -1);
            double[] expected = PROBABILITIES.get(fields[1]);
            for (int c = 0; c < 3; c++) {
                assertThat(Double.parseDouble(fields[4 + c])).as(row).isCloseTo(expected[c], within(2e-5));
            }
        }
        assertThat(Arrays.stream(said.err().split("\n")).filter(l -> l.startsWith("note: ")))
                .hasSize(2)
                .anySatisfy(note -> assertThat(note).contains("BertForMaskedLM", "classifier.weight"))
                .anySatisfy(note -> assertThat(note).contains("loss_fct.weight", "ignored"));
    }

    @Test
    void inspectSaysWhatWasTakenHow() throws IOException {
        CommandLineTest.Result said = CommandLineTest.run("inspect", model, "--json");
        assertThat(said.status()).as(said.err()).isZero();
        var inspected = Json.MAPPER.readTree(said.out().lines().findFirst().orElseThrow());
        assertThat(inspected.path("notes")).hasSize(3); // the last is of the tokenizer
        assertThat(inspected.path("notes").path(0).asText()).contains("BertForMaskedLM");
        assertThat(CommandLineTest.run("inspect", model).out()).contains("note         config.json names");
    }
}
