package sirkuit.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.Shared;
import sirkuit.UsesEngine;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.ElementType;
import sirkuit.checkpoint.SafetensorsWriter;
import sirkuit.checkpoint.TensorInfo;
import sirkuit.checkpoint.tokenizer.TextTokenizer;
import sirkuit.checkpoint.tokenizer.TextTokenizer.Tokens;
import sirkuit.device.Backend;
import sirkuit.transformer.family.Families;

/// Corner cases of the shared cases' checkpoints, as transformers computes them
/// (`src/test/python/make_logits_reference.py`).
@UsesEngine
class LogitsReferenceTest {
    private static final String TOKENS = "model.embed_tokens.weight";

    @TempDir
    Path folder = Path.of("");

    static Stream<JsonNode> cases(String kind) throws IOException {
        try (InputStream in = LogitsReferenceTest.class.getResourceAsStream("logits.json")) {
            JsonNode cases = Json.MAPPER.readTree(Objects.requireNonNull(in)).path(kind);
            return StreamSupport.stream(cases.spliterator(), false);
        }
    }

    static Stream<JsonNode> holdingPad() throws IOException {
        return cases("holding pad");
    }

    static Stream<JsonNode> ownOutput() throws IOException {
        return cases("own output");
    }

    /// RoBERTa counts positions by what is not the pad token; the others count every token.
    @ParameterizedTest
    @MethodSource("holdingPad")
    void aTextThatHoldsThePadTokenIsReadAsTransformersReadsIt(JsonNode which) {
        Path model = Shared.path("golden/" + which.path("case").asText() + "/model");
        List<String> texts = new ArrayList<>();
        which.path("texts").forEach(t -> texts.add(t.asText()));
        assertLogits(model, List.of(), texts, which);
    }

    /// An output embedding that the file holds is read, whatever the configuration says of sharing.
    @ParameterizedTest
    @MethodSource("ownOutput")
    void anOutputEmbeddingOfItsOwnIsRead(JsonNode which) throws IOException {
        Path model = copy(which.path("case").asText());
        addOutputEmbedding(model);
        tie(model, which.path("tie_word_embeddings"));
        List<Integer> words = new ArrayList<>();
        which.path("words").forEach(w -> words.add(w.intValue()));
        assertLogits(model, words, List.of(which.path("text").asText()), which);
    }

    @Test
    void anOutputEmbeddingThatIsNeitherThereNorSharedIsMissed() throws IOException {
        Path model = copy("qwen2-verbalizer");
        tie(model, Json.MAPPER.readTree("false"));
        assertThatThrownBy(() -> Families.spec(Checkpoint.open(model)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("tie_word_embeddings = false")
                .hasMessageContaining("lm_head.weight");
    }

    private static void assertLogits(Path folder, List<Integer> words, List<String> texts, JsonNode which) {
        Checkpoint checkpoint = Checkpoint.open(folder);
        try (ProxyModel model = Families.load(checkpoint, List.of(), words, Backend.start("cpu", 2));
                TextTokenizer tokenizer = TextTokenizer.open(checkpoint, 20);
                NDManager manager = model.manager().newSubManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            List<Tokens> tokens = tokenizer.encode(texts);
            float[] together = logits(model, TokenBatch.of(manager, tokens, model.spec()));
            for (int b = 0; b < texts.size(); b++) {
                float[] alone = logits(model, TokenBatch.of(manager, List.of(tokens.get(b)), model.spec()));
                for (int c = 0; c < alone.length; c++) {
                    double expected = which.path("logits").path(b).path(c).doubleValue();
                    assertThat(alone[c]).as(texts.get(b)).isCloseTo((float) expected, within(1e-5f));
                    assertThat(together[b * alone.length + c])
                            .as(texts.get(b) + " beside others")
                            .isCloseTo((float) expected, within(1e-5f));
                }
            }
        }
    }

    private static float[] logits(ProxyModel model, TokenBatch batch) {
        return ForwardPass.plain(model.network()).logits(batch).toFloatArray();
    }

    private Path copy(String name) throws IOException {
        Path copy = Files.createDirectories(folder.resolve(name));
        try (Stream<Path> files = Files.list(Shared.path("golden/" + name + "/model"))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    private static void tie(Path model, JsonNode value) throws IOException {
        Path config = model.resolve("config.json");
        ObjectNode root = (ObjectNode) Json.tree(config);
        root.set("tie_word_embeddings", value);
        Files.writeString(config, Json.pretty(root));
    }

    /// Twice the embedding of the tokens, plus 0.1: what the reference has.
    private static void addOutputEmbedding(Path model) {
        Checkpoint before = Checkpoint.open(model);
        List<TensorInfo> tensors = new ArrayList<>(before.weights().tensors().values());
        TensorInfo tokens = before.weights().info(TOKENS);
        tensors.add(new TensorInfo("lm_head.weight", ElementType.F32, tokens.shape(), 0, tokens.bytes()));
        Path file = model.resolve("with-output.safetensors");
        SafetensorsWriter.write(file, tensors, Map.of("format", "pt"), t -> {
            if (!t.name().equals("lm_head.weight")) {
                return before.weights().bytes(t.name());
            }
            ByteBuffer in = before.weights().bytes(TOKENS).order(ByteOrder.LITTLE_ENDIAN);
            ByteBuffer out = ByteBuffer.allocate(in.remaining()).order(ByteOrder.LITTLE_ENDIAN);
            while (in.hasRemaining()) {
                out.putFloat(in.getFloat() * 2 + 0.1f);
            }
            return out.flip();
        });
        try {
            Files.move(file, model.resolve("model.safetensors"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
