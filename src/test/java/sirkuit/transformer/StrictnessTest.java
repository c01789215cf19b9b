package sirkuit.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.Shared;
import sirkuit.TinyCheckpoint;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.transformer.family.Families;

/// What would change the numbers and is not implemented is refused by name, never passed over.
class StrictnessTest {
    @TempDir
    Path folder = Path.of("");

    private Path model = Path.of("");

    @BeforeEach
    void write() {
        model = TinyCheckpoint.write(folder.resolve("model"), 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "position_embedding_type | \"relative_key\"",
                "is_decoder | true",
                "add_cross_attention | true",
                "is_encoder_decoder | true",
                "quantization_config | {\"quant_method\": \"gptq\"}",
                "pruned_heads | {\"0\": [1]}",
                "problem_type | \"regression\"",
                "hidden_act | \"quick_gelu\"",
                "auto_map | {\"AutoModelForSequenceClassification\": \"modeling.Own\"}",
            })
    void aSettingThatIsNotImplementedIsNamed(String field, String value) throws IOException {
        set(model, field, value);
        refused(model, field);
    }

    /// What says in another way what is implemented anyway is no reason to refuse.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pruned_heads | {}",
                "is_decoder | false",
                "quantization_config | null",
                "chunk_size_feed_forward | 8",
                "use_cache | true",
                "torch_dtype | \"float32\"",
            })
    void whatChangesNothingIsLeftAlone(String field, String value) throws IOException {
        set(model, field, value);
        assertThat(Families.spec(Checkpoint.open(model)).layers()).isEqualTo(TinyCheckpoint.LAYERS);
    }

    @Test
    void layersThatTheConfigurationDoesNotHaveAreNotDropped() throws IOException {
        set(model, "num_hidden_layers", "1");
        assertThatThrownBy(() -> Families.spec(Checkpoint.open(model)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("encoder.layer.1.")
                .hasMessageContaining("num_hidden_layers = 1");
    }

    static Stream<String> goldenSettings() {
        return Stream.of(
                "gpt2|scale_attn_by_inverse_layer_idx|true",
                "gpt2|scale_attn_weights|false",
                "llama|partial_rotary_factor|0.5",
                "llama|num_key_value_heads|3",
                "llama|attention_bias|true",
                "llama|quantization_config|{\"quant_method\": \"awq\"}",
                "qwen3|layer_types|[\"linear_attention\", \"full_attention\", \"full_attention\"]",
                "gemma3|use_bidirectional_attention|true",
                "gemma2|use_bidirectional_attention|true",
                "qwen2|layer_types|[\"full_attention\"]",
                "gemma3|layer_types|[\"full_attention\", \"sliding_attention\"]",
                "llama|text_config|{\"model_type\": \"llama\"}",
                "llama|hidden_act|\"xielu\"",
                "gpt2|activation_function|\"quick_gelu\"",
                "gpt2|num_attention_heads|2",
                "gpt2|max_position_embeddings|32",
                "distilbert|hidden_size|64",
                "gpt2|n_layer|1");
    }

    @ParameterizedTest
    @MethodSource("goldenSettings")
    void theSameHoldsInOtherFamilies(String setting) throws IOException {
        String[] parts = setting.split("\\|");
        Path copy = folder.resolve(parts[0]);
        Files.createDirectories(copy);
        try (Stream<Path> files = Files.list(Shared.path("golden/" + parts[0] + "/model"))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        assertThat(Families.spec(Checkpoint.open(copy)).layers()).isPositive();
        set(copy, parts[1], parts[2]);
        refused(copy, parts[1]);
    }

    /// Biases that the configuration does not ask for are not left out of the sums.
    @Test
    void strayBiasesAreNamed() throws IOException {
        Path copy = Files.createDirectories(folder.resolve("stray"));
        try (Stream<Path> files = Files.list(Shared.path("golden/qwen2/model"))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        set(copy, "model_type", "\"llama\"");
        assertThatThrownBy(() -> Families.spec(Checkpoint.open(copy)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("_proj.bias")
                .hasMessageContaining("attention_bias = false");
    }

    private static void refused(Path checkpoint, String field) {
        assertThatThrownBy(() -> Families.spec(Checkpoint.open(checkpoint)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("config.json")
                .hasMessageContaining(field);
    }

    private static void set(Path checkpoint, String field, String value) throws IOException {
        Path config = checkpoint.resolve("config.json");
        ObjectNode root = (ObjectNode) Json.tree(config);
        root.set(field, Json.MAPPER.readTree(value));
        Files.writeString(config, Json.pretty(root));
    }
}
