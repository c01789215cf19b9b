package sirkuit.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.TinyCheckpoint;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.ElementType;
import sirkuit.checkpoint.Elements;
import sirkuit.checkpoint.SafetensorsWriter;
import sirkuit.checkpoint.TensorInfo;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.transformer.Backend;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;

/// A checkpoint stored in other types, in shards, with other names: read alike, and written as it was.
class StoredTypesTest {
    private static final int D = TinyCheckpoint.HIDDEN;
    private static final Head HEAD = new Head(1, 2);

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @EnumSource(names = {"F16", "BF16", "F64"})
    void onlyChosenEntriesChangeAndTheTypeStays(ElementType type) {
        Path model = stored(type, 1, n -> n);
        Path out = folder.resolve("adapted");
        HeadMask mask = new HeadMask(TinyCheckpoint.LAYERS, TinyCheckpoint.HEADS, List.of(HEAD), "test");
        float[] trained;
        try (ProxyModel read = load(model);
                TrainableParameters p = TrainableParameters.masked(read, mask, true, false)) {
            LabelledTokens texts = texts(read);
            MaskedTuning.constantSteps(p, texts, 4, 1e-2, 0.01, () -> {});
            trained = Evaluation.logits(p.network(), read.manager(), texts, () -> {});
            read.checkpoint().writeAdapted(out, p.tensors(), p::adapted);
        }
        Checkpoint before = Checkpoint.open(model);
        Checkpoint after = Checkpoint.open(out);
        assertThat(after.weights().tensors()).isEqualTo(before.weights().tensors());
        for (String name : before.weights().tensors().keySet()) {
            assertThat(after.weights().info(name).type()).isEqualTo(type);
            assertChanges(
                    name, type, before.weights().bytes(name), after.weights().bytes(name));
        }
        try (ProxyModel read = load(out)) {
            float[] again = Evaluation.logits(read.network(), read.manager(), texts(read), () -> {});
            assertThat(again).containsExactly(trained, within(type == ElementType.F64 ? 1e-4f : 0.1f));
        }
    }

    private static void assertChanges(String name, ElementType type, ByteBuffer before, ByteBuffer after) {
        int size = type.bytes();
        int changed = 0;
        for (int i = 0; i < before.remaining() / size; i++) {
            if (!before.slice(i * size, size).equals(after.slice(i * size, size))) {
                assertThat(chosen(name, i)).as(name + " entry " + i).isTrue();
                changed++;
            }
        }
        if (name.contains("layer.1.attention.self.value") || name.endsWith("LayerNorm.bias")) {
            assertThat(changed).as(name).isPositive();
        }
    }

    private static boolean chosen(String name, int i) {
        if (name.contains("LayerNorm")) {
            return true;
        }
        if (!name.contains("layer.1.attention.") || name.endsWith("output.dense.bias")) {
            return false;
        }
        int index = name.endsWith("output.dense.weight") ? i % D : name.endsWith("bias") ? i : i / D;
        return index / (D / TinyCheckpoint.HEADS) == HEAD.head();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert.", ""})
    void shardsGiveTheLogitsOfTheSingleFile(String prefix) {
        float[] whole = logits(TinyCheckpoint.write(folder.resolve("single"), 3));
        Path shards = stored(ElementType.F32, 3, n -> n.replaceFirst("^bert\\.", prefix));
        assertThat(shards.resolve("model.safetensors")).doesNotExist();
        assertThat(logits(shards)).containsExactly(whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../single/model.safetensors", "/etc/model.safetensors", "a/b.safetensors"})
    void aShardOutsideTheFolderIsRefused(String shard) throws IOException {
        TinyCheckpoint.write(folder.resolve("single"), 3);
        Path shards = stored(ElementType.F32, 2, n -> n);
        Path index = shards.resolve("model.safetensors.index.json");
        Files.writeString(index, Files.readString(index).replace("model-1.safetensors", shard));
        assertThatThrownBy(() -> Checkpoint.open(shards))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(shard)
                .hasMessageContaining("not a safetensors file in this folder");
    }

    @Test
    void aTensorInAnotherShardThanTheIndexSaysIsMissed() throws IOException {
        Path shards = stored(ElementType.F32, 2, n -> n);
        Path index = shards.resolve("model.safetensors.index.json");
        Files.writeString(index, Files.readString(index).replaceFirst("model-1.safetensors", "model-0.safetensors"));
        assertThatThrownBy(() -> Checkpoint.open(shards))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("is not in model-0.safetensors");
    }

    private float[] logits(Path model) {
        try (ProxyModel read = load(model)) {
            return Evaluation.logits(read.network(), read.manager(), texts(read), () -> {});
        }
    }

    private static ProxyModel load(Path model) {
        return ProxyModel.load(Checkpoint.open(model), List.of(), Backend.start("cpu", 2));
    }

    private LabelledTokens texts(ProxyModel model) {
        return TinyCheckpoint.tokens(model, TinyCheckpoint.writeTexts(folder.resolve("texts.csv"), 12, 4));
    }

    /// The tiny checkpoint in another type, in one file or in several.
    private Path stored(ElementType type, int files, UnaryOperator<String> name) {
        Path out = TinyCheckpoint.write(folder.resolve("stored"), 3);
        Checkpoint original = Checkpoint.open(TinyCheckpoint.write(folder.resolve("original"), 3));
        Map<String, String> places = new TreeMap<>();
        List<List<TensorInfo>> shards = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            shards.add(new ArrayList<>());
        }
        Map<String, String> originals = new TreeMap<>();
        for (TensorInfo t : original.weights().tensors().values()) {
            int shard = places.size() % files;
            String renamed = name.apply(t.name());
            originals.put(renamed, t.name());
            places.put(renamed, "model-" + shard + ".safetensors");
            shards.get(shard).add(new TensorInfo(renamed, type, t.shape(), 0, t.size() * type.bytes()));
        }
        for (int i = 0; i < files; i++) {
            Path file = out.resolve(files == 1 ? "model.safetensors" : "model-" + i + ".safetensors");
            SafetensorsWriter.write(file, shards.get(i), Map.of("format", "pt"), t -> {
                ByteBuffer in =
                        original.weights().bytes(originals.get(t.name())).order(ByteOrder.LITTLE_ENDIAN);
                ByteBuffer bytes = ByteBuffer.allocate((int) t.bytes()).order(ByteOrder.LITTLE_ENDIAN);
                for (int e = 0; e < t.size(); e++) {
                    Elements.put(bytes, e, in.getFloat(in.position() + 4 * e), type);
                }
                return bytes;
            });
        }
        if (files > 1) {
            try {
                Files.delete(out.resolve("model.safetensors"));
                Files.writeString(
                        out.resolve("model.safetensors.index.json"), Json.pretty(Map.of("weight_map", places)));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return out;
    }
}
