package sirkuit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Interrupts;
import sirkuit.Json;
import sirkuit.Program;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesProcess;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskFile;
import sirkuit.run.RunFolder;

/// What `sirkuit tune` says.
@UsesProcess
class TuneCommandTest {
    @TempDir
    Path folder = Path.of("");

    private Path model = Path.of("");
    private Path train = Path.of("");
    private Path target = Path.of("");
    private Path source = Path.of("");

    @BeforeEach
    void write() {
        model = TinyCheckpoint.write(folder.resolve("model"), 1);
        train = TinyCheckpoint.writeTexts(folder.resolve("train.csv"), 60, 2);
        target = TinyCheckpoint.writeTexts(folder.resolve("target.csv"), 60, 3);
        source = TinyCheckpoint.writeTexts(folder.resolve("source.csv"), 60, 4);
    }

    private CommandLineTest.Result tune(Object... more) {
        List<Object> words = new ArrayList<>(List.of("tune", "--checkpoint", model, "--train", train));
        words.addAll(List.of("--source-eval", source));
        words.addAll(Arrays.asList(more));
        if (!words.contains("--max-length")) {
            words.addAll(List.of("--max-length", 16));
        }
        if (!words.contains("--target-eval")) {
            words.addAll(List.of("--target-eval", target));
        }
        if (!words.contains("--out")) {
            words.addAll(List.of("--out", folder.resolve("run")));
        }
        if (!words.contains("--mask") && !words.contains("--baseline")) {
            words.addAll(List.of("--baseline", "all-heads"));
        }
        return CommandLineTest.run(words.toArray());
    }

    @Test
    void withPatienceTheResultIsThatOfTheStepThatWasKept() throws JsonProcessingException {
        CommandLineTest.Result tuned =
                tune("--learning-rate", 0.3, "--patience", 2, "--epochs", 30, "--keep-aside", 0, "--json");
        assertThat(tuned.status()).as(tuned.err()).isZero();
        JsonNode result = Json.MAPPER.readTree(tuned.out());
        int kept = result.path("keptStep").intValue();
        assertThat(kept).isLessThan(result.path("steps").intValue());
        assertThat(result.path("chosenOn")).containsExactly(Json.MAPPER.valueToTree("target"));
        assertThat(result.path("name").textValue()).isEqualTo("run");
        assertThat(result.path("run").textValue())
                .isEqualTo(folder.resolve("run").toString());
        assertThat(result.path("trainableParameters").longValue()).isPositive();
        assertThat(result.path("seconds").doubleValue()).isPositive();
        double before = result.at("/before/source/accuracy").doubleValue();
        double after = result.at("/after/source/accuracy").doubleValue();
        assertThat(result.path("forgetting").doubleValue()).isEqualTo(100 * (before - after), within(1e-9));
        String adapted = result.path("adapted").textValue();
        for (String texts : new String[] {"target", "source"}) {
            CommandLineTest.Result evaluated = CommandLineTest.run(
                    "evaluate",
                    "--checkpoint",
                    adapted,
                    "--data",
                    folder.resolve(texts + ".csv"),
                    "--max-length",
                    16,
                    "--json");
            JsonNode quality = Json.MAPPER.readTree(evaluated.out());
            for (String number : new String[] {"accuracy", "macroF1"}) {
                assertThat(result.at("/after/" + texts + "/" + number))
                        .as(texts + " " + number)
                        .isEqualTo(quality.path(number));
            }
        }
        String written = new RunFolder(folder.resolve("run"))
                .eventLines().stream()
                        .filter(l -> l.contains("\"type\":\"written\""))
                        .findFirst()
                        .orElseThrow();
        assertThat(Json.MAPPER.readTree(written).path("step").intValue()).isEqualTo(kept);
        assertThat(Json.MAPPER.readTree(written).at("/target/accuracy")).isEqualTo(result.at("/after/target/accuracy"));
    }

    @Test
    void aValidSplitChoosesTheStepAndTheTargetTextsAreMeasuredForItOnce() throws IOException {
        Path valid = TinyCheckpoint.writeTexts(folder.resolve("valid.csv"), 30, 5);
        CommandLineTest.Result tuned = tune("--learning-rate", 0.1, "--epochs", 6, "--valid", valid, "--json");
        assertThat(tuned.status()).as(tuned.err()).isZero();
        JsonNode result = Json.MAPPER.readTree(tuned.out());
        assertThat(result.path("chosenOn")).isEmpty();
        List<JsonNode> evaluations = new ArrayList<>();
        for (String line : new RunFolder(folder.resolve("run")).eventLines()) {
            JsonNode event = Json.MAPPER.readTree(line);
            if (event.path("type").textValue().equals("evaluated")) {
                evaluations.add(event);
            }
        }
        assertThat(evaluations).hasSize(7);
        assertThat(evaluations.getFirst().at("/target/accuracy")).isEqualTo(result.at("/before/target/accuracy"));
        assertThat(evaluations.subList(1, 7)).noneMatch(e -> e.has("target")).allMatch(e -> e.has("valid"));
        JsonNode best = evaluations.stream()
                .max(java.util.Comparator.comparingDouble(
                                (JsonNode e) -> e.at("/valid/accuracy").doubleValue())
                        .thenComparing(e -> -e.path("step").intValue()))
                .orElseThrow();
        assertThat(result.path("keptStep")).isEqualTo(best.path("step"));
        assertThat(result.at("/valid/accuracy")).isEqualTo(best.at("/valid/accuracy"));
        JsonNode quality = Json.MAPPER.readTree(CommandLineTest.run(
                        "evaluate",
                        "--checkpoint",
                        result.path("adapted").textValue(),
                        "--data",
                        target,
                        "--max-length",
                        16,
                        "--json")
                .out());
        assertThat(result.at("/after/target/accuracy")).isEqualTo(quality.path("accuracy"));
        assertThat(CommandLineTest.run("runs", folder).out()).doesNotContain("Chosen on this file");
        assertThat(tune("--valid", target, "--out", folder.resolve("other")).err())
                .contains("which choose the kept step, are also in")
                .contains("--keep-aside 0.2");
    }

    @Test
    void withPatienceAndNoValidFileAFifthOfTheTrainingTextsIsKeptAside() throws JsonProcessingException {
        CommandLineTest.Result tuned = tune("--patience", 2, "--epochs", 3, "--json");
        assertThat(tuned.status()).as(tuned.err()).isZero();
        assertThat(tuned.err()).contains("12 of the 60 training texts in ", "are kept aside");
        assertThat(Json.MAPPER.readTree(tuned.out()).path("chosenOn")).isEmpty();
        RunFolder run = new RunFolder(folder.resolve("run"));
        JsonNode first = Json.MAPPER.readTree(run.eventLines().getFirst());
        assertThat(first.path("trainExamples").intValue()).isEqualTo(48);
        assertThat(run.config().data().validShare()).isEqualTo(0.2);
    }

    /// The resume point, which had this too, is gone when the run has finished.
    @Test
    void aFinishedRunStillSaysWhatItWasMadeFrom() throws IOException {
        CommandLineTest.Result tuned = tune("--baseline", "norms", "--epochs", 1, "--threads", 1);
        assertThat(tuned.status()).as(tuned.err()).isZero();
        RunFolder run = new RunFolder(folder.resolve("run"));
        assertThat(run.resume()).doesNotExist();
        sirkuit.record.Provenance from =
                sirkuit.run.state.RunState.of(run).provenance().getFirst();
        assertThat(from.files().keySet())
                .containsExactly("checkpoint", "tokenizer", "train", "targetEval", "sourceEval");
        assertThat(from.checkpoint()).isEqualTo("../model");
        assertThat(from.files().get("train").binding().classes()).containsExactly("negative", "neutral", "positive");
        assertThat(from.machine().device()).isEqualTo("cpu");
        assertThat(from.machine().threads()).isOne();
        assertThat(from.machine().java()).isEqualTo(System.getProperty("java.version"));
        assertThat(from.machine().backend()).contains(from.machine().libtorch());
        CommandLineTest.Result same = CommandLineTest.run("runs", "--check", run.folder());
        assertThat(same.out()).contains("files: all the same");
        assertThat(same.status()).isZero();
        Files.writeString(train, "bagus,positive\n", java.nio.file.StandardOpenOption.APPEND);
        CommandLineTest.Result changed = CommandLineTest.run("runs", "--check", run.folder());
        assertThat(changed.out()).contains("changed: train (").doesNotContain("targetEval");
        assertThat(changed.status()).isOne();
    }

    /// From its first event: whatever happens later, it is known what the run learns and from what.
    @Test
    void theFirstEventSaysWhatIsLearntAndFromWhichTexts() throws IOException {
        CommandLineTest.Result tuned =
                tune("--baseline", "norms", "--epochs", 1, "--target", "Minangkabau", "--source", "Indonesian");
        assertThat(tuned.status()).as(tuned.err()).isZero();
        assertThat(tuned.err()).contains("target: Minangkabau, source: Indonesian");
        RunFolder run = new RunFolder(folder.resolve("run"));
        JsonNode first = Json.MAPPER.readTree(run.eventLines().getFirst());
        assertThat(first.path("type").textValue()).isEqualTo("started");
        assertThat(first.path("target").textValue()).isEqualTo("Minangkabau");
        assertThat(first.path("source").textValue()).isEqualTo("Indonesian");
        List<String> labels = sirkuit.transformer.family.Families.spec(sirkuit.checkpoint.Checkpoint.open(model))
                .labels();
        assertThat(first.at("/digests/train").textValue())
                .isEqualTo(new sirkuit.record.DataFile(train.toString()).digest(labels));
        assertThat(first.at("/digests/targetEval").textValue())
                .isEqualTo(new sirkuit.record.DataFile(target.toString()).digest(labels));
        assertThat(first.at("/digests/sourceEval").textValue())
                .isEqualTo(new sirkuit.record.DataFile(source.toString()).digest(labels));
        assertThat(first.path("checkpointDigest").textValue())
                .isEqualTo(sirkuit.checkpoint.Checkpoint.open(model).digest());
        assertThat(run.config().target()).isEqualTo("Minangkabau");
    }

    /// A note about the texts comes after it.
    @Test
    void withoutNamesTheRunIsCalledAfterItsFiles() throws IOException {
        Path folderOfTexts = Files.createDirectories(folder.resolve("minangkabau"));
        Path texts = folderOfTexts.resolve("train.csv");
        Files.copy(train, texts);
        CommandLineTest.Result tuned = CommandLineTest.run(
                "tune",
                "--checkpoint",
                model,
                "--train",
                texts,
                "--target-eval",
                texts,
                "--baseline",
                "norms",
                "--epochs",
                1,
                "--max-length",
                16,
                "--out",
                folder.resolve("run"),
                "--json");
        assertThat(Json.MAPPER.readTree(tuned.out()).path("target").textValue()).isEqualTo("minangkabau");
        RunFolder run = new RunFolder(folder.resolve("run"));
        assertThat(run.eventLines().getFirst()).contains("\"type\":\"started\"", "\"target\":\"minangkabau\"");
        assertThat(run.eventLines()).anyMatch(l -> l.contains("\"noted\"") && l.contains("are also in"));
        JsonNode listed = Json.MAPPER.readTree(
                CommandLineTest.run("runs", folder, "--json").out());
        assertThat(listed.get(0).path("learnt").textValue()).isEqualTo("minangkabau");
    }

    @Test
    void theSummaryNamesTheStepThatWasKept() {
        CommandLineTest.Result tuned = tune("--learning-rate", 0.3, "--patience", 2, "--epochs", 30, "--keep-aside", 0);
        assertThat(tuned.out())
                .containsPattern("kept the values of step \\d+ of \\d+")
                .contains("target", "source", "forgotten", "adapted checkpoint: ")
                .contains("Chosen on this file: patience kept");
        assertThat(CommandLineTest.run("runs", folder).out()).contains("Chosen on this file: patience kept");
    }

    @Test
    void whatIsAllowedAndSeldomMeantIsNoted() {
        Path mask = folder.resolve("mask.json");
        MaskFile.write(
                mask,
                new MaskFile.Saved(HeadMask.all(TinyCheckpoint.LAYERS, TinyCheckpoint.HEADS), "of another checkpoint"));
        CommandLineTest.Result noted =
                tune("--mask", mask, "--target-eval", train, "--max-length", 64, "--examples", 500, "--epochs", 1);
        assertThat(noted.status()).as(noted.err()).isZero();
        assertThat(noted.err())
                .contains("--target-eval is the file of --train")
                .doesNotContain("--source-eval is the file")
                .contains("--max-length is 64, but the checkpoint takes only 24 tokens")
                .contains("--examples is 500, but " + train + " has only 60 texts")
                .contains("mask.json was made from scores of another checkpoint");
    }

    @Test
    void aMaskOfThisCheckpointsScoresIsTunedWithoutANote() {
        Path scores = folder.resolve("scores.json");
        Path mask = folder.resolve("mask.json");
        CommandLineTest.run("score", "--checkpoint", model, "--data", train, "--method", "random", "--out", scores);
        CommandLineTest.run("mask", "--scores", scores, "--top-k", 3, "--out", mask);
        String digest = Json.tree(scores).at("/provenance/checkpointDigest").textValue();
        assertThat(Json.tree(mask).path("checkpoint").textValue()).isEqualTo(digest);
        CommandLineTest.Result tuned = tune("--mask", mask, "--epochs", 1, "--examples", 30);
        assertThat(tuned.status()).as(tuned.err()).isZero();
        assertThat(tuned.err()).doesNotContain("another checkpoint");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsRefusedBeforeTheEngineStarts() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        CommandLineTest.Result refused = tune("--out", file.resolve("run"));
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).contains("cannot be written").doesNotContain("Exception");
    }

    /// As in a terminal, where Ctrl-C reaches the command; the engine is cancelled by it.
    @Test
    void interruptedItSaysInOneSentenceWhereItIsPausedAndWhatGoesOn() throws IOException, InterruptedException {
        Interrupts.assumeHeard();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.MAIN,
                        "tune",
                        "--checkpoint=" + model,
                        "--baseline=all-heads",
                        "--train=" + train,
                        "--target-eval=" + target,
                        "--epochs=100000",
                        "--max-length=16",
                        "--out=" + folder.resolve("run"))
                .start();
        try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
            String line = err.readLine();
            while (line != null && !line.startsWith("step    4")) {
                line = err.readLine();
            }
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            List<String> rest = err.lines().toList();
            assertThat(rest.getLast())
                    .matches("sirkuit: paused at step [1-9]\\d*, and nothing is written to adapted/ yet:"
                            + " sirkuit tune --resume \\S+/run resumes it from there");
            assertThat(rest.stream().filter(l -> l.contains("paused"))).hasSize(1);
            assertThat(rest).noneMatch(l -> l.contains("cancelled"));
            JsonNode listed = Json.MAPPER
                    .readTree(CommandLineTest.run("runs", folder, "--json").out())
                    .path(0);
            assertThat(listed.path("state").textValue()).isEqualTo("paused");
            assertThat(process.waitFor()).isEqualTo(130);
            assertThat(folder.resolve("run/adapted")).doesNotExist();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aRunThatGoesOnReportsAsOneThatWasNeverStopped() throws IOException {
        CommandLineTest.Result whole = tune("--epochs", 3, "--watch", "again=" + source, "--json");
        assertThat(whole.status()).as(whole.err()).isZero();
        CommandLineTest.Result again = CommandLineTest.run("tune", "--resume", folder.resolve("run"));
        assertThat(again.status()).isEqualTo(2);
        assertThat(again.err()).contains("has finished");
        assertThat(CommandLineTest.run("tune", "--resume", folder.resolve("run"), "--epochs", 4)
                        .err())
                .contains("--epochs cannot be given with --resume");
        assertThat(CommandLineTest.run("tune", "--resume", folder).err()).contains("contains no run");
        // As a process leaves it that dies after the adapted checkpoint and before the last line.
        Path events = folder.resolve("run/events.jsonl");
        String lines = Files.readString(events);
        Files.writeString(events, lines.substring(0, lines.lastIndexOf("{\"v\"")));
        CommandLineTest.Result resumed = CommandLineTest.run("tune", "--resume", folder.resolve("run"), "--json");
        assertThat(resumed.status()).as(resumed.err()).isZero();
        JsonNode first = Json.MAPPER.readTree(whole.out());
        JsonNode second = Json.MAPPER.readTree(resumed.out());
        for (String field : List.of("name", "run", "adapted", "steps", "keptStep", "before", "after", "forgetting")) {
            assertThat(second.path(field)).as(field).isEqualTo(first.path(field));
        }
        assertThat(second.at("/after/watched/again")).isEqualTo(second.at("/after/source"));
        JsonNode after = second.at("/after/target");
        assertThat(after.path("low").doubleValue())
                .isLessThan(after.path("accuracy").doubleValue());
        assertThat(after.path("high").doubleValue())
                .isGreaterThan(after.path("accuracy").doubleValue());
    }

    @Test
    void whenTheSourceIsLostItStopsAndKeepsWhatKeptToTheLimit() throws IOException {
        forgetWhatIsKnown();
        CommandLineTest.Result tuned = tune(
                "--learning-rate",
                0.3,
                "--epochs",
                20,
                "--evaluate-every",
                1,
                "--max-forgetting",
                3,
                "--schedule",
                "constant",
                "--json");
        assertThat(tuned.status()).as(tuned.err()).isZero();
        JsonNode result = Json.MAPPER.readTree(tuned.out());
        assertThat(tuned.err()).containsPattern("Stopped at step \\d+: the source has lost [\\d.]+ points");
        assertThat(result.path("keptStep").intValue())
                .isEqualTo(result.path("steps").intValue() - 1);
        assertThat(result.path("forgetting").doubleValue()).isLessThanOrEqualTo(3);
        assertThat(tune("--max-forgetting", 101, "--out", folder.resolve("other"))
                        .err())
                .contains("--max-forgetting is 101");
    }

    @Test
    void aRunWhoseNumbersRunAwayKeepsItsLastGoodState() throws IOException {
        CommandLineTest.Result tuned = tune(
                "--learning-rate",
                1e19,
                "--warmup",
                0.9,
                "--weight-decay",
                0,
                "--clip",
                0,
                "--epochs",
                9,
                "--evaluate-every",
                1);
        assertThat(tuned.status()).as(tuned.out()).isEqualTo(1);
        assertThat(tuned.err())
                .containsPattern(
                        "The (loss|loss on the target texts|gradient's norm) became \\S+ at step \\d+\\. The values of step \\d+ are kept in")
                .contains("a lower learning rate")
                .doesNotContain("Resume it from");
        CommandLineTest.Result good = CommandLineTest.run(
                "evaluate", "--checkpoint", folder.resolve("run/adapted"), "--data", target, "--json");
        assertThat(good.status()).as(good.err()).isZero();
        assertThat(Json.MAPPER.readTree(good.out()).path("loss").isNumber()).isTrue();
    }

    @Test
    void theSummaryOfAGuardedRunSaysThatTheGuardChoseTheStep() throws IOException {
        forgetWhatIsKnown();
        String[] lost = {"--learning-rate", "0.3", "--epochs", "20", "--evaluate-every", "1", "--max-forgetting", "3"};
        CommandLineTest.Result tuned = tune((Object[]) lost);
        assertThat(tuned.status()).as(tuned.err()).isZero();
        assertThat(tuned.out())
                .containsPattern(
                        "kept the values of step [1-9]\\d* of \\d+, the last that lost no more than 3.0 points on"
                                + " the source: target")
                .doesNotContain("best on the target");
        lost[5] = "100";
        CommandLineTest.Result atOnce = tune(java.util.stream.Stream.concat(
                        Arrays.stream(lost), java.util.stream.Stream.of("--out", folder.resolve("late")))
                .toArray());
        assertThat(atOnce.status()).as(atOnce.err()).isZero();
        assertThat(atOnce.out())
                .containsPattern(
                        "kept the values of step 0 of \\d+, the checkpoint's own: every later evaluation had lost"
                                + " more than 3.0 points on the source: target");
    }

    /// One step with a warm-up has the learning rate 0, by the formula that transformers has too.
    @Test
    void aRunThatWouldTrainNothingIsRefusedAndOneThatTrainsLittleSaysSo() throws IOException {
        CommandLineTest.Result one = tune("--examples", 9, "--epochs", 1);
        assertThat(one.status()).isEqualTo(2);
        assertThat(one.err()).contains("Nothing would be trained: the run has only 1 step", "--warmup 0");
        assertThat(folder.resolve("run")).doesNotExist();
        CommandLineTest.Result two = tune("--examples", 9, "--epochs", 2);
        assertThat(two.status()).as(two.err()).isZero();
        assertThat(two.err()).contains("note: The learning rate is 0 in 1 of 2 steps");
        assertThat(Files.readString(folder.resolve("run/events.jsonl")))
                .contains("The learning rate is 0 in 1 of 2 steps");
        CommandLineTest.Result without =
                tune("--examples", 9, "--epochs", 1, "--warmup", 0, "--out", folder.resolve("without"));
        assertThat(without.status()).as(without.err()).isZero();
        assertThat(without.err()).doesNotContain("learning rate is 0");
        assertThat(Files.mismatch(
                        folder.resolve("without/adapted/model.safetensors"), model.resolve("model.safetensors")))
                .as("first byte that was trained")
                .isPositive();
    }

    @Test
    void aDamagedResumePointIsNotADownload() throws IOException {
        assertThat(tune("--epochs", 1).status()).isZero();
        Path run = folder.resolve("run");
        List<String> lines = Files.readAllLines(run.resolve("events.jsonl"));
        Files.write(run.resolve("events.jsonl"), lines.subList(0, lines.size() - 1));
        Path point = run.resolve("resume/point.safetensors");
        Files.createDirectories(point.getParent());
        byte[] whole = Files.readAllBytes(model.resolve("model.safetensors"));
        for (int length : new int[] {whole.length - 100, 100, 5, 0}) {
            Files.write(point, Arrays.copyOf(whole, length));
            CommandLineTest.Result damaged = CommandLineTest.run("tune", "--resume", run);
            assertThat(damaged.status()).isEqualTo(2);
            assertThat(damaged.err())
                    .contains("The resume point is damaged", "point.safetensors", "start the run again", "Restore it")
                    .doesNotContain("download", "etch");
        }
    }

    /// As `kill -9` leaves a run: events without an end, and a point to go on from.
    @Test
    void aKilledRunIsListedAsInterruptedWithItsLastFigures() throws IOException {
        assertThat(tune("--epochs", 2).status()).isZero();
        Path events = folder.resolve("run/events.jsonl");
        List<String> lines = Files.readAllLines(events);
        int last = 0;
        for (int i = 0; i < lines.size(); i++) {
            last = lines.get(i).contains("\"type\":\"evaluated\"") ? i : last;
        }
        Files.write(events, lines.subList(0, last + 1));
        JsonNode evaluated = Json.MAPPER.readTree(lines.get(last));
        CommandLineTest.Result json = CommandLineTest.run("runs", folder, "--json");
        JsonNode row = Json.MAPPER.readTree(json.out()).path(0);
        assertThat(row.path("state").textValue()).isEqualTo("interrupted");
        for (String texts : List.of("target", "source")) {
            assertThat(row.at("/" + texts + "/accuracy").doubleValue())
                    .isPositive()
                    .isEqualTo(evaluated.at("/" + texts + "/accuracy").doubleValue());
        }
        assertThat(CommandLineTest.run("runs", folder).out())
                .containsPattern("run +interrupted +\\d+/\\d+ +[\\d.]+ % +[\\d.]+ %");
        Files.writeString(
                events,
                "\n{\"v\":1,\"type\":\"paused\",\"step\":8,\"why\":\"It was stopped.\"}\n{\"v\":1,\"type\":\"cancelled\"}\n",
                java.nio.file.StandardOpenOption.APPEND);
        assertThat(CommandLineTest.run("runs", folder).out()).contains("paused").doesNotContain("cancelled");
    }

    @Test
    void trainingTextsOfOneClassAreWarnedOf() throws IOException {
        keepRows(train, line -> line.endsWith("positive"));
        CommandLineTest.Result tuned = tune("--epochs", 1);
        assertThat(tuned.status()).as(tuned.err()).isZero();
        assertThat(tuned.err()).contains("All 20 training texts").contains("are labelled \"positive\"");
    }

    private void forgetWhatIsKnown() throws IOException {
        // The source asks for the one class that the checkpoint always says; the others are taught.
        JsonNode confusion = Json.MAPPER
                .readTree(CommandLineTest.run("evaluate", "--checkpoint", model, "--data", source, "--json")
                        .out())
                .path("confusion");
        List<String> labels = List.of("negative", "neutral", "positive");
        int said = 0;
        for (int c = 0; c < 3; c++) {
            said = confusion.at("/" + c + "/" + c).intValue()
                            > confusion.at("/" + said + "/" + said).intValue()
                    ? c
                    : said;
        }
        String known = labels.get(said);
        keepRows(source, line -> line.endsWith(known));
        keepRows(train, line -> !line.endsWith(known));
    }

    private static void keepRows(Path file, Predicate<String> wanted) throws IOException {
        Files.write(
                file,
                Files.readAllLines(file).stream()
                        .filter(l -> l.endsWith("label") || wanted.test(l))
                        .toList());
    }
}
