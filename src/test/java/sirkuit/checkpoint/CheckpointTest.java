package sirkuit.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.AtomicFile;
import sirkuit.Problem;
import sirkuit.Shared;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesEngine;
import sirkuit.UsesProcess;
import sirkuit.checkpoint.tokenizer.TextTokenizer;
import sirkuit.transformer.family.Families;

class CheckpointTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void aFolderWithoutConfigIsTold() {
        assertThatThrownBy(() -> Checkpoint.open(folder))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("has no config.json")
                .hasMessageContaining("save_pretrained");
        assertThatThrownBy(() -> Checkpoint.open(folder.resolve("nowhere")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("no checkpoint folder");
    }

    @Test
    void anUnsupportedFamilyNamesTheSupportedOnes() throws IOException {
        TinyCheckpoint.write(folder, 1);
        replace("\"bert\"", "\"mamba\"");
        Checkpoint checkpoint = Checkpoint.open(folder);
        assertThatThrownBy(() -> Families.spec(checkpoint))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("config.json")
                .hasMessageContaining("mamba")
                .hasMessageContaining("bert");
    }

    @Test
    void aPickledCheckpointIsNeverOpened() throws IOException {
        TinyCheckpoint.write(folder, 1);
        Files.move(folder.resolve("model.safetensors"), folder.resolve("pytorch_model.bin"));
        assertThatThrownBy(() -> Checkpoint.open(folder))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("pytorch_model.bin")
                .hasMessageContaining("weights_only=True")
                .hasMessageContaining("sorted(Path(\"" + folder + "\").glob(\"pytorch_model*.bin\"))")
                .hasMessageContaining("save_file");
    }

    @Test
    void aMissingTokenizerSaysHowToMakeOne() throws IOException {
        TinyCheckpoint.write(folder, 1);
        Files.delete(folder.resolve("tokenizer.json"));
        Checkpoint checkpoint = Checkpoint.open(folder);
        assertThatThrownBy(() -> TextTokenizer.open(checkpoint, 16))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("Copy the tokenizer of the base model");
    }

    /// The library would end the process at the first word it does not know.
    @Test
    void aTokenizerWithoutItsUnknownWordIsRefused() throws IOException {
        TinyCheckpoint.write(folder, 1);
        Path file = folder.resolve("tokenizer.json");
        String good = Files.readString(file);
        Files.writeString(file, good.replace("\"[UNK]\" : 1", "\"[UNKU]\" : 1"));
        Checkpoint checkpoint = Checkpoint.open(folder);
        assertThatThrownBy(() -> TextTokenizer.open(checkpoint, 16))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("tokenizer.json")
                .hasMessageContaining("[UNK]")
                .hasMessageContaining("not in its vocabulary");
    }

    @Test
    void configurationsOfTransformers4And5SayTheSame() throws IOException {
        TinyCheckpoint.write(folder, 1);
        var four = Families.spec(Checkpoint.open(folder));
        replace("\"model_type\"", "\"dtype\" : \"float32\", \"transformers_version\" : \"5.0.0\", \"model_type\"");
        assertThat(Families.spec(Checkpoint.open(folder))).isEqualTo(four);
    }

    @Test
    void aSettingThatWouldChangeTheNumbersIsRefusedByName() throws IOException {
        TinyCheckpoint.write(folder, 1);
        replace("\"model_type\"", "\"position_embedding_type\" : \"relative_key\", \"model_type\"");
        Checkpoint checkpoint = Checkpoint.open(folder);
        assertThatThrownBy(() -> Families.spec(checkpoint))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("position_embedding_type");
    }

    @Test
    void anAdaptedCopyKeepsEveryOtherByte() throws IOException {
        TinyCheckpoint.write(folder, 1);
        Checkpoint checkpoint = Checkpoint.open(folder);
        ByteBuffer changed = ByteBuffer.allocate(64);
        changed.put(3, (byte) 42);
        Path copy = folder.resolve("copy");
        checkpoint.writeAdapted(copy, Set.of("bert.pooler.dense.bias"), name -> changed);
        Checkpoint read = Checkpoint.open(copy);
        assertThat(read.weights().bytes("bert.pooler.dense.bias")).isEqualTo(changed);
        for (String name : checkpoint.weights().tensors().keySet()) {
            if (!name.equals("bert.pooler.dense.bias")) {
                assertThat(read.weights().bytes(name))
                        .isEqualTo(checkpoint.weights().bytes(name));
            }
        }
        assertThat(Files.readAllBytes(copy.resolve("tokenizer.json")))
                .isEqualTo(Files.readAllBytes(folder.resolve("tokenizer.json")));
        assertThat(SafetensorsFile.open(copy.resolve("model.safetensors")).metadata())
                .isEqualTo(SafetensorsFile.open(folder.resolve("model.safetensors"))
                        .metadata());
    }

    @Test
    void aCopyTakesWhatBelongsToTheCheckpointAndNoOtherWeights() throws IOException {
        TinyCheckpoint.write(folder, 1);
        for (String name : new String[] {
            "generation_config.json",
            "special_tokens_map.json",
            "added_tokens.json",
            "vocab.txt",
            "merges.txt",
            "spiece.model",
            "chat_template.jinja",
            "LICENSE",
            "additional_chat_templates/tool.jinja",
            "README.md",
            "pytorch_model.bin",
            "pytorch_model.bin.index.json",
            "tf_model.h5",
            "adapter_config.json",
            "adapter_model.safetensors"
        }) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), name);
        }
        Path copy = folder.resolve("copy");
        Checkpoint checkpoint = Checkpoint.open(folder);
        checkpoint.writeAdapted(copy, Set.of(), checkpoint.weights()::bytes);
        try (var files = Files.walk(copy)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(f -> copy.relativize(f).toString()))
                    .containsExactlyInAnyOrder(
                            "config.json",
                            "model.safetensors",
                            "tokenizer.json",
                            "tokenizer_config.json",
                            "generation_config.json",
                            "special_tokens_map.json",
                            "added_tokens.json",
                            "vocab.txt",
                            "merges.txt",
                            "spiece.model",
                            "chat_template.jinja",
                            "LICENSE",
                            "additional_chat_templates/tool.jinja",
                            "README.base.md");
        }
        // Exported again with a card of its own, the base's is still there.
        Path card = folder.resolve("card");
        Checkpoint adapted = Checkpoint.open(copy);
        adapted.writeAdapted(card, Set.of(), adapted.weights()::bytes, java.util.Map.of("README.md", "ours"));
        assertThat(card.resolve("README.md")).hasContent("ours");
        assertThat(card.resolve("README.base.md")).hasContent("README.md");
    }

    @Test
    void aSingleShardKeepsItsIndex() throws IOException {
        TinyCheckpoint.write(folder, 1);
        String shard = "model-00001-of-00001.safetensors";
        Files.move(folder.resolve("model.safetensors"), folder.resolve(shard));
        Files.writeString(
                folder.resolve("model.safetensors.index.json"),
                "{\"metadata\": {\"total_size\": 1}, \"weight_map\": {\"classifier.bias\": \"" + shard + "\"}}");
        Checkpoint checkpoint = Checkpoint.open(folder);
        Path copy = folder.resolve("copy");
        checkpoint.writeAdapted(copy, Set.of(), checkpoint.weights()::bytes);
        assertThat(Checkpoint.open(copy).digest()).isEqualTo(checkpoint.digest());
        assertThat(copy.resolve("model.safetensors.index.json"))
                .hasSameBinaryContentAs(folder.resolve("model.safetensors.index.json"));
    }

    @Test
    void aCopyThatFailsLeavesNothing() {
        TinyCheckpoint.write(folder, 1);
        Path copy = folder.resolve("run/adapted");
        Set<String> changed = Set.of("bert.pooler.dense.bias");
        Checkpoint checkpoint = Checkpoint.open(folder);
        assertThatThrownBy(() -> checkpoint.writeAdapted(copy, changed, name -> {
                    throw Problem.plain("The disk is full.", "Free some space.");
                }))
                .isInstanceOf(Problem.class);
        assertThat(folder.resolve("run")).isEmptyDirectory();
    }

    @Test
    @UsesProcess
    void whatAKilledCopyLeftIsRemovedAndWhatAnotherComputerWritesStays() throws Exception {
        TinyCheckpoint.write(folder, 1);
        Process over = new ProcessBuilder("true").start();
        over.waitFor();
        String here = AtomicFile.writer().replaceFirst("\\d+$", "");
        Path left = Files.createDirectories(folder.resolve("run/.adapted.part-" + here + over.pid()));
        Path others = Files.createDirectories(folder.resolve("run/.adapted.part-elsewhere-" + over.pid()));
        Checkpoint checkpoint = Checkpoint.open(folder);
        checkpoint.writeAdapted(folder.resolve("run/adapted"), Set.of(), checkpoint.weights()::bytes);
        assertThat(left).doesNotExist();
        assertThat(others).exists();
        assertThat(folder.resolve("run")).isDirectoryNotContaining("glob:**.part-" + here + "*");
    }

    @Test
    void theFolderOfARunPointsToItsCheckpoint() throws IOException {
        Path run = Files.createDirectories(folder.resolve("run"));
        Files.writeString(run.resolve("config.json"), "{\"schemaVersion\": 1}");
        Files.writeString(run.resolve("events.jsonl"), "");
        assertThatThrownBy(() -> Checkpoint.open(run)).hasMessageContaining("has written no checkpoint");
        TinyCheckpoint.write(run.resolve("adapted"), 1);
        assertThatThrownBy(() -> Checkpoint.open(run))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("folder of a run")
                .hasMessageContaining(run.resolve("adapted").toString());
    }

    @Test
    @UsesEngine
    void tokensAreThoseOfTheReferenceAndLongTextsAreCut() {
        Checkpoint checkpoint = Checkpoint.open(Shared.path("golden/bert/model"));
        try (TextTokenizer whole = TextTokenizer.open(checkpoint, 20);
                TextTokenizer cut = TextTokenizer.open(checkpoint, 5)) {
            List<TextTokenizer.Tokens> tokens = whole.encode(List.of("filmnya bagus sekali!"));
            assertThat(tokens.getFirst().ids()).containsExactly(2, 124, 93, 156, 50, 109, 5, 3);
            assertThat(tokens.getFirst().truncated()).isFalse();
            TextTokenizer.Tokens shorter =
                    cut.encode(List.of("filmnya bagus sekali!")).getFirst();
            assertThat(shorter.ids()).containsExactly(2, 124, 93, 156, 3);
            assertThat(shorter.truncated()).isTrue();
        }
    }

    private void replace(String from, String to) throws IOException {
        Path config = folder.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace(from, to));
    }
}
