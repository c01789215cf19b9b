package sirkuit.checkpoint.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.TinyCheckpoint;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.ElementType;
import sirkuit.checkpoint.SafetensorsFile;
import sirkuit.checkpoint.SafetensorsWriter;
import sirkuit.checkpoint.TensorInfo;
import sirkuit.checkpoint.Weights;

class CheckpointDeltaTest {
    private static final String QUERY = "bert.encoder.layer.0.attention.self.query.weight";
    private static final String OUTPUT = "bert.encoder.layer.1.attention.output.dense.weight";
    private static final String GAIN = "bert.encoder.layer.1.output.LayerNorm.weight";

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({"F32, 1", "F32, 3", "F64, 1", "BF16, 1", "F16, 2"})
    void aDeltaLeadsToTheAdaptedCheckpointBitForBit(ElementType type, int shards) {
        Checkpoint base = base(type, shards);
        Checkpoint adapted = adapted(base);
        Path delta = delta(base, adapted, false);
        Path out = folder.resolve("out");
        CheckpointDelta.open(delta).apply(base, out, Map.of());
        Checkpoint made = Checkpoint.open(out);
        assertThat(made.digest()).isEqualTo(adapted.digest()).isNotEqualTo(base.digest());
        assertThat(names(out)).isEqualTo(names(adapted.folder()));
        for (Path file : names(out).stream().map(out::resolve).toList()) {
            assertThat(file).hasSameBinaryContentAs(adapted.folder().resolve(file.getFileName()));
        }
    }

    @Test
    void onlyTheTensorsAndEntriesThatDifferAreInIt() {
        Checkpoint base = base(ElementType.F32, 1);
        Changes changes = Changes.between(base, adapted(base));
        assertThat(changes.names()).containsExactlyInAnyOrder(QUERY, OUTPUT, GAIN);
        // A head of size 4 in a model of width 16: 4 rows, 4 columns, and a norm.
        assertThat(changes.entries()).isEqualTo(4 * 16 + 16 * 4 + 16);
        Path delta = folder.resolve("delta.safetensors");
        CheckpointDelta.write(delta, changes, false, result -> Map.of("run", "ours"));
        assertThat(SafetensorsFile.open(delta).tensors().keySet()).isEqualTo(changes.names());
        assertThat(CheckpointDelta.open(delta).metadata())
                .containsEntry("base", base.digest())
                .containsEntry("run", "ours");
    }

    @Test
    void checkpointsThatDoNotDifferGiveADeltaOfNothing() {
        Checkpoint base = base(ElementType.F32, 1);
        Path delta = delta(base, base, false);
        CheckpointDelta.open(delta).apply(base, folder.resolve("out"), Map.of());
        assertThat(Checkpoint.open(folder.resolve("out")).digest()).isEqualTo(base.digest());
    }

    @ParameterizedTest
    @CsvSource({"F32", "F64"})
    void roundedDifferencesAreAtMostHalfAStepOff(ElementType type) {
        Checkpoint base = base(type, 1);
        Checkpoint adapted = adapted(base);
        Path delta = delta(base, adapted, true);
        CheckpointDelta.open(delta).apply(base, folder.resolve("out"), Map.of());
        Checkpoint made = Checkpoint.open(folder.resolve("out"));
        assertThat(made.digest())
                .isEqualTo(CheckpointDelta.open(delta).metadata().get("result"));
        for (String name : base.weights().tensors().keySet()) {
            double[] before = values(base, name);
            double[] wanted = values(adapted, name);
            double[] found = values(made, name);
            double largest = 0;
            for (int i = 0; i < before.length; i++) {
                largest = Math.max(largest, Math.abs(wanted[i] - before[i]));
            }
            for (int i = 0; i < before.length; i++) {
                assertThat(found[i]).as(name).isCloseTo(wanted[i], within(0.501 * largest / 511 + 1e-7));
                if (wanted[i] == before[i]) {
                    assertThat(found[i]).as("not trained: " + name).isEqualTo(before[i]);
                }
            }
        }
    }

    @Test
    void anotherCheckpointIsRefusedAndNothingIsWritten() {
        Checkpoint base = base(ElementType.F32, 1);
        Path delta = delta(base, adapted(base), false);
        Checkpoint other = Checkpoint.open(TinyCheckpoint.write(folder.resolve("other"), 2));
        Path out = folder.resolve("made/out");
        assertThatThrownBy(() -> CheckpointDelta.open(delta).apply(other, out, Map.of()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(base.digest())
                .hasMessageContaining(other.digest());
        assertThat(out.getParent()).doesNotExist();
    }

    @Test
    void aCheckpointOfAnotherKindGivesNoDelta() {
        Checkpoint base = base(ElementType.F32, 1);
        Checkpoint other = converted(base.folder(), "half", ElementType.BF16, 1);
        assertThatThrownBy(() -> Changes.between(base, other))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("was not made from");
    }

    @Test
    void aDeltaThatIsCutOrChangedAnywhereIsRefused() throws IOException {
        Checkpoint base = base(ElementType.F32, 1);
        Path delta = delta(base, adapted(base), false);
        byte[] whole = Files.readAllBytes(delta);
        Random random = new Random(1);
        for (int round = 0; round < 300; round++) {
            byte[] damaged = whole.clone();
            int at = random.nextInt(whole.length);
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            Path file = Files.write(
                    folder.resolve("damaged-" + round), round % 3 == 0 ? java.util.Arrays.copyOf(whole, at) : damaged);
            Path out = folder.resolve("out");
            assertThatThrownBy(() -> CheckpointDelta.open(file).apply(base, out, Map.of()))
                    .as("byte " + at + " of " + whole.length)
                    .isInstanceOf(Problem.class);
            assertThat(out).doesNotExist();
        }
    }

    /// Somebody may write the checksums for it too.
    @Test
    void entriesOfAnyKindAreReadOrRefusedInWords() throws IOException {
        Checkpoint base = base(ElementType.F32, 1);
        Checkpoint adapted = adapted(base);
        TensorInfo info = base.weights().info(OUTPUT);
        Random random = new Random(1);
        int refused = 0;
        for (int round = 0; round < 3000; round++) {
            byte[] packed = ChangedEntries.pack(
                    info,
                    base.weights().bytes(OUTPUT),
                    adapted.weights().bytes(OUTPUT),
                    ChangedEntries.Kind.values()[round % 2]);
            byte[] raw = new InflaterInputStream(new java.io.ByteArrayInputStream(packed)).readAllBytes();
            for (int i = 0; i <= random.nextInt(3); i++) {
                raw[random.nextInt(Math.min(raw.length, 40))] = (byte) (random.nextBoolean() ? random.nextInt() : -1);
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(raw.length) : raw.length;
            ByteArrayOutputStream mutated = new ByteArrayOutputStream();
            try (OutputStream out = new DeflaterOutputStream(mutated)) {
                out.write(raw, 0, length);
            }
            try {
                ByteBuffer result = ChangedEntries.apply(
                        info, base.weights().bytes(OUTPUT), ByteBuffer.wrap(mutated.toByteArray()));
                assertThat(result.remaining()).isEqualTo((int) info.bytes());
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    private List<Path> names(Path of) {
        try (var files = Files.list(of)) {
            return files.map(Path::getFileName).sorted().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Path delta(Checkpoint base, Checkpoint adapted, boolean rounded) {
        Path file = folder.resolve("delta.safetensors");
        CheckpointDelta.write(file, Changes.between(base, adapted), rounded, result -> Map.of("run", "ours"));
        return file;
    }

    private Checkpoint base(ElementType type, int shards) {
        Path f32 = TinyCheckpoint.write(folder.resolve("tiny"), 1);
        return type == ElementType.F32 && shards == 1 ? Checkpoint.open(f32) : converted(f32, "base", type, shards);
    }

    /// As after tuning head 1 of layer 0 and head 2 of layer 1 by a little, and a norm.
    private Checkpoint adapted(Checkpoint base) {
        Random random = new Random(3);
        Map<String, ByteBuffer> changed = new HashMap<>();
        Function<Integer, Boolean> query = i -> i / 16 / 4 == 1;
        Function<Integer, Boolean> output = i -> i % 16 / 4 == 2;
        Map<String, Function<Integer, Boolean>> where = Map.of(QUERY, query, OUTPUT, output, GAIN, i -> true);
        where.forEach((name, in) -> {
            double[] values = values(base, name);
            for (int i = 0; i < values.length; i++) {
                values[i] += in.apply(i) ? 0.1 + 0.1 * random.nextDouble() : 0;
            }
            changed.put(name, bytes(base.weights().info(name).type(), values));
        });
        Path target = folder.resolve("adapted");
        base.writeAdapted(target, changed.keySet(), changed::get);
        return Checkpoint.open(target);
    }

    private Checkpoint converted(Path from, String name, ElementType type, int shards) {
        Checkpoint read = Checkpoint.open(from);
        Path to = folder.resolve(name);
        List<String> names = List.copyOf(read.weights().tensors().keySet());
        Map<String, String> map = new LinkedHashMap<>();
        for (int s = 0; s < shards; s++) {
            String file = shards == 1 ? Weights.SINGLE : "model-0000" + (s + 1) + "-of-0000" + shards + ".safetensors";
            List<TensorInfo> infos = new ArrayList<>();
            for (String tensor : names.subList(s * names.size() / shards, (s + 1) * names.size() / shards)) {
                TensorInfo old = read.weights().info(tensor);
                long begin = infos.isEmpty() ? 0 : infos.getLast().end();
                infos.add(new TensorInfo(tensor, type, old.shape(), begin, begin + old.size() * type.bytes()));
                map.put(tensor, file);
            }
            SafetensorsWriter.write(
                    to.resolve(file), infos, Map.of("format", "pt"), t -> bytes(type, values(read, t.name())));
        }
        try {
            for (String file : Set.of("config.json", "tokenizer.json")) {
                Files.copy(from.resolve(file), to.resolve(file));
            }
            if (shards > 1) {
                Files.writeString(to.resolve(Weights.INDEX), Json.pretty(Map.of("weight_map", map)));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return Checkpoint.open(to);
    }

    private static double[] values(Checkpoint of, String name) {
        ByteBuffer bytes = of.weights().bytes(name);
        TensorInfo info = of.weights().info(name);
        double[] values = new double[(int) info.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (info.type()) {
                case F32 -> bytes.getFloat(4 * i);
                case F64 -> bytes.getDouble(8 * i);
                case BF16 -> Float.intBitsToFloat(bytes.getShort(2 * i) << 16);
                default -> Float.float16ToFloat(bytes.getShort(2 * i));
            };
        }
        return values;
    }

    private static ByteBuffer bytes(ElementType type, double[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(type.bytes() * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double v : values) {
            switch (type) {
                case F32 -> bytes.putFloat((float) v);
                case F64 -> bytes.putDouble(v);
                case BF16 -> bytes.putShort((short) (Float.floatToRawIntBits((float) v) >>> 16));
                default -> bytes.putShort(Float.floatToFloat16((float) v));
            }
        }
        return bytes.flip();
    }
}
