package sirkuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.TensorInfo;
import sirkuit.checkpoint.delta.Changes;
import sirkuit.checkpoint.delta.CheckpointDelta;
import sirkuit.checkpoint.tokenizer.TextTokenizer;
import sirkuit.dataset.LabelledText;
import sirkuit.dataset.LabelledTexts;
import sirkuit.dataset.table.TextSource;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskFile;
import sirkuit.mask.ScoreMethod;
import sirkuit.protocol.Event;
import sirkuit.protocol.Stage;
import sirkuit.protocol.Wire;
import sirkuit.record.ProjectFile;
import sirkuit.record.RunConfig;
import sirkuit.record.ScoreRecord;
import sirkuit.run.RunFolder;
import sirkuit.transformer.family.Families;

/// A good file of each kind that the project reads, and its reader: what fuzzing damages and who must bear it.
///
/// @param folder where the files are written; one kind a folder
record GoodFiles(Path folder) {
    /// Every kind.
    static final List<String> KINDS = List.of(
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
            "events.jsonl",
            "event line");

    /// Writes the good file.
    Path good(String kind) throws IOException {
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
            case "events.jsonl" ->
                Files.writeString(
                        folder.resolve(kind),
                        Wire.line(3, new Event.Progress(Stage.SCORING, 3, 9), Instant.EPOCH) + "\n"
                                + Wire.line(3, new Event.Cancelled(), Instant.EPOCH) + "\n");
            default -> Files.writeString(folder.resolve(kind), Json.pretty(content(kind)));
        };
    }

    private static Object content(String kind) {
        double[][] numbers = {{0.5, Double.NaN}, {-1.25, 2.0}};
        ProjectFile.Language language = new ProjectFile.Language(
                "Indonesian", new sirkuit.record.DataFile("train.csv"), new sirkuit.record.DataFile("test.csv"));
        return switch (kind) {
            case "scores.json" ->
                new ScoreRecord(
                        1,
                        ScoreMethod.CDT,
                        false,
                        new ScoreRecord.Values(2, 2, numbers, numbers, 9),
                        new ScoreRecord.Samples(9, new int[] {3, 3}, 0, 0, List.of("a", "b"), 64, 0),
                        1.5,
                        null);
            case "project.json" -> new ProjectFile(1, "Test", "model", List.of("a", "b"), language, language, 64);
            case "run.json" ->
                new RunConfig(
                        1,
                        "run",
                        "model",
                        null,
                        RunConfig.Parameters.of(HeadMask.all(2, 2)),
                        new RunConfig.Data(language.train(), language.test(), null),
                        RunConfig.Settings.DEFAULT);
            case "event line" ->
                Json.MAPPER.valueToTree(
                        Map.of("line", Wire.line(3, new Event.Progress(Stage.SCORING, 3, 9), Instant.EPOCH)));
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private Path resource(String name) throws IOException {
        Path copy = folder.resolve(Path.of(name).getFileName());
        try (InputStream in = GoodFiles.class.getResourceAsStream(name)) {
            Files.copy(java.util.Objects.requireNonNull(in), copy);
        }
        return copy;
    }

    /// The checkpoint's file as its only shard.
    private static Path sharded(Path checkpoint) throws IOException {
        Map<String, String> map = new HashMap<>();
        Checkpoint.open(checkpoint).weights().tensors().keySet().forEach(n -> map.put(n, "model-00001.safetensors"));
        Files.move(checkpoint.resolve("model.safetensors"), checkpoint.resolve("model-00001.safetensors"));
        return Files.writeString(
                checkpoint.resolve("model.safetensors.index.json"), Json.pretty(Map.of("weight_map", map)));
    }

    /// Reads what [#good] wrote and checks that the result holds what it promises.
    Consumer<Path> reader(String kind) {
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
            case "project.json" -> file -> Json.read(file, ProjectFile.class, ProjectFile.VERSION, JsonKind.PROJECT);
            case "run.json" -> file -> Json.read(file, RunConfig.class, RunConfig.VERSION, JsonKind.RUN);
            case "events.jsonl" ->
                file -> {
                    RunFolder run = new RunFolder(folder);
                    run.concluded();
                    for (String line : run.eventLines()) {
                        assertThat(line).isNotBlank();
                        Wire.event(line);
                    }
                };
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
}
