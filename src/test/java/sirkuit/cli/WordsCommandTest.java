package sirkuit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesProcess;

/// `sirkuit words`.
@UsesProcess
class WordsCommandTest {
    @TempDir
    Path folder = Path.of("");

    private static CommandLineTest.Result made(Object... words) {
        return CommandLineTest.run(words);
    }

    @Test
    void aTextsWordsAreWeighedInTwoCheckpointsTowardTheSameClass() throws IOException {
        Path one = TinyCheckpoint.write(folder.resolve("one"), 1);
        Path two = TinyCheckpoint.write(folder.resolve("two"), 2);
        CommandLineTest.Result json = made(
                "words",
                "--checkpoint",
                one,
                "--beside",
                two,
                "--class",
                "neutral",
                "--leave-one-out",
                "--json",
                "film itu bagus");
        assertThat(json.status()).as(json.err()).isZero();
        JsonNode found = Json.MAPPER.readTree(json.out());
        for (String which : new String[] {"checkpoint", "beside"}) {
            JsonNode answer = found.path(which);
            assertThat(answer.path("labels").get(answer.path("label").asInt()).asText())
                    .isEqualTo("neutral");
            assertThat(answer.path("words").findValuesAsText("text")).containsExactly("film", "itu", "bagus");
            CommandLineTest.Result shorter = made(
                    "words",
                    "--checkpoint",
                    which.equals("beside") ? two : one,
                    "--class",
                    "neutral",
                    "--json",
                    "film bagus");
            double without = Json.MAPPER
                    .readTree(shorter.out())
                    .path("checkpoint")
                    .path("margin")
                    .asDouble();
            assertThat(answer.path("words").get(1).path("leftOut").asDouble())
                    .isCloseTo(answer.path("margin").asDouble() - without, within(1e-4));
        }
        CommandLineTest.Result table = made("words", "--checkpoint", one, "--beside", two, "film itu bagus");
        assertThat(table.out()).contains("checkpoint: ", "beside: ", "gradient x input", "change", "(other tokens)");
        assertThat(table.out().lines().filter(l -> l.strip().matches("bagus( +[+-]\\d\\.\\d{4}){3}")))
                .hasSize(1);
    }

    @Test
    void whatIsMissingIsSaid() {
        Path model = TinyCheckpoint.write(folder.resolve("model"), 1);
        CommandLineTest.Result none = made("words", "--checkpoint", model, "--class", "good", "film");
        assertThat(none.status()).isEqualTo(2);
        assertThat(none.err()).contains("no class \"good\"", "negative, neutral, positive");
        Path mask = folder.resolve("mask.json");
        made("mask", "--checkpoint", model, "--heads", "0.3", "--out", mask);
        CommandLineTest.Result meanless = made("words", "--checkpoint", model, "--mask", mask, "film");
        assertThat(meanless.status()).isEqualTo(2);
        assertThat(meanless.err()).contains("--mask needs texts", "--data FILE");
    }
}
