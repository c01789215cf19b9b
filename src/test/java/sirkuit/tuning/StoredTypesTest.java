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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesEngine;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.ElementType;
import sirkuit.checkpoint.Elements;
import sirkuit.checkpoint.SafetensorsWriter;
import sirkuit.checkpoint.TensorInfo;
import sirkuit.device.Backend;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.transformer.LabelledTokens;
import sirkuit.transformer.ProxyModel;
import sirkuit.transformer.family.Families;

/// A checkpoint stored in other types, in shards, with other names: read alike, and written as it was.
@UsesEngine
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

    /// What is reported of a checkpoint in 16 bits is what its file gives, not what the exact values gave before they
    /// were rounded: at the end, and where patience or a limit on forgetting chose an earlier evaluation.
    @ParameterizedTest
    @CsvSource({"F16, 0,", "BF16, 0,", "F16, 30,", "BF16, 0, 100", "F32, 30,"})
    void theReportedNumbersAreThoseOfTheWrittenFile(ElementType type, int patience, @Nullable Double limit) {
        Path model = stored(type, 1, n -> n);
        Path out = folder.resolve("adapted");
        Measured reported;
        Evaluation exact;
        List<Measured> all = new ArrayList<>();
        try (ProxyModel read = load(model);
                TrainableParameters p = TrainableParameters.full(read)) {
            LabelledTokens texts = texts(read);
            TuningSettings settings = new TuningSettings(
                    new TuningSettings.Batches(20, 4, 1, false),
                    new TuningSettings.Optimizer(5e-3, 0.01, 0, 1, Schedule.Kind.LINEAR),
                    new TuningSettings.Stopping(0, patience, limit),
                    null,
                    5,
                    false);
            MaskedTuning.Data data = new MaskedTuning.Data(texts, texts, texts);
            reported = new MaskedTuning(read, p, settings, data, new Remembering(all), () -> {}).run();
            exact = Evaluation.of(p.network(), read.manager(), read.memory(), texts, () -> {});
            read.checkpoint().writeAdaptedInPieces(out, p.tensors(), p::adaptedInPieces, Map.of());
        }
        try (ProxyModel read = load(out)) {
            Evaluation file = Evaluation.of(read.network(), read.manager(), read.memory(), texts(read), () -> {});
            assertThat(reported.target().confusion()).isDeepEqualTo(file.confusion());
            assertThat(reported.target().loss()).isCloseTo(file.loss(), within(2e-6));
            assertThat(java.util.Objects.requireNonNull(reported.source()).loss())
                    .isCloseTo(file.loss(), within(2e-6));
            assertThat(all).contains(reported);
            assertThat(reported.step()).isPositive();
            boolean rounded = StoredValues.narrow(type);
            assertThat(Math.abs(exact.loss() - file.loss()) > 3e-6)
                    .as("exact %s, of the file %s", exact.loss(), file.loss())
                    .isEqualTo(rounded);
        }
    }

    private record Remembering(List<Measured> all) implements MaskedTuning.Listener {
        @Override
        public void started(int steps) {}

        @Override
        public void stepped(int step, double epoch, double loss, double rate, double norm, double tokens) {}

        @Override
        public void evaluated(double epoch, Measured measured, @Nullable Double forgetting) {
            all.add(measured);
        }
    }

    /// Training goes on with the exact values: an evaluation in between changes nothing.
    @ParameterizedTest
    @EnumSource(names = {"F16", "BF16"})
    void measuringDoesNotRoundWhatIsTrained(ElementType type) {
        try (ProxyModel read = load(stored(type, 1, n -> n));
                TrainableParameters p = TrainableParameters.full(read)) {
            MaskedTuning.constantSteps(p, texts(read), 2, 1e-3, 0.01, () -> {});
            List<float[]> before = EveryFamilyTest.values(p);
            try (StoredValues _ = StoredValues.of(p)) {
                assertThat(EveryFamilyTest.values(p).getFirst()).isNotEqualTo(before.getFirst());
            }
            List<float[]> after = EveryFamilyTest.values(p);
            for (int i = 0; i < before.size(); i++) {
                assertThat(after.get(i)).isEqualTo(before.get(i));
            }
        }
    }

    /// A tensor that is larger than a buffer is written in pieces: here pieces of three or four numbers.
    @ParameterizedTest
    @EnumSource(names = {"F16", "BF16", "F32", "F64"})
    void piecesMakeUpTheWholeTensor(ElementType type) {
        HeadMask mask = new HeadMask(TinyCheckpoint.LAYERS, TinyCheckpoint.HEADS, List.of(HEAD), "test");
        try (ProxyModel read = load(stored(type, 1, n -> n))) {
            for (TrainableParameters p :
                    List.of(TrainableParameters.full(read), TrainableParameters.masked(read, mask, true, true))) {
                MaskedTuning.constantSteps(p, texts(read), 1, 1e-2, 0.01, () -> {});
                for (String tensor : p.tensors()) {
                    ByteBuffer whole = p.adapted(tensor);
                    ByteBuffer pieces = ByteBuffer.allocate(whole.remaining());
                    int[] count = new int[1];
                    p.adaptedInPieces(tensor, 8, piece -> {
                        assertThat(piece.remaining()).isLessThanOrEqualTo(8);
                        pieces.put(piece);
                        count[0]++;
                    });
                    assertThat(count[0]).isEqualTo(Math.ceilDiv(whole.remaining(), 8));
                    assertThat(pieces.flip().mismatch(whole)).as(tensor).isEqualTo(-1);
                }
                p.close();
            }
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
        return Families.load(Checkpoint.open(model), List.of(), Backend.start("cpu", 1));
    }

    private LabelledTokens texts(ProxyModel model) {
        return TinyCheckpoint.tokens(model, TinyCheckpoint.writeTexts(folder.resolve("texts.csv"), 12, 4));
    }

    private Path stored(ElementType type, int files, UnaryOperator<String> name) {
        return stored(folder, type, files, name);
    }

    /// The tiny checkpoint in another type, in one file or in several.
    static Path stored(Path folder, ElementType type, int files, UnaryOperator<String> name) {
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
