package sirkuit.transformer.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sirkuit.Bases;
import sirkuit.OddCheckpoint;
import sirkuit.Problem;
import sirkuit.Shared;
import sirkuit.TinyCheckpoint;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.transformer.family.BaseModel.Fill;
import sirkuit.transformer.family.BaseModel.Fresh;

/// What a classifier takes from a base model and what is new in it. The classifiers that transformers saved say what
/// must come out (`../shared/golden`).
class BaseModelTest {
    private static final List<String> THREE = List.of("a", "b", "c");

    @TempDir
    Path folder = Path.of("");

    private BaseModel read() {
        return BaseModel.of(Checkpoint.open(folder), THREE);
    }

    private static Map<String, List<Long>> shapes(BaseModel model, Checkpoint from) {
        Map<String, List<Long>> shapes = new TreeMap<>();
        model.kept()
                .forEach((name, stored) ->
                        shapes.put(name, from.weights().info(stored).shape()));
        model.fresh().forEach(tensor -> shapes.put(tensor.name(), tensor.shape()));
        return shapes;
    }

    private static Map<String, List<Long>> shapes(Checkpoint of) {
        Map<String, List<Long>> shapes = new TreeMap<>();
        of.weights().tensors().values().forEach(t -> shapes.put(t.name(), t.shape()));
        return shapes;
    }

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
                "qwen3",
                "gemma2",
                "gemma3"
            })
    void aBaseBecomesTheClassifierThatTransformersHas(String golden) throws IOException {
        Checkpoint wanted = Checkpoint.open(Shared.path("golden/" + golden + "/model"));
        for (boolean bare : new boolean[] {false, true}) {
            Path at = folder.resolve(bare ? "bare" : "base");
            Checkpoint base = Checkpoint.open(bare ? Bases.bare(golden, at) : Bases.of(golden, at));
            BaseModel model = BaseModel.of(base, THREE);
            assertThat(shapes(model, base)).isEqualTo(shapes(wanted));
            assertThat(model.architecture())
                    .isEqualTo(wanted.config().architecture().orElseThrow());
            assertThat(model.initializerRange()).isEqualTo(0.02);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bert, bert.pooler.dense.weight bert.pooler.dense.bias classifier.weight classifier.bias",
        "roberta, classifier.dense.weight classifier.dense.bias classifier.out_proj.weight classifier.out_proj.bias",
        "distilbert, pre_classifier.weight pre_classifier.bias classifier.weight classifier.bias",
        "gpt2, score.weight",
        "llama, score.weight"
    })
    void weightsAreRandomAndBiasesZero(String golden, String names) throws IOException {
        BaseModel model = BaseModel.of(Checkpoint.open(Bases.of(golden, folder)), THREE);
        assertThat(model.fresh()).extracting(Fresh::name).containsExactly(names.split(" "));
        model.fresh().forEach(tensor -> assertThat(tensor.fill())
                .as(tensor.name())
                .isEqualTo(tensor.name().endsWith("bias") ? Fill.ZEROS : Fill.NORMAL));
        assertThat(model.decoder()).isEqualTo(names.equals("score.weight"));
    }

    @Test
    void aPoolerThatIsThereIsKept() throws IOException {
        Bases.tiny(folder, 1);
        assertThat(read().kept()).containsEntry("bert.pooler.dense.weight", "bert.pooler.dense.weight");
        assertThat(read().fresh()).extracting(Fresh::name).containsExactly("classifier.weight", "classifier.bias");
    }

    @Test
    void modernBertKeepsTheHeadOfItsLanguageModelAndGetsAClassifier() throws IOException {
        Path saved = Path.of("src/test/resources/sirkuit/reference/modernbert/model");
        Path base = folder.resolve("base");
        copy(saved, base);
        OddCheckpoint.renamed(base, name -> name.startsWith("classifier") ? "" : name);
        BaseModel model = BaseModel.of(Checkpoint.open(base), THREE);
        assertThat(model.kept()).containsKeys("head.dense.weight", "head.norm.weight");
        assertThat(model.fresh()).extracting(Fresh::name).containsExactly("classifier.weight", "classifier.bias");
        OddCheckpoint.renamed(base, name -> name.startsWith("head.") ? "" : name.replaceFirst("^model\\.", ""));
        BaseModel bare = BaseModel.of(Checkpoint.open(base), THREE);
        assertThat(shapes(bare, Checkpoint.open(base))).isEqualTo(shapes(Checkpoint.open(saved)));
        Map<String, Fill> fills = new HashMap<>();
        bare.fresh().forEach(tensor -> fills.put(tensor.name(), tensor.fill()));
        assertThat(fills).containsEntry("head.norm.weight", Fill.ONES).containsEntry("head.dense.weight", Fill.NORMAL);
    }

    private static void copy(Path from, Path to) throws IOException {
        java.nio.file.Files.createDirectories(to);
        for (String name : List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json")) {
            java.nio.file.Files.copy(from.resolve(name), to.resolve(name));
        }
    }

    @Test
    void headsOfPretrainingAreLeftOut() throws IOException {
        Bases.tiny(folder, 1);
        OddCheckpoint.with(
                folder,
                Map.of(
                        "cls.predictions.bias", List.of(29L),
                        "cls.predictions.decoder.weight", List.of(29L, 16L),
                        "cls.seq_relationship.weight", List.of(2L, 16L),
                        "bert.embeddings.position_ids", List.of(1L, 24L)));
        assertThat(read().kept().keySet()).noneMatch(name -> name.startsWith("cls.") || name.contains("position_ids"));
    }

    @Test
    void theOutputOfALanguageModelIsLeftOut() throws IOException {
        Bases.of("llama", folder);
        OddCheckpoint.with(folder, Map.of("lm_head.weight", List.of(420L, 32L)));
        assertThat(read().kept()).doesNotContainKey("lm_head.weight");
        assertThat(read().fresh()).extracting(Fresh::name).containsExactly("score.weight");
    }

    @Test
    void normsByTheirOldNamesGetTheNewOnes() throws IOException {
        Bases.tiny(folder, 1);
        OddCheckpoint.renamed(folder, name -> name.replace("LayerNorm.weight", "LayerNorm.gamma")
                .replace("LayerNorm.bias", "LayerNorm.beta"));
        assertThat(read().kept())
                .containsEntry("bert.embeddings.LayerNorm.weight", "bert.embeddings.LayerNorm.gamma")
                .containsEntry("bert.embeddings.LayerNorm.bias", "bert.embeddings.LayerNorm.beta");
    }

    @Test
    void aClassifierIsNoBase() {
        TinyCheckpoint.write(folder, 1);
        assertThatThrownBy(this::read)
                .isInstanceOf(Problem.class)
                .hasMessageContaining("already has a classifier (\"classifier.weight\")")
                .hasMessageContaining("negative, neutral, positive")
                .hasMessageContaining("sirkuit tune --baseline full --checkpoint " + folder);
    }

    @ParameterizedTest
    @CsvSource({"classifier, token classification", "qa_outputs, answers questions"})
    void theHeadOfAnotherTaskIsRefusedWithARemedy(String head, String what) throws IOException {
        OddCheckpoint.renamed(
                OddCheckpoint.copyOf("roberta", folder),
                name -> name.startsWith("classifier.dense") ? "" : name.replace("classifier.out_proj", head));
        assertThatThrownBy(this::read)
                .isInstanceOf(Problem.class)
                .hasMessageContaining(what)
                .hasMessageContaining("Choose the base model that it was made from");
    }

    @Test
    void aFamilyThatIsNotSupportedIsRefused() throws IOException {
        Bases.tiny(folder, 1);
        OddCheckpoint.config(folder, c -> c.put("model_type", "electra"));
        assertThatThrownBy(this::read).isInstanceOf(Problem.class).hasMessageContaining("\"electra\" is not supported");
    }

    @Test
    void aBaseThatLacksAWeightIsRefusedByItsOwnName() throws IOException {
        Bases.tiny(folder, 1);
        OddCheckpoint.renamed(folder, name -> name.equals("bert.encoder.layer.1.output.dense.weight") ? "" : name);
        assertThatThrownBy(this::read)
                .isInstanceOf(Problem.class)
                .hasMessageContaining("bert.encoder.layer.1.output.dense.weight")
                .hasMessageContaining(folder.resolve("model.safetensors").toString());
    }
}
