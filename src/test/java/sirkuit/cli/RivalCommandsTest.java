package sirkuit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import sirkuit.Json;
import sirkuit.Shared;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesProcess;
import sirkuit.cli.run.TuneCommand;
import sirkuit.record.Replay;
import sirkuit.record.RunConfig;
import sirkuit.run.RunFolder;
import sirkuit.run.TuneCommandLine;
import sirkuit.study.StudyPlan;

/// Biases, last layers, L2-SP and replay on the command line.
@UsesProcess
class RivalCommandsTest {
    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void write() {
        TinyCheckpoint.write(folder.resolve("model"), 1);
        TinyCheckpoint.writeTexts(folder.resolve("train.csv"), 40, 2);
        TinyCheckpoint.writeTexts(folder.resolve("target.csv"), 30, 3);
        TinyCheckpoint.writeTexts(folder.resolve("source.csv"), 30, 4);
        TinyCheckpoint.writeTexts(folder.resolve("again.csv"), 20, 5);
    }

    private CommandLineTest.Result tune(Path model, String run, Object... more) {
        List<Object> words = new ArrayList<>(List.of("tune", "--checkpoint", model, "--max-length", 16));
        words.addAll(List.of("--train", folder.resolve("train.csv"), "--target-eval", folder.resolve("target.csv")));
        words.addAll(List.of("--source-eval", folder.resolve("source.csv"), "--batch-size", 8, "--epochs", 1));
        words.addAll(List.of("--out", folder.resolve(run)));
        words.addAll(Arrays.asList(more));
        return CommandLineTest.run(words.toArray());
    }

    private RunFolder tuned(String run, Object... more) {
        CommandLineTest.Result result = tune(folder.resolve("model"), run, more);
        assertThat(result.status()).as(result.err()).isZero();
        return new RunFolder(folder.resolve(run));
    }

    /// The command that a run's card has makes the same settings.
    private static void assertToldAgain(RunConfig run) {
        List<String> words = new ArrayList<>();
        for (String line : TuneCommandLine.of(run, p -> p, "mask.json")) {
            words.addAll(List.of(line.split(" ")));
        }
        CommandLine.ParseResult told = new CommandLine(new TuneCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(words.toArray(String[]::new));
        TuneCommand command = (TuneCommand) told.commandSpec().userObject();
        Replay replay = run.data().replay();
        assertThat(command.keeping.l2sp()).isEqualTo(run.settings().optimizer().l2sp());
        assertThat(command.keeping.replay(command.columns, null)).isEqualTo(replay);
        assertThat(String.valueOf(Objects.requireNonNull(command.what).baseline()))
                .isEqualTo(
                        switch (run.what()) {
                            case BIASES -> "biases";
                            case TOP_LAYERS -> "top-layers-" + run.parameters().topLayers();
                            case FULL -> "full";
                            case MASK -> "norms";
                        });
    }

    @Test
    void runsOfEveryNewKindAreMadeAndToldAgain() throws IOException {
        RunConfig biases =
                tuned("biases", "--baseline", "biases", "--train-head").config();
        assertThat(biases.parameters()).isEqualTo(RunConfig.Parameters.biases(true));
        assertThat(biases.settings().learningRate()).isEqualTo(1e-3);
        RunConfig layers =
                tuned("layers", "--baseline", "top-layers-1", "--l2-sp", 0.01).config();
        assertThat(layers.parameters()).isEqualTo(RunConfig.Parameters.topLayers(1));
        assertThat(layers.settings().learningRate()).isEqualTo(2e-4);
        assertThat(layers.settings().optimizer().l2sp()).isEqualTo(0.01);
        RunFolder replayed =
                tuned("replay", "--baseline", "norms", "--replay", 0.25, "--source-train", folder.resolve("again.csv"));
        RunConfig replay = replayed.config();
        assertThat(replay.data().replay())
                .isEqualTo(
                        new Replay(replay.train().at(folder.resolve("again.csv").toString()), 0.25));
        assertThat(replayed.eventLines())
                .anyMatch(l -> l.contains("Replay: 2 of the 8 texts in each step are source texts, from the 20 in"))
                .anyMatch(l -> l.contains("\"type\":\"started\"") && l.contains("\"steps\":7"));
        for (RunConfig run : List.of(biases, layers, replay)) {
            assertToldAgain(run);
        }
        Path exported = folder.resolve("exported");
        CommandLineTest.Result result =
                CommandLineTest.run("export", "--run", folder.resolve("layers"), "--out", exported);
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(Files.readString(exported.resolve("README.md")))
                .contains(
                        "everything in the last layer and what comes after.", "L2-SP 0.01", "--baseline top-layers-1");
    }

    @Test
    void whatCannotBeTrainedIsRefusedBeforeTheRunHasAFolder() {
        Path model = folder.resolve("model");
        Path llama = Shared.path("golden").resolve("llama").resolve("model");
        assertRefused(tune(model, "none", "--baseline", "top-layers-3"), "the model has 2 layers");
        assertRefused(tune(model, "none", "--baseline", "top-layers-N"), "There is no baseline");
        assertRefused(tune(llama, "none", "--baseline", "biases"), "has no bias");
        assertRefused(tune(model, "none", "--baseline", "full", "--replay", 0.5), "--source-train");
        assertRefused(
                tune(model, "none", "--baseline", "full", "--replay", 1, "--source-train", folder.resolve("again.csv")),
                "--replay is 1.0");
        assertRefused(
                tune(
                        model,
                        "none",
                        "--baseline",
                        "full",
                        "--replay",
                        0.02,
                        "--source-train",
                        folder.resolve("again.csv")),
                "comes to 0 source texts");
        assertRefused(tune(model, "none", "--baseline", "full", "--l2-sp", -1), "--l2-sp is -1.0");
    }

    private void assertRefused(CommandLineTest.Result result, String why) {
        assertThat(result.status()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains(why);
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void aStudyComparesThemWithFullFineTuning() throws IOException {
        Path study = folder.resolve("study");
        CommandLineTest.Result result = CommandLineTest.run(
                "study",
                "--checkpoint",
                folder.resolve("model"),
                "--max-length",
                16,
                "--source-eval",
                folder.resolve("source.csv"),
                "--source-train",
                folder.resolve("again.csv"),
                "--target",
                "language=" + folder.resolve("train.csv") + "," + folder.resolve("target.csv"),
                "--strategies",
                "full,biases,top-layers-1,full+replay-0.25,norms+l2-sp-0.5+replay-0.25",
                "--seeds",
                "0",
                "--batch-size",
                8,
                "--epochs",
                1,
                "--out",
                study);
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("| language | biases | 1 |", "| language | top-layers-1 | 1 |")
                .contains("| language | full+replay-0.25 | 1 |", "| language | norms+l2-sp-0.5+replay-0.25 | 1 |");
        JsonNode written = Json.MAPPER.readTree(study.resolve("study.json").toFile());
        assertThat(written.path("schemaVersion").intValue()).isEqualTo(2);
        StudyPlan plan = StudyPlan.read(study);
        RunConfig both = new RunFolder(study.resolve("runs/language/norms+l2-sp-0.5+replay-0.25/seed-0")).config();
        assertThat(both.settings().optimizer().l2sp()).isEqualTo(0.5);
        assertThat(Objects.requireNonNull(both.data().replay()).texts().file())
                .isEqualTo(folder.resolve("again.csv").toString());
        assertThat(plan.namedFiles()).contains(folder.resolve("again.csv").toString());
        RunConfig full = new RunFolder(study.resolve("runs/language/full/seed-0")).config();
        assertThat(full.data().replay()).isNull();
        assertThat(full.schemaVersion()).isEqualTo(1);
    }

    @Test
    void aStrategyWithReplayButWithoutSourceTextsIsRefused() {
        CommandLineTest.Result result = CommandLineTest.run(
                "study",
                "--checkpoint",
                folder.resolve("model"),
                "--target",
                "language=" + folder.resolve("train.csv") + "," + folder.resolve("target.csv"),
                "--strategies",
                "full+replay-0.25",
                "--out",
                folder.resolve("none"));
        assertRefused(result, "--source-train");
    }
}
