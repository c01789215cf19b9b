package sirkuit.transformer.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.checkpoint.CheckpointConfig;
import sirkuit.transformer.Rotary;
import sirkuit.transformer.TransformerSpec;
import sirkuit.transformer.TransformerSpec.Dropout.Point;

class ModernBertFamilyTest {
    private static final Path CONFIG = Path.of("src/test/resources/sirkuit/reference/modernbert/model/config.json");

    @TempDir
    Path folder;

    /// The config.json of the reference case, changed.
    private TransformerSpec specWith(Consumer<ObjectNode> change) throws IOException {
        ObjectNode config = (ObjectNode) Json.MAPPER.readTree(CONFIG.toFile());
        change.accept(config);
        Path file = folder.resolve("config.json");
        Json.MAPPER.writeValue(file.toFile(), config);
        return ModernBertFamily.spec(CheckpointConfig.read(file), new Purpose(false, List.of("a", "b"), List.of()));
    }

    @Test
    void aConfigurationOfTransformers4SaysTheSame() throws IOException {
        TransformerSpec now = specWith(c -> {});
        TransformerSpec before = specWith(c -> {
            c.remove(List.of("layer_types", "rope_parameters"));
            c.put("global_rope_theta", 160000.0).put("local_rope_theta", 10000.0);
        });
        assertThat(before).isEqualTo(now);
        assertThat(now.attention().windows()).containsExactly(0, 5, 5, 0);
        assertThat(now.attention().rotary()).extracting(Rotary::base).containsExactly(160e3, 10e3, 10e3, 160e3);
    }

    @Test
    void thetasOfTransformers4AreRead() throws IOException {
        TransformerSpec spec = specWith(c -> {
            c.remove(List.of("layer_types", "rope_parameters"));
            c.put("global_attn_every_n_layers", 2)
                    .put("global_rope_theta", 80000.0)
                    .put("local_rope_theta", 500.0);
        });
        assertThat(spec.attention().windows()).containsExactly(0, 5, 0, 5);
        assertThat(spec.attention().rotary()).extracting(Rotary::base).containsExactly(80e3, 500.0, 80e3, 500.0);
    }

    @Test
    void anUnknownPoolingIsRefusedByName() {
        assertThatThrownBy(() -> specWith(c -> c.put("classifier_pooling", "max")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("config.json")
                .hasMessageContaining("classifier_pooling")
                .hasMessageContaining("max");
    }

    @Test
    void eachDropoutGoesToItsPlace() throws IOException {
        TransformerSpec spec = specWith(c -> c.put("embedding_dropout", 0.1)
                .put("attention_dropout", 0.2)
                .put("mlp_dropout", 0.3)
                .put("classifier_dropout", 0.4));
        assertThat(spec.dropout())
                .isEqualTo(new TransformerSpec.Dropout(Map.of(
                        Point.EMBEDDING,
                        0.1,
                        Point.PATTERN,
                        0.2,
                        Point.ATTENTION,
                        0.2,
                        Point.INNER,
                        0.3,
                        Point.CLASSIFIER,
                        0.4)));
    }

    /// The embedding's, the final and the head's norm, one before each MLP, one before each attention but the first.
    @Test
    void normsAreCountedWhereTheyAre() throws IOException {
        assertThat(specWith(c -> {}).parametersOfNorms()).isEqualTo((3 + 4 + 3) * 32);
        assertThat(specWith(c -> c.put("norm_bias", true)).parametersOfNorms()).isEqualTo((3 + 4 + 3) * 64);
    }
}
