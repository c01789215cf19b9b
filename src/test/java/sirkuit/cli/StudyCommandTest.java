package sirkuit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.MadeRun;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesProcess;
import sirkuit.project.Project;
import sirkuit.record.ProjectFile;
import sirkuit.record.RunConfig;
import sirkuit.run.RunFolder;

/// `sirkuit study` and `sirkuit runs`.
@UsesProcess
class StudyCommandTest {
    @TempDir
    Path folder = Path.of("");

    private Path study = Path.of("");

    @BeforeEach
    void write() {
        TinyCheckpoint.write(folder.resolve("model"), 1);
        TinyCheckpoint.writeTexts(folder.resolve("train.csv"), 48, 2);
        TinyCheckpoint.writeTexts(folder.resolve("target.csv"), 60, 3);
        TinyCheckpoint.writeTexts(folder.resolve("source.csv"), 60, 4);
        study = folder.resolve("study");
    }

    private CommandLineTest.Result begin(String strategies) {
        return CommandLineTest.run(
                "study",
                "--checkpoint",
                folder.resolve("model"),
                "--max-length",
                16,
                "--source-eval",
                folder.resolve("source.csv"),
                "--target",
                "language=" + folder.resolve("train.csv") + "," + folder.resolve("target.csv"),
                "--strategies",
                strategies,
                "--seeds",
                "0,1",
                "--epochs",
                1,
                "--out",
                study);
    }

    @Test
    void aStudyGoesOnWithWhatIsMissingAndComesToTheSameTable() throws IOException {
        CommandLineTest.Result first = begin("full,random-2");
        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.out()).contains("| language | random-2 | 2 |").contains("4 of 4 runs have finished");
        assertThat(Files.readAllLines(study.resolve("runs.csv"))).hasSize(5);

        Path whole = study.resolve("runs/language/full/seed-0/events.jsonl");
        Path cut = study.resolve("runs/language/random-2/seed-1/events.jsonl");
        String events = Files.readString(whole);
        Files.writeString(cut, Files.readString(cut).lines().findFirst().orElseThrow() + "\n");
        CommandLineTest.Result shown = CommandLineTest.run("study", "--show", study);
        assertThat(shown.out()).contains("3 of 4 runs have finished");
        CommandLineTest.Result listed = CommandLineTest.run("runs", study, "--json");
        JsonNode runs = Json.MAPPER.readTree(listed.out());
        assertThat(runs).hasSize(4);
        assertThat(runs.get(3).path("state").textValue()).isEqualTo("interrupted");
        assertThat(runs.get(0).at("/target/accuracy").doubleValue()).isPositive();

        CommandLineTest.Result again = CommandLineTest.run("study", "--resume", study);
        assertThat(again.status()).as(again.err()).isZero();
        assertThat(again.out()).isEqualTo(first.out());
        assertThat(Files.readString(whole)).isEqualTo(events);
    }

    /// Full fine-tuning at a ruinous rate diverges; the study goes on. It is then killed, in what it left behind, and
    /// resumed.
    @Test
    void aFairStudyWithThreeSplitsComesToAVerdictAndGoesOn() throws IOException {
        TinyCheckpoint.writeTexts(folder.resolve("valid.csv"), 40, 5);
        CommandLineTest.Result first = CommandLineTest.run(
                "study",
                "--checkpoint",
                folder.resolve("model"),
                "--max-length",
                16,
                "--source-eval",
                folder.resolve("source.csv"),
                "--target",
                "language=" + folder.resolve("train.csv") + "," + folder.resolve("valid.csv") + ","
                        + folder.resolve("target.csv"),
                "--strategies",
                "full,random-2",
                "--learning-rates",
                "full=1e-3,1e30;heads=1e-3,1e-2",
                "--seeds",
                "0,1",
                "--epochs",
                1,
                "--out",
                study);
        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.err()).contains("diverged: ", "the study goes on");
        assertThat(first.out())
                .contains("| language | full | 1e30 | 0 | 2 |", "6 of 8 runs have finished; 2 diverged")
                .contains("own best rate", "Frontier");
        Path cut = study.resolve("runs/language/random-2/rate-1e-2/seed-1/events.jsonl");
        Path whole = study.resolve("runs/language/full/rate-1e-3/seed-0/events.jsonl");
        Path ruined = study.resolve("runs/language/full/rate-1e30/seed-0/events.jsonl");
        assertThat(Files.readString(whole)).contains("\"valid\"");
        List<String> before = List.of(Files.readString(whole), Files.readString(ruined));
        Files.writeString(cut, Files.readString(cut).lines().findFirst().orElseThrow() + "\n");
        CommandLineTest.Result again = CommandLineTest.run("study", "--resume", study);
        assertThat(again.status()).as(again.err()).isZero();
        assertThat(again.out()).isEqualTo(first.out());
        assertThat(List.of(Files.readString(whole), Files.readString(ruined))).isEqualTo(before);

        JsonNode shown = Json.MAPPER.readTree(
                CommandLineTest.run("study", "--show", study, "--json").out());
        assertThat(shown.path("frontiers")).hasSize(2);
        assertThat(shown.path("ownBest")).hasSize(2);
        assertThat(shown.path("verdict").get(0).path("sentence").textValue()).isNotBlank();
        assertThat(shown.path("runs").get(0).path("valid").isNumber()).isTrue();
        assertThat(CommandLineTest.run("runs", study).out()).contains("rate-1e30");

        Files.writeString(folder.resolve("train.csv"), Files.readString(folder.resolve("valid.csv")));
        CommandLineTest.Result refused = CommandLineTest.run("study", "--resume", study);
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).contains("train.csv (train)");
    }

    /// `runs` tells runs of different targets apart, and a run whose settings are damaged hides no other.
    @Test
    void runsOfDifferentTargetsAreListedApart() throws IOException {
        ProjectFile.Language minangkabau = MadeRun.language(folder, "Minangkabau");
        ProjectFile.Language javanese = MadeRun.language(folder, "Javanese");
        Path runs = folder.resolve("runs");
        for (ProjectFile.Language target : List.of(minangkabau, javanese)) {
            RunConfig config = MadeRun.config("run", "model", null, target, minangkabau);
            MadeRun.write(runs.resolve("of " + target.name()), config, 0.7, 0.8, MadeRun.digests(config));
        }
        CommandLineTest.Result listed = CommandLineTest.run("runs", runs);
        assertThat(listed.out())
                .containsPattern("of Javanese +finished .*  Javanese")
                .containsPattern("of Minangkabau +finished .*  Minangkabau")
                .contains("compare only those with the same under \"learned\"");
        Files.writeString(runs.resolve("of Javanese/config.json"), "{");
        JsonNode rows =
                Json.MAPPER.readTree(CommandLineTest.run("runs", runs, "--json").out());
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).path("learnt").textValue()).isEqualTo("Javanese");
        assertThat(rows.get(1).path("targetName").textValue()).isEqualTo("Minangkabau");
    }

    /// Runs at several learning rates are one folder deeper. The spelling of the target is the project's.
    @Test
    void runsOfAProjectsStudiesAreListedFromTheProject() throws IOException {
        ProjectFile.Language minangkabau = MadeRun.language(folder, "Minangkabau");
        Path project = folder.resolve("project");
        Project.create(project, new ProjectFile(1, "p", "model", null, minangkabau, minangkabau, 16))
                .close();
        Path runs = project.resolve("studies/fair/runs/minangkabau");
        for (String place : List.of("norms/seed-0", "full/rate-1e-5/seed-0")) {
            RunConfig config = MadeRun.config("run", "model", null, minangkabau, minangkabau)
                    .named("minangkabau", "Indonesian");
            RunFolder run = MadeRun.write(runs.resolve(place), config, 0.7, 0.8, MadeRun.digests(config));
            assertThat(run.home()).isEqualTo(project);
        }
        JsonNode rows = Json.MAPPER.readTree(
                CommandLineTest.run("runs", project, "--json").out());
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).path("run").textValue()).contains("rate-1e-5");
        assertThat(rows)
                .allSatisfy(r -> assertThat(r.path("learnt").textValue()).isEqualTo("Minangkabau"));
    }

    @Test
    void aStrategyThatIsNoneIsRefusedBeforeAnythingIsWritten() {
        CommandLineTest.Result refused = begin("full,top-3:cdt");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).contains("--scores cdt=FILE");
        assertThat(begin("ful").err()).contains("There is no strategy \"ful\"");
        assertThat(begin("random-9").err()).contains("the model has 8 heads");
        assertThat(CommandLineTest.run("study", "--show", folder, "--gain", "0").err())
                .contains("--gain");
        assertThat(study).doesNotExist();
    }
}
