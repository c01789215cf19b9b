package sirkuit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesProcess;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskFile;

/// The commands as a script would call them.
@UsesProcess
class CommandLineTest {
    @TempDir
    Path folder = Path.of("");

    record Result(int status, String out, String err) {}

    static synchronized Result run(Object... args) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
            String[] words = java.util.Arrays.stream(args).map(String::valueOf).toArray(String[]::new);
            int status = Main.run(words);
            return new Result(
                    status, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private Path model() {
        return TinyCheckpoint.write(folder.resolve("model"), 1);
    }

    private Path texts() {
        return TinyCheckpoint.writeTexts(folder.resolve("texts.csv"), 60, 2);
    }

    @Test
    void evaluateWritesWhatItSaysOfEachText() throws IOException {
        Path file = folder.resolve("predictions.csv");
        Object[] words = {"evaluate", "--checkpoint", model(), "--data", texts(), "--max-length", 16, "--json"};
        Object[] more = java.util.Arrays.copyOf(words, words.length + 2);
        more[words.length] = "--predictions";
        more[words.length + 1] = file;
        Result plain = run(words);
        Result written = run(more);
        assertThat(written.status()).isZero();
        JsonNode said = Json.MAPPER.readTree(written.out());
        assertThat(said.get("confusion"))
                .isEqualTo(Json.MAPPER.readTree(plain.out()).get("confusion"));
        java.util.List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(61);
        assertThat(lines.getFirst())
                .isEqualTo("row,text,label,predicted,probability_negative,probability_neutral,probability_positive");
        long right = lines.stream()
                .skip(1)
                .map(l -> l.split(","))
                .filter(f -> f[2].equals(f[3]))
                .count();
        assertThat(right / 60.0).isEqualTo(said.get("accuracy").asDouble());
    }

    @Test
    void theWholeJobByCommands() {
        Path scores = folder.resolve("scores.json");
        Path mask = folder.resolve("mask.json");
        Path run = folder.resolve("run");
        Result scored = run(
                "score",
                "--checkpoint",
                model(),
                "--data",
                texts(),
                "--method",
                "cdt",
                "--examples",
                12,
                "--baseline-examples",
                18,
                "--max-length",
                16,
                "--out",
                scores);
        assertThat(scored.status()).as(scored.err()).isZero();
        JsonNode record = Json.tree(scores);
        for (String field : new String[] {
            "schemaVersion",
            "method",
            "layers",
            "heads",
            "score",
            "standardError",
            "examples",
            "baselineExamples",
            "seconds",
            "provenance"
        }) {
            assertThat(record.has(field)).as(field).isTrue();
        }
        assertThat(run("mask", "--scores", scores, "--top-k", 3, "--out", mask).status())
                .isZero();
        assertThat(Json.tree(mask).path("selected")).hasSize(3);
        Result tuned = run(
                "tune",
                "--checkpoint",
                model(),
                "--mask",
                mask,
                "--train",
                texts(),
                "--target-eval",
                texts(),
                "--source-eval",
                texts(),
                "--epochs",
                2,
                "--max-length",
                16,
                "--out",
                run);
        assertThat(tuned.status()).as(tuned.err()).isZero();
        assertThat(tuned.err()).contains("target").contains("source").contains("forgotten");
        assertThat(run.resolve("adapted/model.safetensors")).exists();
        Result again = run(
                "tune",
                "--checkpoint",
                model(),
                "--mask",
                mask,
                "--train",
                texts(),
                "--target-eval",
                texts(),
                "--out",
                run);
        assertThat(again.status()).isEqualTo(2);
        assertThat(again.err()).contains("already contains a run");
        Result evaluated = run("evaluate", "--checkpoint", run.resolve("adapted"), "--data", texts(), "--json");
        JsonNode quality = Json.MAPPER.valueToTree(Json.read(write(evaluated.out()), JsonNode.class));
        assertThat(quality.path("examples").asInt()).isEqualTo(60);
        assertThat(quality.has("accuracy") && quality.has("macroF1") && quality.has("confusion"))
                .isTrue();
    }

    @Test
    void unusableInputIsStatusTwoWithASentenceAndARemedy() throws IOException {
        Path data = folder.resolve("bad.csv");
        Files.writeString(data, "text,label\nbagus,positive\nburuk,terrible\n");
        Result label = run("evaluate", "--checkpoint", model(), "--data", data);
        assertThat(label.status()).isEqualTo(2);
        assertThat(label.err())
                .contains("bad.csv, line 3")
                .contains("\"terrible\"")
                .contains("correct the label");
        Result missing = run("inspect", folder.resolve("nowhere"));
        assertThat(missing.status()).isEqualTo(2);
        assertThat(missing.err()).contains("no checkpoint folder");
        Files.writeString(data, "text,label\nbagus,positive\nburuk,negative\n");
        Result class3 = run("score", "--checkpoint", model(), "--data", data);
        assertThat(class3.status()).isEqualTo(2);
        assertThat(class3.err()).contains("no example of the label \"neutral\"");
        Result device = run("evaluate", "--checkpoint", model(), "--data", texts(), "--device", "cuda:97");
        assertThat(device.status()).isEqualTo(2);
        assertThat(device.err()).contains("no GPU cuda:97").contains("--device cpu");
        Result tooShort = run("evaluate", "--checkpoint", model(), "--data", texts(), "--max-length", 2);
        assertThat(tooShort.status()).isEqualTo(2);
        Result binary = run("evaluate", "--checkpoint", model(), "--data", model().resolve("model.safetensors"));
        assertThat(binary.status()).isEqualTo(2);
        assertThat(binary.err()).contains("model.safetensors");
        Result truncated = truncated();
        assertThat(truncated.status()).isEqualTo(2);
        assertThat(truncated.err()).contains("model.safetensors").contains("shorter than its header says");
    }

    private Result truncated() throws IOException {
        Path weights = model().resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        Files.write(weights, java.util.Arrays.copyOf(bytes, bytes.length - 10));
        return run("inspect", weights.getParent());
    }

    @Test
    void wrongUsageIsStatusTwo() {
        assertThat(run("score").status()).isEqualTo(2);
        assertThat(run("mask", "--top-k", "3").err()).contains("--scores");
        assertThat(run("frobnicate").status()).isEqualTo(2);
        assertThat(run(
                                "tune",
                                "--checkpoint",
                                "x",
                                "--baseline",
                                "half",
                                "--train",
                                "a",
                                "--target-eval",
                                "b",
                                "--out",
                                folder.resolve("r"))
                        .err())
                .contains("full, norms, all-heads, biases or top-layers-N");
    }

    @Test
    void aWrongOptionIsToldInTwoLines() {
        for (Result wrong : new Result[] {
            run("tune", "--epochs", "nan"),
            run("mask", "--top-k", "twelve"),
            run("score"),
            run("evaluate", "--dta", "x")
        }) {
            assertThat(wrong.status()).isEqualTo(2);
            assertThat(wrong.err()).startsWith("sirkuit: ").hasLineCount(2);
        }
        assertThat(run("mask", "--top-k", "twelve").err())
                .contains("'--top-k'", "'twelve'", "Try 'sirkuit mask --help'");
    }

    @Test
    void aFolderThatIsNotThereIsNotOpened() {
        Result nowhere = run("open", folder.resolve("nowhere"));
        assertThat(nowhere.status()).isEqualTo(2);
        assertThat(nowhere.err()).contains("The folder " + folder.resolve("nowhere") + " does not exist.");
    }

    @Test
    void aMaskThatTheScoresDoNotGiveOrThatHasNoPlaceIsRefused() {
        Path scores = folder.resolve("scores.json");
        run(
                "score",
                "--checkpoint",
                model(),
                "--data",
                texts(),
                "--method",
                "random",
                "--heads",
                "0.0,1.1",
                "--out",
                scores);
        Path mask = folder.resolve("mask.json");
        Result tooMany = run("mask", "--scores", scores, "--top-k", 3, "--out", mask);
        assertThat(tooMany.status()).isEqualTo(2);
        assertThat(tooMany.err()).contains("2 of the 8 have a score");
        assertThat(run("mask", "--scores", scores, "--near-zero", 3).status()).isEqualTo(2);
        assertThat(run("mask", "--scores", scores, "--threshold", "NaN").status())
                .isEqualTo(2);
        assertThat(mask).doesNotExist();
        Result nowhere = run("mask", "--scores", scores, "--top-k", 2, "--out", scores.resolve("mask.json"));
        assertThat(nowhere.status()).isEqualTo(2);
        assertThat(nowhere.out()).isEmpty();
        assertThat(nowhere.err()).contains("cannot be written").doesNotContain("Exception");
    }

    @Test
    void aFileOfAnotherKindIsCalledByItsNameAndNeverSaidToBeDamaged() throws IOException {
        Path scores = folder.resolve("scores.json");
        Path mask = folder.resolve("mask.json");
        run("score", "--checkpoint", model(), "--data", texts(), "--method", "random", "--out", scores);
        run("mask", "--scores", scores, "--top-k", 3, "--out", mask);
        Path config = model().resolve("config.json");
        String[][] wrong = {
            {run("mask", "--union", scores, mask).err(), "scores.json seems to be scores of heads", "a head mask"},
            {run("mask", "--scores", mask, "--top-k", 1).err(), "mask.json seems to be a head mask", "scores of heads"},
            {
                run("mask", "--scores", config, "--top-k", 1).err(),
                "config.json seems to be the config.json of a checkpoint",
                "scores of heads"
            },
        };
        for (String[] w : wrong) {
            assertThat(w[0]).contains(w[1], w[2], "nothing was changed").doesNotContain("remove", "Mend");
        }
        String good = Files.readString(config);
        for (String[] bad : new String[][] {
            {good.substring(0, good.length() / 2), "config.json is not valid JSON: it ends in the middle (line "},
            {good.replaceFirst("\\{", "{,"), "config.json is not valid JSON: there is a misplaced character"},
            {"", "config.json is not as expected: it is empty"}
        }) {
            Files.writeString(config, bad[0]);
            assertThat(run("inspect", config.getParent()).err())
                    .contains(bad[1], "restore it from a copy")
                    .doesNotContain("REDACTED", "Source:", "remove", "creator", "marker");
        }
        String made = Files.readString(mask);
        Files.writeString(mask, made.replace("\"layers\"", "\"leyers\""));
        assertThat(run("mask", "--union", mask, mask).err())
                .contains("mask.json is not as expected: \"layers\" is missing")
                .doesNotContain("creator", "remove");
    }

    @Test
    void numbersAndNamesThatCannotBeMeantAreRefusedOrNoted() {
        Path scores = folder.resolve("scores.json");
        run("score", "--checkpoint", model(), "--data", texts(), "--method", "random", "--out", scores);
        int processors = Runtime.getRuntime().availableProcessors();
        Result threads = run(
                "evaluate",
                "--checkpoint",
                model(),
                "--data",
                texts(),
                "--threads",
                4 * processors + 1,
                "--device",
                "cpu");
        assertThat(threads.status()).isEqualTo(2);
        assertThat(threads.err())
                .contains(
                        "--threads is " + (4 * processors + 1),
                        "Give at most " + 4 * processors + " (4 for each processor)");
        assertThat(run("engine", "--threads", 100_000).err()).contains("--threads is 100000");
        Result bench = run("bench", "--checkpoint", model(), "--data", texts(), "--only", "cdt,foo");
        assertThat(bench.status()).isEqualTo(2);
        assertThat(bench.err()).contains("--only names foo", "forward", "cdt", "masked_step", "full_step");
        assertThat(run("mask", "--scores", scores, "--top-k", 0).err()).contains("the mask is empty");
        assertThat(run("mask", "--scores", scores, "--none").err()).isEmpty();
    }

    @Test
    void setsOfMasksKeepTheCheckpointTheyShare() {
        Path a = folder.resolve("a.json");
        Path b = folder.resolve("b.json");
        Path both = folder.resolve("both.json");
        MaskFile.write(a, new MaskFile.Saved(HeadMask.none(2, 4), "1234"));
        MaskFile.write(b, new MaskFile.Saved(HeadMask.all(2, 4), "1234"));
        run("mask", "--union", a, b, "--out", both);
        assertThat(MaskFile.open(both).checkpoint()).isEqualTo("1234");
        MaskFile.write(b, HeadMask.all(2, 4));
        run("mask", "--union", a, b, "--out", both);
        assertThat(MaskFile.open(both).checkpoint()).isNull();
    }

    @Test
    void helpIsEverywhereWithAnExample() {
        for (String command :
                new String[] {"inspect", "evaluate", "score", "mask", "tune", "export", "verify", "engine", "open"}) {
            Result help = run(command, "--help");
            assertThat(help.status()).isZero();
            assertThat(help.out()).as(command).contains("Example").contains("sirkuit " + command);
        }
        assertThat(run("--version").out()).startsWith("sirkuit ");
    }

    private Path write(String text) {
        Path file = folder.resolve("out.json");
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
