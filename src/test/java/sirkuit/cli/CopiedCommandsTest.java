package sirkuit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import sirkuit.Json;
import sirkuit.UsesProcess;
import sirkuit.cli.model.ScoreCommand;
import sirkuit.cli.run.TuneCommand;
import sirkuit.project.Project;
import sirkuit.record.DataFile;
import sirkuit.record.RunConfig;
import sirkuit.run.RunFolder;
import sirkuit.run.ScoreCommandLine;
import sirkuit.run.TuneCommandLine;

/// What a report and a model card tell people to type is what the commands take: through a shell, with pairs of texts,
/// with a template, and with names that have blanks.
@DisabledOnOs(OS.WINDOWS) // no sh
@UsesProcess
class CopiedCommandsTest {
    private static List<String> words(List<String> lines) throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", "printf '%s\\n' " + String.join(" ", lines))
                .redirectErrorStream(true)
                .start();
        String told = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(told).isZero();
        return told.lines().toList();
    }

    private static CommandLine.ParseResult parsed(String command, List<String> lines) throws Exception {
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(words(lines));
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(words.toArray(String[]::new))
                .subcommand();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reviews", "inference", "decoder"})
    void scoresAreComputedAgain(String sample) throws Exception {
        try (Project project = Project.openReadOnly(Path.of("sample-projects", sample))) {
            for (String id : project.scoreIds()) {
                CommandLine.ParseResult told = parsed(
                        "score", ScoreCommandLine.of(project.scores(id), project.resolved(), UnaryOperator.identity()));
                ScoreCommand command = (ScoreCommand) told.commandSpec().userObject();
                assertThat(command.method).isEqualTo(project.scores(id).method().id());
                assertThat(command.task.data)
                        .isEqualTo(Path.of(project.resolved().source().train().file()));
                assertThat(command.task.model().prompt())
                        .isEqualTo(project.file().prompt());
                assertThat(command.task.columns.of(command.task.data))
                        .isEqualTo(project.resolved().source().train());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reviews", "inference", "decoder"})
    void runsAreMadeAgain(String sample) throws Exception {
        try (Project project = Project.openReadOnly(Path.of("sample-projects", sample))) {
            for (RunFolder run : project.runs()) {
                RunConfig config = run.config();
                CommandLine.ParseResult told = parsed(
                        "tune", TuneCommandLine.of(config, UnaryOperator.identity(), "masks/top 16 by CD-T.json"));
                TuneCommand command = (TuneCommand) told.commandSpec().userObject();
                assertThat(command.learningRate).isEqualTo(config.settings().learningRate());
                assertThat(command.columns.of(Path.of(config.train().file()))).isEqualTo(config.train());
                assertThat(command.model
                                .reading
                                .model(Path.of(config.checkpoint()))
                                .prompt())
                        .isEqualTo(config.prompt());
                if (config.what() == RunConfig.Trained.MASK && config.mask() != null) {
                    assertThat(command.what.mask).isEqualTo(Path.of("masks/top 16 by CD-T.json"));
                }
            }
        }
    }

    /// Files whose labels mean other classes have label maps of their own.
    @Test
    void labelsMeanTheSameAgain() throws Exception {
        try (Project project = Project.openReadOnly(Path.of("sample-projects", "reviews"))) {
            RunConfig run = project.run("1-full-precomputed").config();
            RunConfig mapped = new RunConfig(
                    RunConfig.VERSION,
                    run.name(),
                    run.checkpoint(),
                    run.labels(),
                    run.parameters(),
                    new RunConfig.Data(
                            run.train().choosing(Map.of("0", "it's positive")),
                            run.targetEval().choosing(Map.of("0", "it's positive")),
                            run.targetEval().choosing(Map.of("2", "positive"))),
                    run.settings());
            TuneCommand command =
                    (TuneCommand) parsed("tune", TuneCommandLine.of(mapped, UnaryOperator.identity(), "mask.json"))
                            .commandSpec()
                            .userObject();
            assertThat(command.columns.of(Path.of(mapped.train().file()), null, command.trainLabelMap))
                    .isEqualTo(mapped.train());
            assertThat(command.columns.of(Path.of(mapped.targetEval().file()), null, command.targetLabelMap))
                    .isEqualTo(mapped.targetEval());
            assertThat(command.columns
                            .of(Path.of(mapped.targetEval().file()), null, command.sourceLabelMap)
                            .labelMap())
                    .containsExactlyEntriesOf(Map.of("2", "positive"));
            assertThat(TuneCommandLine.of(run)).noneMatch(l -> l.contains("label-map"));
        }
    }

    @Test
    void dataWithoutAHeaderIsNamedByItsNumbersQuotingAndSkippedLabels() throws Exception {
        DataFile data = new DataFile(
                "data/train set.tsv",
                "2",
                "4",
                "3",
                "tsv",
                "1=sw",
                true,
                "none",
                List.of("-", "-1", "", "tak ada", "a, \\ b"));
        RunConfig config = new RunConfig(
                RunConfig.VERSION,
                "run",
                "checkpoint",
                List.of("no, never", "yes \\ ja", "it's = maybe"),
                RunConfig.Parameters.FULL,
                new RunConfig.Data(
                        data,
                        data.at("data/test set.tsv").choosing(Map.of("a,b", "no, never", "c=d", "it's = maybe")),
                        null),
                RunConfig.Settings.DEFAULT);
        CommandLine.ParseResult told =
                parsed("tune", TuneCommandLine.of(config, UnaryOperator.identity(), "mask.json"));
        TuneCommand command = (TuneCommand) told.commandSpec().userObject();
        assertThat(command.model.reading.model(Path.of("x")).labels()).isEqualTo(config.labels());
        DataFile eval = config.targetEval();
        assertThat(command.columns.of(Path.of(eval.file()), command.targetFilter, command.targetLabelMap))
                .isEqualTo(eval.at(Path.of(eval.file()).toAbsolutePath().toString()));
        assertThat(TuneCommandLine.unsaid(config)).isNull();
        assertThat(command.columns.of(Path.of(data.file()), command.trainFilter))
                .isEqualTo(data.at(Path.of(data.file()).toAbsolutePath().toString()));
        assertThat(Json.MAPPER.readValue(Json.line(config), RunConfig.class)).isEqualTo(config);
    }

    /// One command reads all files alike; a run made in the window need not have.
    @Test
    void whatOneCommandCannotSayIsSaidBesideIt() throws Exception {
        try (Project project = Project.openReadOnly(Path.of("sample-projects", "reviews"))) {
            RunConfig run = project.run("1-full-precomputed").config();
            assertThat(TuneCommandLine.unsaid(run)).isNull();
            DataFile test = new DataFile(
                    run.targetEval().file(), "kalimat baru", "2", null, null, null, true, "none", List.of("-1"));
            RunConfig other = new RunConfig(
                    RunConfig.VERSION,
                    run.name(),
                    run.checkpoint(),
                    run.labels(),
                    run.parameters(),
                    new RunConfig.Data(run.train(), test, null),
                    run.settings());
            String unsaid = TuneCommandLine.unsaid(other);
            assertThat(unsaid)
                    .contains("(--text-column text --label-column label)")
                    .contains(TuneCommandLine.named(test.file()) + ": --text-column 'kalimat baru' --label-column 2"
                            + " --no-header --quoting none --skip-label -1.");
        }
    }

    /// Files of versions without these settings stay as they are, and so do the digests made of them.
    @Test
    void whatIsUsualIsNotWrittenDown() {
        DataFile usual = new DataFile("a.csv", "text", "label", null, null, null, false, "auto", List.of());
        assertThat(usual).isEqualTo(new DataFile("a.csv"));
        assertThat(Json.line(usual))
                .isEqualTo("{\"file\":\"a.csv\",\"textColumn\":\"text\",\"labelColumn\":\"label\"}");
    }
}
