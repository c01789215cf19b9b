package sirkuit.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.Shared;
import sirkuit.UsesEngine;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.tokenizer.TextTokenizer;
import sirkuit.checkpoint.tokenizer.TextTokenizer.Tokens;
import sirkuit.device.Backend;
import sirkuit.transformer.family.Families;

/// What fills shorter texts up changes nothing: alone or beside longer ones, whichever side the tokenizer names. The
/// expected numbers belong to tokenizer.json as it is, so the tokenizer is opened without the rules of its class.
@UsesEngine
class FillingTest {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bert",
                "roberta",
                "xlm-roberta",
                "distilbert",
                "gpt2",
                "llama",
                "mistral",
                "qwen2",
                "qwen2-verbalizer",
                "qwen3",
                "gemma2",
                "gemma3"
            })
    void aTextGivesTheSameLogitsAloneAndBesideOthers(String name) throws IOException {
        Path original = Shared.path("golden/" + name);
        JsonNode expected = Json.tree(original.resolve("expected.json"));
        for (String side : List.of("Left", "Right")) {
            Path model = filling(original.resolve("model"), side);
            compare(model, texts(expected), words(expected), expected.path("logits"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"modernbert", "modernbert-mean"})
    void theSameHoldsForTheProjectsOwnCases(String name) throws IOException {
        Path original = Path.of("src/test/resources/sirkuit/reference", name);
        JsonNode expected = Json.tree(original.resolve("expected.json"));
        compare(filling(original.resolve("model"), "Left"), texts(expected), List.of(), expected.path("logits"));
    }

    private static List<String> texts(JsonNode expected) {
        List<String> texts = new ArrayList<>();
        expected.path("texts").forEach(t -> texts.add(t.asText()));
        return texts;
    }

    private static List<Integer> words(JsonNode expected) {
        List<Integer> words = new ArrayList<>();
        expected.path("label_token_ids").forEach(id -> words.add(id.intValue()));
        return words;
    }

    private static void compare(Path folder, List<String> texts, List<Integer> words, JsonNode expected) {
        Checkpoint checkpoint = Checkpoint.open(folder);
        try (ProxyModel model = Families.load(checkpoint, List.of(), words, Backend.start("cpu", 2));
                TextTokenizer tokenizer = TextTokenizer.openFile(checkpoint, 20);
                NDManager manager = model.manager().newSubManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            List<Tokens> tokens = tokenizer.encode(texts);
            int classes = model.spec().classes();
            float[] together = logits(model, manager, tokens);
            for (int b = 0; b < texts.size(); b++) {
                float[] alone = logits(model, manager, List.of(tokens.get(b)));
                for (int c = 0; c < classes; c++) {
                    float reference = (float) expected.path(b).path(c).doubleValue();
                    assertThat(alone[c]).as(texts.get(b)).isCloseTo(reference, within(1e-4f));
                    assertThat(together[b * classes + c])
                            .as(texts.get(b) + " beside others")
                            .isCloseTo(alone[c], within(1e-5f));
                }
            }
            onlyFilling(model, manager, tokens.getLast());
        }
    }

    /// A text of nothing, or of nothing but pad tokens, beside another.
    private static void onlyFilling(ProxyModel model, NDManager manager, Tokens other) {
        int pad = model.spec().padToken();
        Tokens pads = new Tokens(new int[] {pad, pad, pad}, null, false);
        Tokens nothing = new Tokens(new int[0], null, false);
        float[] alone = logits(model, manager, List.of(other));
        for (Tokens odd : List.of(pads, nothing)) {
            float[] both = logits(model, manager, List.of(odd, other));
            for (int c = 0; c < alone.length; c++) {
                assertThat(both[c]).isFinite();
                assertThat(both[alone.length + c]).isCloseTo(alone[c], within(1e-5f));
            }
        }
        assertThatThrownBy(() -> LabelledTokens.of(List.of(nothing), new int[] {0}, model.spec()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("no tokens");
    }

    private static float[] logits(ProxyModel model, NDManager manager, List<Tokens> texts) {
        return ForwardPass.plain(model.network())
                .logits(TokenBatch.of(manager, texts, model.spec()))
                .toFloatArray();
    }

    /// A copy whose tokenizer says to fill up on a side, in both of its files.
    private Path filling(Path original, String side) throws IOException {
        Path copy = Files.createDirectories(folder.resolve(side));
        try (Stream<Path> files = Files.list(original)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        int pad = Json.tree(copy.resolve("config.json")).path("pad_token_id").intValue();
        ObjectNode tokenizer = (ObjectNode) Json.tree(copy.resolve("tokenizer.json"));
        tokenizer
                .putObject("padding")
                .put("direction", side)
                .putNull("pad_to_multiple_of")
                .put("pad_id", pad)
                .put("pad_type_id", 0)
                .put("pad_token", "[PAD]")
                .putObject("strategy")
                .put("Fixed", 18);
        Files.writeString(copy.resolve("tokenizer.json"), Json.pretty(tokenizer));
        ObjectNode settings = (ObjectNode) Json.tree(copy.resolve("tokenizer_config.json"));
        settings.put("padding_side", side.equals("Left") ? "left" : "right");
        Files.writeString(copy.resolve("tokenizer_config.json"), Json.pretty(settings));
        return copy;
    }
}
