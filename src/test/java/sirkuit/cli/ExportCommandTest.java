package sirkuit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesProcess;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.SafetensorsFile;
import sirkuit.checkpoint.delta.Changes;
import sirkuit.checkpoint.delta.CheckpointDelta;
import sirkuit.checkpoint.tokenizer.TokenizerPlan;
import sirkuit.export.Exporting;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskFile;
import sirkuit.protocol.Request;
import sirkuit.run.RunFolder;

/// `sirkuit export` of a run that `sirkuit tune` made.
@UsesProcess
class ExportCommandTest {
    /// Tuned once; each test has a copy, which a run does not mind.
    @TempDir
    static Path made = Path.of("");

    @TempDir
    Path folder = Path.of("");

    private Path model = Path.of("");
    private Path run = Path.of("");

    @BeforeAll
    static void tune() throws IOException {
        Path model = TinyCheckpoint.write(made.resolve("model"), 1);
        Files.writeString(model.resolve("README.md"), "the base's own card");
        Path texts = TinyCheckpoint.writeTexts(made.resolve("texts.csv"), 60, 2);
        Path source = TinyCheckpoint.writeTexts(made.resolve("source.csv"), 30, 3);
        Path mask = made.resolve("mask.json");
        MaskFile.write(mask, new HeadMask(2, 4, List.of(new Head(0, 1), new Head(1, 2)), "by hand"));
        done(
                "tune",
                "--checkpoint",
                model,
                "--mask",
                mask,
                "--train",
                texts,
                "--target-eval",
                texts,
                "--source-eval",
                source,
                "--epochs",
                1,
                "--max-length",
                16,
                "--out",
                made.resolve("run"));
    }

    @BeforeEach
    void copy() throws IOException {
        try (var files = Files.walk(made)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = folder.resolve(made.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        model = folder.resolve("model");
        run = folder.resolve("run");
        RunFolder copy = new RunFolder(run);
        copy.writeConfig(copy.config()); // as if it had been made here, where its files now are
    }

    private static String done(Object... words) {
        CommandLineTest.Result result = CommandLineTest.run(words);
        assertThat(result.status()).as(result.err()).isZero();
        return result.out();
    }

    private static String refused(Object... words) {
        CommandLineTest.Result result = CommandLineTest.run(words);
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).doesNotContain("Exception");
        return result.err();
    }

    @Test
    void aDeltaAppliedToTheBaseIsTheExportedFolder() throws IOException {
        Path whole = folder.resolve("whole");
        Path delta = folder.resolve("delta");
        Path applied = folder.resolve("applied");
        done("export", "--run", run, "--out", whole);
        done("export", "--run", run, "--delta", "--out", delta);
        done("export", "--apply", delta.resolve("delta.safetensors"), "--to", model, "--out", applied);
        List<String> names = List.of(
                "README.base.md",
                "README.md",
                "config.json",
                "model.safetensors",
                "tokenizer.json",
                "tokenizer_config.json");
        try (var files = Files.list(applied)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrderElementsOf(names);
        }
        for (String name : names) {
            assertThat(applied.resolve(name)).hasSameBinaryContentAs(whole.resolve(name));
        }
        assertThat(whole.resolve("model.safetensors")).hasSameBinaryContentAs(run.resolve("adapted/model.safetensors"));
        assertThat(whole.resolve("README.base.md")).hasContent("the base's own card");
        assertThat(whole.resolve("README.md"))
                .content()
                .startsWith("---\nbase_model: \"model\"\nlibrary_name: transformers\n")
                .contains("2 attention heads, the norms", "| 0 | | ● | | |\n| 1 | | | ● | |")
                .contains("Forgotten: ", "--seed 0", "texts.csv")
                .doesNotContain(folder.toString(), made.toString());
        assertThat(delta.resolve("README.md")).hasSameBinaryContentAs(whole.resolve("README.md"));
    }

    @Test
    void aRoundedDeltaIsAFileThatNamesWhatItLeadsTo() throws JsonProcessingException {
        Path exact = folder.resolve("exact.safetensors");
        Path rounded = folder.resolve("rounded.safetensors");
        JsonNode one = Json.MAPPER.readTree(done("export", "--run", run, "--delta", "--out", exact, "--json"));
        JsonNode other =
                Json.MAPPER.readTree(done("export", "--run", run, "--delta", "--rounded", "--out", rounded, "--json"));
        assertThat(other.path("entries")).isEqualTo(one.path("entries"));
        assertThat(other.path("bytes").longValue()).isLessThan(one.path("bytes").longValue());
        assertThat(other.path("digest")).isNotEqualTo(one.path("digest"));
        Path out = folder.resolve("applied");
        JsonNode applied =
                Json.MAPPER.readTree(done("export", "--apply", rounded, "--to", model, "--out", out, "--json"));
        assertThat(applied.path("digest")).isEqualTo(other.path("digest"));
        assertThat(out.resolve("README.md")).content().contains("rounded to ten bits");
    }

    @Test
    void whatCannotBeExportedIsToldWithWhatToDo() throws IOException {
        Path out = folder.resolve("out");
        assertThat(refused("export", "--run", folder.resolve("nowhere"), "--out", out))
                .contains("There is no folder");
        assertThat(refused("export", "--run", model, "--out", out)).contains("is not the folder of a run");
        assertThat(refused("export", "--run", run, "--out", model)).contains("already exists");
        assertThat(refused("export", "--out", out)).contains("Neither --run nor --apply");
        assertThat(refused("export", "--run", run, "--rounded", "--out", out))
                .contains("--rounded can be used only with --delta");
        assertThat(refused("export", "--apply", model.resolve("model.safetensors"), "--to", model, "--out", out))
                .contains("is not a delta");
        assertThat(out).doesNotExist();
    }

    @Test
    void aRunThatHasNotFinishedSaysHowItStands() throws IOException {
        Path events = run.resolve("events.jsonl");
        List<String> lines = Files.readAllLines(events);
        Path out = folder.resolve("out");
        Files.write(events, lines.subList(0, lines.size() - 1));
        assertThat(refused("export", "--run", run, "--out", out)).contains("has not finished: it is at step 4 of 4");
        String written = lines.stream()
                .filter(l -> l.contains("\"written\""))
                .findFirst()
                .orElseThrow();
        Files.write(events, lines.subList(0, lines.indexOf(written)));
        String failed = "{\"v\":1,\"type\":\"failed\",\"what\":\"The disk is full.\",\"remedy\":\"Free some space.\"}";
        Files.writeString(events, "\n" + failed + "\n", java.nio.file.StandardOpenOption.APPEND);
        assertThat(refused("export", "--run", run, "--out", out)).contains("failed at step 4", "The disk is full.");
        Files.writeString(events, "{\"v\":1,\"type\":\"cancelled\"}\n", java.nio.file.StandardOpenOption.APPEND);
        assertThat(refused("export", "--run", run, "--out", out)).contains("was cancelled at step 4 of 4");
        assertThat(out).doesNotExist();
        // A run whose loss was no number any more has written its last good values before it failed.
        Files.writeString(events, written + "\n" + failed + "\n", java.nio.file.StandardOpenOption.APPEND);
        done("export", "--run", run, "--out", out);
        assertThat(out.resolve("README.md")).content().contains("It failed at step 4\\: The disk is full.");
    }

    @Test
    void aBaseThatChangedSinceTheRunIsRefusedAndOneThatIsGoneGivesAWholeCheckpoint() throws IOException {
        Path out = folder.resolve("out");
        String digest = Checkpoint.open(model).digest();
        TinyCheckpoint.write(model, 2);
        String another = Checkpoint.open(model).digest();
        for (Object[] changed : new Object[][] {
            {"export", "--run", run, "--out", out},
            {"export", "--run", run, "--delta", "--out", out},
            {"export", "--run", run, "--checkpoint", model, "--out", out}
        }) {
            assertThat(refused(changed)).contains("has changed since the run started", digest, another, "--checkpoint");
        }
        Path moved = Files.move(model, folder.resolve("moved"));
        assertThat(refused("export", "--run", run, "--delta", "--out", out)).contains("--checkpoint");
        assertThat(out).doesNotExist();
        TinyCheckpoint.write(moved, 1);
        done("export", "--run", run, "--delta", "--checkpoint", moved, "--out", out);
        Path whole = folder.resolve("whole");
        done("export", "--run", run, "--out", whole);
        for (Path exported : new Path[] {out, whole}) {
            assertThat(exported.resolve("README.md")).content().contains("| base | " + digest + " |");
        }
    }

    /// One value is within what the run may have changed: only the digest tells.
    @Test
    void aBaseInWhichOneTrainedValueChangedIsRefused() throws IOException {
        Path weights = model.resolve("model.safetensors");
        long header = ByteBuffer.wrap(Files.readAllBytes(weights))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        String norm = "bert.encoder.layer.0.attention.output.LayerNorm.weight";
        long at = 8 + header + SafetensorsFile.open(weights).tensors().get(norm).begin();
        byte[] bytes = Files.readAllBytes(weights);
        bytes[Math.toIntExact(at)] ^= 1;
        Files.write(weights, bytes);
        Path out = folder.resolve("out");
        assertThat(refused("export", "--run", run, "--out", out)).contains("has changed since");
        assertThat(refused("export", "--run", run, "--delta", "--out", out)).contains("has changed since");
        assertThat(out).doesNotExist();
    }

    @Test
    void aRunOfAVersionThatNotedNoDigestSaysThatItsBaseIsNotKnown() throws IOException {
        String digest = Checkpoint.open(model).digest();
        Path events = run.resolve("events.jsonl");
        String told = Files.readString(events);
        assertThat(told).contains(",\"checkpointDigest\":\"" + digest + "\"");
        Files.writeString(events, told.replace(",\"checkpointDigest\":\"" + digest + "\"", ""));
        Path whole = folder.resolve("whole");
        Path delta = folder.resolve("delta");
        done("export", "--run", run, "--out", whole);
        done("export", "--run", run, "--delta", "--out", delta);
        for (Path exported : new Path[] {whole, delta}) {
            assertThat(exported.resolve("README.md"))
                    .content()
                    .contains("| base | not known")
                    .doesNotContain(digest);
        }
        TinyCheckpoint.write(model, 2);
        assertThat(refused("export", "--run", run, "--delta", "--out", folder.resolve("out")))
                .contains("entries differ, and only");
    }

    /// The digest of a checkpoint leaves its tokenizer out.
    @Test
    void aDeltaIsRefusedByACheckpointWithAnotherTokenizer() throws IOException {
        Path delta = folder.resolve("delta.safetensors");
        done("export", "--run", run, "--delta", "--out", delta);
        Path settings = model.resolve("tokenizer.json");
        String before = Files.readString(settings);
        String digest = TokenizerPlan.of(Checkpoint.open(model)).digest();
        ObjectNode other = (ObjectNode) Json.MAPPER.readTree(before);
        boolean lower = !other.path("normalizer").path("lowercase").asBoolean();
        other.putObject("normalizer")
                .put("type", "BertNormalizer")
                .put("clean_text", true)
                .put("handle_chinese_chars", true)
                .putNull("strip_accents")
                .put("lowercase", lower);
        Files.writeString(settings, other.toString());
        String another = TokenizerPlan.of(Checkpoint.open(model)).digest();
        assertThat(another).isNotEqualTo(digest);
        Path out = folder.resolve("out");
        assertThat(refused("export", "--apply", delta, "--to", model, "--out", out))
                .contains("The tokenizer of " + model + " is not the one that", digest, another);
        assertThat(refused("export", "--run", run, "--delta", "--out", out))
                .contains("has changed since the run started: its tokenizer", digest, another);
        assertThat(refused("export", "--run", run, "--out", out)).contains("its tokenizer");
        assertThat(out).doesNotExist();
        // The remedy: a copy with the tokenizer as it was.
        Files.writeString(settings, before);
        CommandLineTest.Result applied = CommandLineTest.run("export", "--apply", delta, "--to", model, "--out", out);
        assertThat(applied.status()).as(applied.err()).isZero();
        assertThat(applied.err()).isEmpty();
        assertThat(out.resolve("README.md")).content().contains("| tokenizer of both | " + digest + " |");
    }

    @Test
    void aDeltaOfAVersionThatNotedNoTokenizerIsAppliedWithANote() {
        Path delta = folder.resolve("older.safetensors");
        Changes changes = Changes.between(Checkpoint.open(model), Checkpoint.open(run.resolve("adapted")));
        CheckpointDelta.write(delta, changes, false, result -> Map.of("run", "run"));
        Path out = folder.resolve("out");
        CommandLineTest.Result applied = CommandLineTest.run("export", "--apply", delta, "--to", model, "--out", out);
        assertThat(applied.status()).as(applied.err()).isZero();
        assertThat(applied.err()).contains("does not say which tokenizer it was made with");
        assertThat(Checkpoint.open(out).digest())
                .isEqualTo(Checkpoint.open(run.resolve("adapted")).digest());
    }

    /// Stopped at each place where it can be, one after another.
    @Test
    void anExportThatIsCancelledLeavesNothing() throws IOException {
        for (Request.Export.Form form : Request.Export.Form.values()) {
            Path out = folder.resolve("cancelled/" + form + (form == Request.Export.Form.WHOLE ? "" : ".safetensors"));
            int stops = 0;
            for (boolean finished = false; !finished; ) {
                int[] left = {stops};
                try {
                    new Exporting(out, () -> {
                                if (left[0]-- == 0) {
                                    throw new CancellationException();
                                }
                            })
                            .run(run, form, null, false);
                    finished = true;
                } catch (CancellationException e) {
                    stops++;
                    assertThat(out).doesNotExist();
                    if (Files.exists(out.getParent())) {
                        try (var files = Files.list(out.getParent())) {
                            assertThat(files.filter(
                                            f -> f.getFileName().toString().contains(form.name())))
                                    .isEmpty();
                        }
                    }
                }
            }
            assertThat(out).exists();
            assertThat(stops).isGreaterThan(10); // for each tensor at least once
        }
    }
}
