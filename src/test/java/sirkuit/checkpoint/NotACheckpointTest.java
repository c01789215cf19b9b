package sirkuit.checkpoint;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesProcess;

/// Folders and files that are something else are called by their names, with a remedy that was tried.
class NotACheckpointTest {
    @TempDir
    Path folder = Path.of("");

    private Path put(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static void refused(Path place, String... said) {
        assertThatThrownBy(() -> Checkpoint.open(place))
                .isInstanceOf(Problem.class)
                .satisfies(e -> org.assertj.core.api.Assertions.assertThat(e.getMessage())
                        .contains(said));
    }

    @Test
    void anAdapterNamesItsBaseAndHowToMergeIt() throws IOException {
        put(
                "adapter_config.json",
                "{\"peft_type\": \"LORA\", \"task_type\": \"SEQ_CLS\", \"base_model_name_or_path\": \"some/base\"}");
        TensorInfo classifier =
                new TensorInfo("base_model.model.classifier.out_proj.weight", ElementType.F32, List.of(4L, 2L), 0, 32);
        SafetensorsWriter.write(
                folder.resolve("adapter_model.safetensors"),
                List.of(classifier),
                Map.of(),
                t -> ByteBuffer.allocate(32));
        refused(
                folder,
                "a LoRA adapter",
                "\"some/base\"",
                "AutoPeftModelForSequenceClassification",
                "num_labels=4",
                "merge_and_unload",
                "AutoTokenizer.from_pretrained(\"some/base\")");
        put("tokenizer.json", "{}");
        refused(folder, "AutoTokenizer.from_pretrained(" + Json.line(folder.toString()) + ")");
        put("adapter_config.json", "{\"peft_type\": \"PROMPT_TUNING\", \"base_model_name_or_path\": \"some/base\"}");
        refused(folder, "PROMPT_TUNING", "cannot be merged");
    }

    @Test
    void anAdapterOfALanguageModelIsMergedAsOne() throws IOException {
        put("adapter_config.json", "{\"task_type\": \"CAUSAL_LM\", \"base_model_name_or_path\": \"some/base\"}");
        refused(folder, "AutoPeftModelForCausalLM", "merge_and_unload");
    }

    @Test
    void aTrainingFolderNamesItsCheckpointsTheNewestAndTheBest() throws IOException {
        for (int step : new int[] {50, 250, 500, 1000, 60, 70, 80}) {
            TinyCheckpoint.write(folder.resolve("checkpoint-" + step), 1);
        }
        put("checkpoint-1000/trainer_state.json", "{\"best_model_checkpoint\": \"out/checkpoint-50\"}");
        put("checkpoint-9999/optimizer.pt", "");
        refused(
                folder,
                "training folder",
                "checkpoint-1000 (the newest), " + folder + "/checkpoint-50 (the best",
                folder + "/checkpoint-500, ",
                "2 more");
        // With a config.json of its own it is still no checkpoint.
        put("config.json", "{\"model_type\": \"bert\"}");
        refused(folder, "checkpoint-1000 (the newest)");
    }

    @Test
    void aFolderAroundACheckpointNamesIt() throws IOException {
        TinyCheckpoint.write(folder.resolve("snapshots/0123abc"), 1);
        refused(folder, "holds one", folder + "/snapshots/0123abc");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "best.pt | which is never opened",
                "epoch=3.ckpt | which is never opened",
                "model.Q4.gguf | GGUF",
                "model.onnx | ONNX",
                "onnx/model.onnx | ONNX",
                "tf_model.h5 | TensorFlow",
                "flax_model.msgpack | Flax",
                "model-00001-of-00002.safetensors | but no model.safetensors.index.json",
                "model.fp16.safetensors | only model.fp16.safetensors",
                "modules.json | sentence-transformers",
                "model_index.json | diffusers",
            })
    void otherFormatsAreCalledByName(String file, String said) throws IOException {
        put("tokenizer.json", "{}");
        put(file, "");
        refused(folder, said);
        put("config.json", "{\"model_type\": \"bert\"}");
        refused(folder, said);
    }

    @Test
    void aTokenizerAloneIsNotAModel() throws IOException {
        put("tokenizer.json", "{}");
        put("vocab.txt", "");
        refused(folder, "holds a tokenizer only");
    }

    @Test
    void weightsWithoutAConfigurationSayWhatIsMissing() throws IOException {
        Files.delete(TinyCheckpoint.write(folder, 1).resolve("config.json"));
        refused(folder, "weights but no config.json");
    }

    @Test
    void aFileIsNotAFolder() throws IOException {
        TinyCheckpoint.write(folder, 1);
        refused(
                folder.resolve("model.safetensors"),
                "is a file, not a folder",
                "Choose the folder that it is in: " + folder);
        refused(put("model.zip", ""), "archive", "Unpack");
        refused(put("model.gguf", ""), "is a file");
    }

    @Test
    void missingShardsAreNamed() throws IOException {
        put("config.json", "{\"model_type\": \"bert\"}");
        put(
                "model.safetensors.index.json",
                "{\"weight_map\": {\"a\": \"m-1.safetensors\", \"b\": \"m-2.safetensors\"}}");
        put("m-1.safetensors", "");
        refused(folder, "names 2 shards, but m-2.safetensors is missing", "Fetch it");
    }

    /// To open either would never end.
    @ParameterizedTest
    @ValueSource(strings = {"config.json", "model.safetensors", "model.safetensors.index.json", "adapter_config.json"})
    @DisabledOnOs(OS.WINDOWS)
    @UsesProcess
    void pipesDevicesAndFoldersInPlaceOfFilesAreTold(String name) throws IOException, InterruptedException {
        Path file = folder.resolve(name);
        if (name.startsWith("model")) {
            put("config.json", "{\"model_type\": \"bert\"}");
        }
        assumeTrue(new ProcessBuilder("mkfifo", file.toString()).start().waitFor() == 0);
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            refused(folder, name, "is not a file");
            Files.delete(file);
            Files.createSymbolicLink(file, Path.of("/dev/zero"));
            refused(folder, name, "is not a file");
            Files.delete(file);
            Files.createSymbolicLink(file, Path.of(name));
            refused(folder, name, "leads nowhere");
            Files.delete(file);
            Files.createDirectory(file);
            refused(folder, name, "is a folder");
        });
    }
}
