package sirkuit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesProcess;
import sirkuit.run.RunFolder;
import sirkuit.run.state.RunState;

/// Which class is which, from the data over a run to its export, as a script would have it.
@UsesProcess
class ClassesTest {
    private static final List<String> NAMES = List.of("negative", "neutral", "positive");

    @TempDir
    static Path made = Path.of("");

    /// With names, and the same with LABEL_0, LABEL_1, LABEL_2.
    private static Path model = Path.of("");

    private static Path nameless = Path.of("");

    /// Texts whose labels are what the checkpoint answers, nearly all.
    private static List<String[]> rows = List.of();

    @TempDir
    Path folder = Path.of("");

    @BeforeAll
    static void answers() throws IOException {
        model = decided(made.resolve("named"));
        nameless = decided(made.resolve("nameless"));
        config(nameless, c -> {
            ObjectNode names = c.putObject("id2label");
            for (int i = 0; i < 3; i++) {
                names.put(Integer.toString(i), "LABEL_" + i);
            }
            return c;
        });
        Path texts = TinyCheckpoint.writeTexts(made.resolve("texts.csv"), 240, 2);
        Path said = made.resolve("said.csv");
        done("evaluate", "--checkpoint", model, "--data", texts, "--predictions", said, "--max-length", 16);
        rows = Files.readAllLines(said).stream()
                .skip(1)
                .map(l -> l.split(","))
                .map(f -> new String[] {f[1], f[3]})
                .toList();
        for (String name : NAMES) {
            assertThat(rows.stream().filter(r -> r[1].equals(name)).count())
                    .as(name)
                    .isGreaterThan(20);
        }
    }

    /// One whose answers are spread over the classes.
    private static Path decided(Path place) {
        return TinyCheckpoint.write(
                place, 8, name -> name.equals("classifier.bias") ? 0 : name.contains("word_embeddings") ? 4 : 1);
    }

    private static void config(Path folder, UnaryOperator<ObjectNode> change) throws IOException {
        Path file = folder.resolve("config.json");
        Files.writeString(file, Json.pretty(change.apply((ObjectNode) Json.tree(file))));
    }

    private static CommandLineTest.Result run(Object... words) {
        return CommandLineTest.run(words);
    }

    private static CommandLineTest.Result done(Object... words) {
        CommandLineTest.Result result = run(words);
        assertThat(result.status()).as(result.err()).isZero();
        return result;
    }

    /// @param label what stands in the file for a class
    private Path texts(String file, Map<String, String> label) throws IOException {
        List<String> lines = new ArrayList<>(List.of("text,label"));
        rows.forEach(r -> lines.add(r[0] + "," + label.get(r[1])));
        return Files.write(folder.resolve(file), lines);
    }

    private static Map<String, String> labels(String negative, String neutral, String positive) {
        return Map.of("negative", negative, "neutral", neutral, "positive", positive);
    }

    private CommandLineTest.Result evaluate(Path checkpoint, Path data, String... more) {
        List<Object> words =
                new ArrayList<>(List.of("evaluate", "--checkpoint", checkpoint, "--data", data, "--max-length", 16));
        words.addAll(List.of(more));
        words.add("--json");
        return done(words.toArray());
    }

    private static double accuracy(CommandLineTest.Result result) throws IOException {
        return Json.MAPPER.readTree(result.out()).get("accuracy").asDouble();
    }

    /// The option that a note names, as a user would copy it.
    private static String[] remedy(String notes) {
        Matcher option = Pattern.compile("with (--\\S+) (\\S+) the accuracy").matcher(notes);
        assertThat(option.find()).as(notes).isTrue();
        return new String[] {option.group(1), option.group(2)};
    }

    @Test
    void numbersInAnotherOrderAreDoubtedAndTheRemedyThatIsNamedIsRight() throws IOException {
        Path data = texts("numbers.csv", labels("1", "2", "0"));
        CommandLineTest.Result wrong = evaluate(model, data);
        assertThat(accuracy(wrong)).isLessThan(0.1);
        assertThat(wrong.err()).contains("0 as negative, 1 as neutral, 2 as positive");
        CommandLineTest.Result right = evaluate(model, data, remedy(wrong.err()));
        assertThat(accuracy(right)).isEqualTo(1);
        assertThat(right.err()).contains("as --label-map says").doesNotContain("another order");
        JsonNode binding = Json.MAPPER.readTree(right.out()).get("binding");
        assertThat(binding.get("values").findValuesAsText("how")).containsOnly("LABEL_MAP");
        // The same without names: they are LABEL_0, LABEL_1, LABEL_2.
        CommandLineTest.Result doubted = evaluate(nameless, data);
        assertThat(accuracy(evaluate(nameless, data, remedy(doubted.err())))).isEqualTo(1);
    }

    @Test
    void namesGivenInAnotherOrderThanTheAnswersAreDoubted() throws IOException {
        Path data = texts("names.csv", labels("negative", "neutral", "positive"));
        CommandLineTest.Result wrong = evaluate(nameless, data, "--labels", "neutral,positive,negative");
        assertThat(accuracy(wrong)).isLessThan(0.1);
        CommandLineTest.Result right = evaluate(nameless, data, remedy(wrong.err()));
        assertThat(accuracy(right)).isEqualTo(1);
        assertThat(right.err()).doesNotContain("another order");
    }

    @Test
    void theCheckpointsOwnNamesInAnotherOrderAreRefused() throws IOException {
        Path data = texts("names.csv", labels("negative", "neutral", "positive"));
        CommandLineTest.Result result =
                run("evaluate", "--checkpoint", model, "--data", data, "--labels", "positive,neutral,negative");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("config.json has the order 0 negative, 1 neutral, 2 positive");
    }

    @Test
    void aConfigThatContradictsItselfIsSaid() throws IOException {
        Path torn = decided(folder.resolve("torn"));
        config(torn, c -> {
            c.putObject("label2id").put("positive", 0).put("neutral", 1).put("negative", 2);
            return c;
        });
        Path data = texts("names.csv", labels("negative", "neutral", "positive"));
        CommandLineTest.Result result = evaluate(torn, data);
        assertThat(result.err())
                .contains("contradicts itself", "\"negative\" is class 0 by id2label and 2 by label2id");
        assertThat(accuracy(result)).isEqualTo(1); // by id2label, as pipelines of transformers do
        assertThat(done("inspect", torn).err()).contains("contradicts itself");
    }

    /// The names that a run gives to the classes are those of its checkpoint, its export and its delta.
    @Test
    void namesOfARunGoWithItsCheckpoint() throws IOException {
        Path data = texts("names.csv", labels("buruk", "biasa", "bagus"));
        Path tuned = folder.resolve("run");
        CommandLineTest.Result told = done(
                "tune",
                "--checkpoint",
                nameless,
                "--baseline",
                "full",
                "--train",
                data,
                "--target-eval",
                data,
                "--labels",
                "buruk,biasa,bagus",
                "--epochs",
                1,
                "--max-length",
                16,
                "--out",
                tuned,
                "--json");
        double ended =
                Json.MAPPER.readTree(told.out()).at("/after/target/accuracy").asDouble(-1);
        Path exported = folder.resolve("exported");
        Path delta = folder.resolve("delta");
        Path applied = folder.resolve("applied");
        done("export", "--run", tuned, "--out", exported);
        done("export", "--run", tuned, "--delta", "--out", delta);
        done("export", "--apply", delta.resolve("delta.safetensors"), "--to", nameless, "--out", applied);
        for (Path checkpoint : List.of(tuned.resolve("adapted"), exported, applied)) {
            JsonNode config = Json.tree(checkpoint.resolve("config.json"));
            assertThat(config.get("id2label").toString())
                    .isEqualTo("{\"0\":\"buruk\",\"1\":\"biasa\",\"2\":\"bagus\"}");
            assertThat(config.get("label2id").toString()).isEqualTo("{\"buruk\":0,\"biasa\":1,\"bagus\":2}");
            assertThat(config.get("layer_norm_eps").doubleValue()).isEqualTo(1e-12);
            assertThat(checkpoint.resolve("model.safetensors"))
                    .hasSameBinaryContentAs(exported.resolve("model.safetensors"));
        }
        assertThat(accuracy(evaluate(applied, data))).isEqualTo(ended);
        assertThat(Json.tree(nameless.resolve("config.json")).at("/id2label/0").asText())
                .isEqualTo("LABEL_0");
        assertThat(RunState.of(new RunFolder(tuned)).bound())
                .extracting(b -> b.role() + ": " + b.binding().words())
                .first()
                .asString()
                .startsWith("train: ")
                .contains("buruk (");
    }

    /// Runs of older versions left the names out of their checkpoint.
    @Test
    void anOldRunIsExportedWithItsNames() throws IOException {
        Path data = texts("names.csv", labels("buruk", "biasa", "bagus"));
        Path tuned = folder.resolve("run");
        done(
                "tune",
                "--checkpoint",
                nameless,
                "--baseline",
                "norms",
                "--train",
                data,
                "--target-eval",
                data,
                "--labels",
                "buruk,biasa,bagus",
                "--epochs",
                1,
                "--max-length",
                16,
                "--out",
                tuned);
        Files.copy(
                nameless.resolve("config.json"),
                tuned.resolve("adapted/config.json"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Path exported = folder.resolve("exported");
        Path delta = folder.resolve("old.safetensors");
        Path applied = folder.resolve("applied");
        done("export", "--run", tuned, "--out", exported);
        done("export", "--run", tuned, "--delta", "--out", delta);
        done("export", "--apply", delta, "--to", nameless, "--out", applied);
        for (Path checkpoint : List.of(exported, applied)) {
            assertThat(Json.tree(checkpoint.resolve("config.json"))
                            .at("/id2label/2")
                            .asText())
                    .isEqualTo("bagus");
        }
        assertThat(exported.resolve("README.md")).hasSameTextualContentAs(applied.resolve("README.md"));
    }

    @Test
    void scoresKeepWhatTheirLabelsWereTakenToMean() throws IOException {
        Path data = texts("numbers.csv", labels("2", "1", "0"));
        Path scores = folder.resolve("scores.json");
        CommandLineTest.Result result = done(
                "score",
                "--checkpoint",
                model,
                "--data",
                data,
                "--label-map",
                "0=positive,1=neutral,2=negative",
                "--method",
                "random",
                "--max-length",
                16,
                "--out",
                scores);
        assertThat(result.err()).contains("2 as negative, 1 as neutral, 0 as positive");
        JsonNode binding = Json.tree(scores).get("binding");
        assertThat(binding.get("values").findValuesAsText("meaning")).containsExactlyInAnyOrderElementsOf(NAMES);
    }
}
