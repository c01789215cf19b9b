package sirkuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sirkuit.checkpoint.Changes;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.CheckpointDelta;
import sirkuit.checkpoint.TensorInfo;
import sirkuit.checkpoint.TextTokenizer;
import sirkuit.dataset.LabelledText;
import sirkuit.dataset.LabelledTexts;
import sirkuit.dataset.TextSource;
import sirkuit.engine.Event;
import sirkuit.engine.Wire;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskFile;
import sirkuit.mask.ScoreMethod;
import sirkuit.project.ProjectFile;
import sirkuit.project.RunConfig;
import sirkuit.project.ScoreRecord;
import sirkuit.transformer.Families;

/// Damaged files: each reader gets random mutations of a good file and answers with a [Problem] or a result that holds
/// what it promises. Never another exception, never a hang, never the memory gone. A thousand of each in a build,
/// 100 000 with `mvn verify -Pfuzz`.
class FuzzTest {
    private static final int ROUNDS = Integer.getInteger("sirkuit.fuzz", 1000);
    private static final long SEED = Long.getLong("sirkuit.fuzz.seed", 1);
    private static final String ONLY = System.getProperty("sirkuit.fuzz.only", "");
    private static final int PATIENCE_SECONDS = 20;

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model.safetensors",
                "model.safetensors.index.json",
                "config.json",
                "tokenizer.json",
                "texts.csv",
                "texts.tsv",
                "texts.jsonl",
                "texts.csv.gz",
                "snappy.parquet",
                "zstd.parquet",
                "gzip.parquet",
                "scores.json",
                "mask.json",
                "project.json",
                "run.json",
                "delta.safetensors",
                "event line"
            })
    void damagedFilesAreRefusedOrReadRight(String kind) throws Exception {
        Assumptions.assumeTrue(ONLY.isEmpty() || kind.equals(ONLY));
        Path file = good(kind);
        Consumer<Path> reader = reader(kind);
        byte[] whole = Files.readAllBytes(file);
        reader.accept(file); // the good one is read
        Random random = new Random(SEED);
        int refused = 0;
        try (ExecutorService one = Executors.newSingleThreadExecutor(r -> {
            Thread thread = new Thread(r, "fuzz");
            thread.setDaemon(true);
            return thread;
        })) {
            for (int round = 0; round < ROUNDS; round++) {
                byte[] damaged = mutated(whole, random);
                // A new file each time: what is mapped of the last one must not change under its reader.
                Files.delete(file);
                Files.write(file, damaged);
                try {
                    one.submit(() -> reader.accept(file)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof Problem problem)) {
                        throw new AssertionError(report(kind, round, damaged), e.getCause());
                    }
                    assertThat(problem.what()).isNotBlank();
                    refused++;
                } catch (TimeoutException e) {
                    one.shutdownNow();
                    throw new AssertionError("hangs: " + report(kind, round, damaged), e);
                }
            }
        }
        assertThat(refused).as("mutations that were refused").isPositive();
    }

    private static String report(String kind, int round, byte[] damaged) throws IOException {
        Path kept = Path.of("target", "fuzz-" + kind.replace(' ', '-') + "-" + SEED + "-" + round);
        Files.write(kept, damaged);
        return kind + ", seed " + SEED + ", round " + round + ", kept as " + kept;
    }

    /// One to four small damages: bytes, numbers, pieces lost, doubled, moved, or the end cut off.
    private static byte[] mutated(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        for (int i = 0; i <= random.nextInt(4); i++) {
            int at = random.nextInt(Math.max(1, bytes.length));
            int length = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 4 : 64));
            switch (random.nextInt(8)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 3 ->
                    bytes = joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + length, bytes.length));
                case 4 ->
                    bytes = joined(Arrays.copyOf(bytes, at + length), Arrays.copyOfRange(bytes, at, bytes.length));
                case 5 ->
                    bytes = joined(
                            Arrays.copyOf(bytes, at), token(random), Arrays.copyOfRange(bytes, at, bytes.length));
                case 6 -> number(bytes, at, random);
                default -> {
                    int from = random.nextInt(bytes.length);
                    System.arraycopy(bytes, from, bytes, at, Math.min(length, bytes.length - from));
                }
            }
            if (bytes.length == 0) {
                bytes = new byte[] {0};
            }
        }
        return bytes;
    }

    /// Changes the next digit.
    private static void number(byte[] bytes, int from, Random random) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] >= '0' && bytes[i] <= '9') {
                bytes[i] = (byte) ('0' + random.nextInt(10));
                return;
            }
        }
    }

    private static byte[] token(Random random) {
        String[] tokens = {
            "\"",
            "\"\"",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\n",
            "\t",
            "null",
            "-1",
            "1e999",
            "99999999999999999999",
            "NaN",
            "\\u0000",
            "\u0000",
            "true",
            "[[[[",
            "{}",
            "\uFEFF",
            "..",
            "/"
        };
        return tokens[random.nextInt(tokens.length)].getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private Path good(String kind) throws IOException {
        Path checkpoint = TinyCheckpoint.write(folder.resolve("model"), 1);
        String text = "text,label\n\"bagus, \"\"sekali\"\"\",positive\nburuk,negative\n";
        return switch (kind) {
            case "model.safetensors", "config.json", "tokenizer.json" -> checkpoint.resolve(kind);
            case "model.safetensors.index.json" -> sharded(checkpoint);
            case "texts.csv" -> Files.writeString(folder.resolve(kind), text);
            case "texts.tsv" ->
                Files.writeString(folder.resolve(kind), "text\tlabel\n\"a\tb\"\tpositive\nc\tnegative\n");
            case "texts.jsonl" ->
                Files.writeString(
                        folder.resolve(kind), "{\"text\": \"a\", \"label\": 1}\n{\"text\":\"b\",\"label\":\"x\"}\n");
            case "texts.csv.gz" -> {
                try (var out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(kind)))) {
                    out.write(text.getBytes(StandardCharsets.UTF_8));
                }
                yield folder.resolve(kind);
            }
            case "snappy.parquet" -> resource("dataset/texts-snappy.parquet");
            case "zstd.parquet" -> resource("dataset/texts-zstd.parquet");
            case "gzip.parquet" -> resource("dataset/pairs-gzip.parquet");
            case "delta.safetensors" -> {
                Checkpoint base = Checkpoint.open(checkpoint);
                String name = "classifier.weight";
                ByteBuffer changed =
                        ByteBuffer.allocate(base.weights().bytes(name).remaining());
                base.writeAdapted(folder.resolve("adapted"), Set.of(name), n -> changed);
                Changes changes = Changes.between(base, Checkpoint.open(folder.resolve("adapted")));
                CheckpointDelta.write(folder.resolve(kind), changes, false, result -> Map.of("run", "ours"));
                yield folder.resolve(kind);
            }
            case "mask.json" -> {
                MaskFile.write(folder.resolve(kind), HeadMask.all(2, 4));
                yield folder.resolve(kind);
            }
            default -> Files.writeString(folder.resolve(kind), Json.pretty(content(kind)));
        };
    }

    private static Object content(String kind) {
        Double[][] numbers = {{0.5, null}, {-1.25, 2.0}};
        ProjectFile.Language language = new ProjectFile.Language(
                "Indonesian", new sirkuit.project.DataFile("train.csv"), new sirkuit.project.DataFile("test.csv"));
        return switch (kind) {
            case "scores.json" ->
                new ScoreRecord(
                        1,
                        ScoreMethod.CDT,
                        false,
                        2,
                        2,
                        numbers,
                        numbers,
                        9,
                        9,
                        new int[] {3, 3},
                        0,
                        0,
                        List.of("a", "b"),
                        64,
                        0,
                        1.5,
                        null);
            case "project.json" -> new ProjectFile(1, "Test", "model", List.of("a", "b"), language, language, 64);
            case "run.json" ->
                new RunConfig(
                        1,
                        "run",
                        "model",
                        null,
                        RunConfig.Trained.MASK,
                        HeadMask.all(2, 2),
                        true,
                        false,
                        language.train(),
                        language.test(),
                        null,
                        RunConfig.Settings.DEFAULT);
            case "event line" ->
                Json.MAPPER.valueToTree(
                        Map.of("line", Wire.line(3, new Event.Progress("Scoring", 3, 9), Instant.EPOCH)));
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private Path resource(String name) throws IOException {
        Path copy = folder.resolve(Path.of(name).getFileName());
        try (InputStream in = FuzzTest.class.getResourceAsStream(name)) {
            Files.copy(java.util.Objects.requireNonNull(in), copy);
        }
        return copy;
    }

    private static void deleted(Path out) {
        try (var files = Files.list(out)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(out);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// The checkpoint's file as its only shard.
    private static Path sharded(Path checkpoint) throws IOException {
        Map<String, String> map = new HashMap<>();
        Checkpoint.open(checkpoint).weights().tensors().keySet().forEach(n -> map.put(n, "model-00001.safetensors"));
        Files.move(checkpoint.resolve("model.safetensors"), checkpoint.resolve("model-00001.safetensors"));
        return Files.writeString(
                checkpoint.resolve("model.safetensors.index.json"), Json.pretty(Map.of("weight_map", map)));
    }

    private Consumer<Path> reader(String kind) {
        return switch (kind) {
            case "model.safetensors", "model.safetensors.index.json", "config.json" ->
                file -> {
                    Checkpoint checkpoint = Checkpoint.open(folder.resolve("model"));
                    for (TensorInfo tensor : checkpoint.weights().tensors().values()) {
                        long bytes = checkpoint.weights().bytes(tensor.name()).remaining();
                        assertThat(bytes)
                                .isEqualTo(tensor.size() * tensor.type().bytes());
                    }
                    assertThat(Families.spec(checkpoint).classes()).isGreaterThan(1);
                };
            case "tokenizer.json" ->
                file -> {
                    try (TextTokenizer tokenizer = TextTokenizer.open(Checkpoint.open(folder.resolve("model")), 8)) {
                        assertThat(tokenizer
                                        .encode(List.of("film itu bagus"))
                                        .getFirst()
                                        .length())
                                .isLessThanOrEqualTo(8);
                    }
                };
            case "delta.safetensors" ->
                file -> {
                    Path out = folder.resolve("out");
                    CheckpointDelta.open(file).apply(Checkpoint.open(folder.resolve("model")), out, Map.of());
                    assertThat(Checkpoint.open(out).digest())
                            .isEqualTo(
                                    Checkpoint.open(folder.resolve("adapted")).digest());
                    deleted(out);
                };
            case "scores.json" -> file -> ScoreRecord.read(file).scores().ranked();
            case "mask.json" ->
                file -> {
                    HeadMask mask = MaskFile.read(file);
                    assertThat(mask.size()).isLessThanOrEqualTo(mask.layers() * mask.heads());
                };
            case "project.json" -> file -> Json.read(file, ProjectFile.class, ProjectFile.VERSION);
            case "run.json" -> file -> Json.read(file, RunConfig.class, RunConfig.VERSION);
            case "event line" ->
                file -> {
                    String line = Json.tree(file).path("line").asText();
                    Wire.event(line);
                };
            default ->
                file -> {
                    List<LabelledText> rows = new ArrayList<>();
                    LabelledTexts.read(TextSource.of(file), rows::add);
                    assertThat(rows).isNotEmpty().allSatisfy(r -> {
                        assertThat(r.text()).isNotBlank();
                        assertThat(r.label()).isNotBlank();
                    });
                };
        };
    }
}
