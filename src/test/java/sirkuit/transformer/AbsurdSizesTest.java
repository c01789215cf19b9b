package sirkuit.transformer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sirkuit.Json;
import sirkuit.OddCheckpoint;
import sirkuit.Problem;
import sirkuit.TinyCheckpoint;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.transformer.family.Families;

/// Sizes that no model has cost neither time nor memory before they are refused.
class AbsurdSizesTest {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "num_hidden_layers, 1000000, num_hidden_layers = 1000000",
        "num_hidden_layers, 2147483647, num_hidden_layers",
        "num_hidden_layers, 9999, the layers 0 to 1 only",
        "num_hidden_layers, 100000000000000000000000, whole number",
        "num_hidden_layers, -1, positive whole number",
        "hidden_size, 2147483644, 2147483644",
        "vocab_size, 1000000000, 1000000000",
        "num_attention_heads, 1000000000, 1000000000 heads",
        "num_attention_heads, 0, positive whole number",
        "num_labels, 1000000000, the classifier has 3",
    })
    void aSizeThatNoModelHasIsToldAtOnce(String field, String value, String said) throws IOException {
        TinyCheckpoint.write(folder, 1);
        OddCheckpoint.config(folder, c -> {
            c.set(field, number(value));
            if (field.equals("num_labels")) {
                c.remove("id2label");
            }
        });
        refused(said);
    }

    @ParameterizedTest
    @CsvSource({
        "llama, head_dim, 2147483647, heads of size 2147483647",
        "llama, num_hidden_layers, 1000000, more layers",
        "gpt2, n_layer, 1000000, n_layer = 1000000",
        "gpt2, n_embd, 1000000000, 1000000000",
        "distilbert, n_layers, 1000000, n_layers = 1000000",
        "gemma3, num_hidden_layers, 1000000, more layers",
        "gemma3, _sliding_window_pattern, 0, positive whole number",
    })
    void theSameHoldsInOtherFamilies(String golden, String field, String value, String said) throws IOException {
        OddCheckpoint.config(OddCheckpoint.copyOf(golden, folder), c -> c.set(field, number(value)));
        refused(said);
    }

    private void refused(String said) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> assertThatThrownBy(() -> Families.spec(Checkpoint.open(folder)))
                        .isInstanceOf(Problem.class)
                        .hasMessageContaining(said));
    }

    private static com.fasterxml.jackson.databind.JsonNode number(String value) {
        try {
            return Json.MAPPER.readTree(value);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
