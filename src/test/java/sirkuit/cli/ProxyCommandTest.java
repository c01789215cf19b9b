package sirkuit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Bases;
import sirkuit.Json;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesProcess;

/// What `sirkuit proxy` says.
@UsesProcess
class ProxyCommandTest {
    @TempDir
    Path folder = Path.of("");

    private Path base = Path.of("");

    @BeforeEach
    void write() throws IOException {
        base = Bases.tiny(folder.resolve("base"), 1);
        for (Map.Entry<String, Integer> file :
                Map.of("train", 120, "valid", 30, "test", 60).entrySet()) {
            TinyCheckpoint.writeTexts(
                    folder.resolve(file.getKey() + ".csv"),
                    file.getValue(),
                    file.getKey().length());
        }
    }

    private CommandLineTest.Result proxy(Object... more) {
        List<Object> words = new ArrayList<>(List.of("proxy", "--base", base, "--train", folder.resolve("train.csv")));
        words.addAll(List.of("--test", folder.resolve("test.csv"), "--max-length", 16, "--threads", 1));
        words.addAll(Arrays.asList(more));
        if (!words.contains("--out")) {
            words.addAll(List.of("--out", folder.resolve("out")));
        }
        return CommandLineTest.run(words.toArray());
    }

    @Test
    void theResultNamesTheKeptEpochAndBothAccuracies() throws IOException {
        CommandLineTest.Result made =
                proxy("--valid", folder.resolve("valid.csv"), "--epochs", 6, "--learning-rate", 5e-3, "--json");
        assertThat(made.status()).as(made.err()).isZero();
        JsonNode result = Json.MAPPER.readTree(made.out());
        assertThat(result.path("checkpoint").asText())
                .isEqualTo(folder.resolve("out").toString());
        assertThat(result.path("base").asText()).isEqualTo(base.toString());
        assertThat(result.path("labels"))
                .extracting(JsonNode::asText)
                .containsExactly("negative", "neutral", "positive");
        int kept = result.path("keptStep").asInt();
        assertThat(result.path("steps").asInt()).isEqualTo(48);
        assertThat(kept % 8).as("evaluated after each epoch of eight steps").isZero();
        assertThat(result.path("keptEpoch").asDouble()).isEqualTo(kept / 8.0);
        assertThat(made.err()).contains("step    0  valid ").doesNotContain("target: target", "step    8  target");
        for (String texts : List.of("valid", "test")) {
            CommandLineTest.Result evaluated = CommandLineTest.run(
                    "evaluate",
                    "--checkpoint",
                    folder.resolve("out"),
                    "--data",
                    folder.resolve(texts + ".csv"),
                    "--max-length",
                    16,
                    "--json");
            assertThat(Json.MAPPER.readTree(evaluated.out()).path("accuracy"))
                    .as(texts)
                    .isEqualTo(result.at("/" + texts + "/accuracy"));
        }
    }

    @Test
    void withoutAValidFileAFifthOfTheTrainingTextsIsKeptAside() {
        CommandLineTest.Result made = proxy("--epochs", 1, "--learning-rate", 5e-3);
        assertThat(made.status()).as(made.err()).isZero();
        assertThat(made.err()).contains("24 of the 120 training texts", "are kept aside");
        assertThat(made.out())
                .contains("kept step", ": valid ", " test ", "checkpoint: " + folder.resolve("out"))
                .contains("sirkuit score --checkpoint " + folder.resolve("out"));
    }

    @Test
    void theCardsCommandIsWhatTheCommandTakes() throws IOException {
        assertThat(proxy("--epochs", 1, "--warmup", 0).status()).isZero();
        String card = Files.readString(folder.resolve("out/README.md"));
        String command = card.lines()
                .dropWhile(line -> !line.strip().startsWith("sirkuit proxy"))
                .takeWhile(line -> !line.isBlank())
                .map(line -> line.replace("\\", "").strip())
                .reduce("", (a, b) -> a + " " + b)
                .strip();
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.removeFirst();
        assertThat(new picocli.CommandLine(new Main())
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .parseArgs(words.toArray(String[]::new))
                        .subcommand()
                        .matchedOptionValue("--warmup", 1.0))
                .isZero();
    }

    @Test
    void textsInTwoFilesAreNoted() throws IOException {
        Files.copy(folder.resolve("train.csv"), folder.resolve("same.csv"));
        CommandLineTest.Result made = proxy("--epochs", 1, "--valid", folder.resolve("same.csv"));
        assertThat(made.status()).as(made.err()).isZero();
        assertThat(made.err()).contains("120 of the 120 texts in " + folder.resolve("same.csv"));
    }

    private static void assertRefused(CommandLineTest.Result refused, String... what) {
        assertThat(refused.status()).as(refused.err()).isEqualTo(2);
        assertThat(refused.err()).contains(what);
    }

    @Test
    void aFolderThatExistsIsRefused() throws IOException {
        Files.createDirectories(folder.resolve("out/mine"));
        assertRefused(proxy(), folder.resolve("out") + " already exists", "Name a new folder");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertRefused(CommandLineTest.run("proxy", "--out", folder.resolve("out")), "--base");
        assertRefused(CommandLineTest.run("proxy", "--resume", folder), "no proxy that was begun");
        assertRefused(
                CommandLineTest.run("proxy", "--resume", folder, "--epochs", 3),
                "--epochs cannot be given with --resume");
    }

    /// What the remedy says has been tried: the command it names makes a checkpoint that the refused command takes.
    @Test
    void whereABaseIsRefusedTheRemedyWorks() {
        CommandLineTest.Result refused =
                CommandLineTest.run("evaluate", "--checkpoint", base, "--data", folder.resolve("test.csv"));
        assertRefused(
                refused,
                "base model",
                "sirkuit proxy --base " + base + " --train FILE --valid FILE --test FILE --out DIR");
        assertThat(proxy("--epochs", 1).status()).isZero();
        assertThat(CommandLineTest.run(
                                "evaluate", "--checkpoint", folder.resolve("out"), "--data", folder.resolve("test.csv"))
                        .status())
                .isZero();
    }

    @Test
    void aClassifierIsSentToTune() {
        base = TinyCheckpoint.write(folder.resolve("classifier"), 1);
        assertRefused(proxy(), "already has a classifier", "sirkuit tune --baseline full --checkpoint " + base);
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
