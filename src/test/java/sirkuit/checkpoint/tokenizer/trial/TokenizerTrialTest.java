package sirkuit.checkpoint.tokenizer.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesProcess;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.tokenizer.TextTokenizer;

/// Tokenizers that end the process they are opened in, or never come back: here another process than ours.
@UsesProcess
class TokenizerTrialTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeCheckpoint() {
        TinyCheckpoint.write(folder, 1);
    }

    private void change(Consumer<ObjectNode> edit) throws IOException {
        Path file = folder.resolve("tokenizer.json");
        ObjectNode tokenizer = (ObjectNode) Json.tree(file);
        ObjectNode before = tokenizer.deepCopy();
        edit.accept(tokenizer);
        assertThat(tokenizer).isNotEqualTo(before);
        Files.writeString(file, Json.line(tokenizer));
    }

    private static ObjectNode node(String json) {
        try {
            return (ObjectNode) Json.MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// Not rebuilt by a class, so that the file's own parts reach the library.
    private void asItIs() throws IOException {
        Files.writeString(
                folder.resolve("tokenizer_config.json"), "{\"tokenizer_class\": \"PreTrainedTokenizerFast\"}");
    }

    private void refused(String... words) {
        assertThatThrownBy(() -> TextTokenizer.open(Checkpoint.open(folder), 16))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(folder.resolve("tokenizer.json").toString())
                .hasMessageContainingAll(words);
    }

    @Test
    void aRegularExpressionThatNeverEndsIsRefused() throws IOException {
        asItIs();
        change(t -> t.set(
                "pre_tokenizer",
                node("{\"type\": \"Split\", \"pattern\": {\"Regex\": \"(a+)+$|(\\\\w+\\\\s?)+$\"}, \"behavior\":"
                        + " \"Isolated\", \"invert\": false}")));
        refused("cannot be used");
    }

    @Test
    void aBrokenTableOfCharactersIsRefused() throws IOException {
        asItIs();
        String table = Base64.getEncoder().encodeToString(new byte[] {8, 0, 0, 0, -1, -1, -1, -1, -1, -1, -1, -1});
        change(t -> t.putObject("normalizer").put("type", "Precompiled").put("precompiled_charsmap", table));
        refused("cannot be used");
    }

    @Test
    void aSpecialTokenThatIsNowhereIsRefused() throws IOException {
        asItIs();
        change(t -> t.set(
                "post_processor",
                node("{\"type\": \"TemplateProcessing\", \"single\": [{\"SpecialToken\": {\"id\": \"[NOWHERE]\","
                        + " \"type_id\": 0}}, {\"Sequence\": {\"id\": \"A\", \"type_id\": 0}}], \"pair\": [{\"Sequence\":"
                        + " {\"id\": \"A\", \"type_id\": 0}}, {\"Sequence\": {\"id\": \"B\", \"type_id\": 1}}],"
                        + " \"special_tokens\": {}}")));
        refused("cannot be used");
    }

    @Test
    void aStrideThatIsTooLongHasNoEffect() throws IOException {
        List<String> texts = List.of("film itu sangat bagus dan indah");
        int[] plain;
        try (TextTokenizer tokenizer = TextTokenizer.open(Checkpoint.open(folder), 5)) {
            plain = tokenizer.encode(texts).getFirst().ids();
        }
        change(t -> t.set(
                "truncation",
                node("{\"direction\": \"Right\", \"max_length\": 5, \"strategy\": \"LongestFirst\", \"stride\": 64}")));
        try (TextTokenizer tokenizer = TextTokenizer.open(Checkpoint.open(folder), 5)) {
            assertThat(tokenizer.encode(texts).getFirst().ids()).containsExactly(plain);
        }
    }

    @Test
    void whatTakesAllMemoryOrNeverComesBackIsStopped() throws IOException {
        asItIs();
        String one = "{\"type\": \"Replace\", \"pattern\": {\"String\": \"a\"}, \"content\": \"aaaaaaaa\"}";
        change(t -> t.set(
                "normalizer",
                node("{\"type\": \"Sequence\", \"normalizers\": ["
                        + String.join(", ", java.util.Collections.nCopies(12, one)) + "]}")));
        refused("cannot be used"); // and the test comes to its end
    }

    @ParameterizedTest
    @CsvSource({"added_tokens.json, [1]", "special_tokens_map.json, []", "tokenizer_config.json, 7"})
    void filesThatAreNoObjectsAreNamed(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
        assertThatThrownBy(() -> TextTokenizer.open(Checkpoint.open(folder), 16))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(folder.resolve(name).toString());
    }

    private static final TokenizerTrial.Limits HALF_A_SECOND_OF_WORK =
            new TokenizerTrial.Limits(Duration.ofMillis(500), Duration.ofMinutes(5));

    /// A trial by a program of the system's, which keeps what it remembers in this test's folder.
    private TokenizerTrial trial(String... command) {
        return new TokenizerTrial(List.of(command), HALF_A_SECOND_OF_WORK, () -> folder.resolve("remembered"));
    }

    private TokenizerTrial shell(String script) {
        return trial("sh", "-c", "cat > /dev/null; " + script);
    }

    private static final String GOOD = "echo " + TokenizerProbe.GOOD;

    private void notTried(TokenizerTrial trial, String why) {
        assertThatThrownBy(() -> trial.pass(folder.resolve("tokenizer.json"), "{}"))
                .isInstanceOf(Problem.class)
                .hasMessageContainingAll(folder.resolve("tokenizer.json") + " could not be tried", why);
        assertThat(folder.resolve("remembered")).doesNotExist();
    }

    @Test
    void whatCouldNotBeTriedIsNotRememberedAsPassed() {
        TokenizerTrial trial = trial(folder.resolve("no-such-program").toString());
        notTried(trial, "no process can be started");
        notTried(trial, "no process can be started"); // nor by this very process
        notTried(shell("echo no room; exit " + TokenizerProbe.NOT_TRIED), "no room");
    }

    @Test
    void whatPassedIsNotTriedASecondTime() throws IOException {
        Path log = folder.resolve("starts.txt");
        String counted = "echo started >> '" + log + "'; ";
        shell(counted + GOOD).pass(folder.resolve("tokenizer.json"), "{}");
        TokenizerTrial another = shell(counted + "exit 1"); // as another process would
        another.pass(folder.resolve("tokenizer.json"), "{}");
        another.pass(folder.resolve("tokenizer.json"), "{}");
        assertThat(Files.readAllLines(log)).hasSize(1);
        assertThatThrownBy(() -> another.pass(folder.resolve("tokenizer.json"), "{ }"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("crashes on it");
        assertThat(Files.readAllLines(log)).hasSize(2);
    }

    @Test
    void aTrialThatOnlyWaitsIsNotRefusedAndOneThatWorksForLongIs() {
        shell("sleep 1; " + GOOD).pass(folder.resolve("tokenizer.json"), "{}");
        TokenizerTrial busy = trial("sh", "-c", "cat > /dev/null; while :; do :; done");
        assertThatThrownBy(() -> busy.pass(folder.resolve("tokenizer.json"), "{ }"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("needs more than");
    }

    @Test
    void theOldestThatPassedMakeRoomForNewOnes() throws IOException {
        Path remembered = Files.createDirectory(folder.resolve("remembered"));
        for (int i = 0; i < 1000; i++) {
            Path mark = Files.createFile(remembered.resolve("digest" + i));
            Files.setLastModifiedTime(mark, FileTime.fromMillis(1_000_000L + (i == 700 ? 0 : i + 1)));
        }
        shell(GOOD).pass(folder.resolve("tokenizer.json"), "{}");
        assertThat(remembered.resolve("digest700")).doesNotExist();
        assertThat(remembered.resolve("digest0")).exists();
        try (var all = Files.list(remembered)) {
            assertThat(all.count()).isEqualTo(1000);
        }
    }

    @Test
    void theTextsOfATrialHoldWhatTheFileLooksForAsItIsMeant() {
        assertThat(TokenizerProbe.probes("{\"content\": \"\\u2581x\", \"String\": \"a\\\"b\"}")
                        .getLast())
                .isEqualTo("\u2581x \u2581xa\"b a\"b");
    }
}
