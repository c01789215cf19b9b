package sirkuit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.TinyCheckpoint;
import sirkuit.project.RunFolder;

/// What `sirkuit tune` says.
class TuneCommandTest {
    @TempDir
    Path folder = Path.of("");

    private Path model = Path.of("");
    private Path train = Path.of("");
    private Path target = Path.of("");
    private Path source = Path.of("");

    @BeforeEach
    void write() {
        model = TinyCheckpoint.write(folder.resolve("model"), 1);
        train = TinyCheckpoint.writeTexts(folder.resolve("train.csv"), 60, 2);
        target = TinyCheckpoint.writeTexts(folder.resolve("target.csv"), 60, 3);
        source = TinyCheckpoint.writeTexts(folder.resolve("source.csv"), 60, 4);
    }

    private CommandLineTest.Result tune(Object... more) {
        List<Object> words = new ArrayList<>(List.of("tune", "--checkpoint", model, "--train", train));
        words.addAll(List.of("--source-eval", source, "--max-length", 16));
        words.addAll(Arrays.asList(more));
        if (!words.contains("--target-eval")) {
            words.addAll(List.of("--target-eval", target));
        }
        if (!words.contains("--out")) {
            words.addAll(List.of("--out", folder.resolve("run")));
        }
        if (!words.contains("--mask") && !words.contains("--baseline")) {
            words.addAll(List.of("--baseline", "all-heads"));
        }
        return CommandLineTest.run(words.toArray());
    }

    @Test
    void withPatienceTheResultIsThatOfTheStepThatWasKept() throws JsonProcessingException {
        CommandLineTest.Result tuned = tune("--learning-rate", 0.3, "--patience", 2, "--epochs", 30, "--json");
        assertThat(tuned.status()).as(tuned.err()).isZero();
        JsonNode result = Json.MAPPER.readTree(tuned.out());
        int kept = result.path("keptStep").intValue();
        assertThat(kept).isLessThan(result.path("steps").intValue());
        assertThat(result.path("name").textValue()).isEqualTo("run");
        assertThat(result.path("run").textValue())
                .isEqualTo(folder.resolve("run").toString());
        assertThat(result.path("trainableParameters").longValue()).isPositive();
        assertThat(result.path("seconds").doubleValue()).isPositive();
        double before = result.at("/before/source/accuracy").doubleValue();
        double after = result.at("/after/source/accuracy").doubleValue();
        assertThat(result.path("forgetting").doubleValue()).isEqualTo(100 * (before - after), within(1e-9));
        String adapted = result.path("adapted").textValue();
        for (String texts : new String[] {"target", "source"}) {
            CommandLineTest.Result evaluated = CommandLineTest.run(
                    "evaluate",
                    "--checkpoint",
                    adapted,
                    "--data",
                    folder.resolve(texts + ".csv"),
                    "--max-length",
                    16,
                    "--json");
            JsonNode quality = Json.MAPPER.readTree(evaluated.out());
            for (String number : new String[] {"accuracy", "macroF1"}) {
                assertThat(result.at("/after/" + texts + "/" + number))
                        .as(texts + " " + number)
                        .isEqualTo(quality.path(number));
            }
        }
        String written = new RunFolder(folder.resolve("run"))
                .eventLines().stream()
                        .filter(l -> l.contains("\"type\":\"written\""))
                        .findFirst()
                        .orElseThrow();
        assertThat(Json.MAPPER.readTree(written).path("step").intValue()).isEqualTo(kept);
        assertThat(Json.MAPPER.readTree(written).at("/target/accuracy")).isEqualTo(result.at("/after/target/accuracy"));
    }

    @Test
    void theSummaryNamesTheStepThatWasKept() {
        CommandLineTest.Result tuned = tune("--learning-rate", 0.3, "--patience", 2, "--epochs", 30);
        assertThat(tuned.out())
                .containsPattern("kept the values of step \\d+ of \\d+")
                .contains("target", "source", "forgotten", "adapted checkpoint: ");
    }
}
