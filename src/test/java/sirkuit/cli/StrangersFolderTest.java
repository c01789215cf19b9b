package sirkuit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesProcess;
import sirkuit.engine.EngineProcess;
import sirkuit.project.OutsideSearch;
import sirkuit.project.Project;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;
import sirkuit.record.RunConfig;
import sirkuit.run.RunFolder;

/// Folders as a stranger may have put them together, by real engines and commands: nothing outside of them is changed
/// or read, nothing is waited for, and one that is damaged hides no other.
@UsesProcess
class StrangersFolderTest {
    @TempDir
    Path folder = Path.of("");

    private Path model = Path.of("");
    private Path texts = Path.of("");

    @BeforeEach
    void write() throws IOException {
        folder = folder.toRealPath();
        model = TinyCheckpoint.write(folder.resolve("model"), 1);
        texts = TinyCheckpoint.writeTexts(folder.resolve("texts.csv"), 30, 2);
    }

    private RunConfig config(String name) {
        DataFile file = new DataFile(texts.toString());
        return new RunConfig(
                RunConfig.VERSION,
                name,
                model.toString(),
                null,
                null,
                RunConfig.Parameters.FULL,
                new RunConfig.Data(file, file, null),
                new RunConfig.Settings(
                        new RunConfig.Batches(1, 16, 1),
                        new RunConfig.Optimizer(1e-3, 0.01, 0, 1),
                        null,
                        0,
                        0,
                        0,
                        16,
                        0),
                RunConfig.Course.DEFAULT);
    }

    private RunFolder run(String name) {
        RunFolder run = new RunFolder(folder.resolve(name));
        run.writeConfig(config(name));
        return run;
    }

    private static void pipe(Path place) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", place.toString()).start().waitFor())
                .isZero();
    }

    private static String started(String name) {
        return "{\"v\":1,\"request\":1,\"type\":\"started\",\"name\":\"" + name
                + "\",\"steps\":2,\"epochs\":1,\"trainableParameters\":1,\"parameters\":1,\"trainExamples\":1}\n";
    }

    @Test
    void aRunThatGoesOnWritesNothingOutsideOfItsFolder() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Path precious = Files.writeString(elsewhere.resolve("point.safetensors"), "export PATH\n");
        Files.createSymbolicLink(run("events-link").eventsFile(), precious);
        Files.createSymbolicLink(run("dangling").eventsFile(), elsewhere.resolve("made"));
        Files.createSymbolicLink(run("resume-link").resume(), elsewhere);
        Files.createSymbolicLink(run("adapted-link").adapted(), elsewhere);
        Path foreign = Files.writeString(run("foreign").eventsFile(), "export PATH=/somewhere\nalias ls=rm\n");
        Path texts = Files.writeString(run("jsonl").eventsFile(), "{\"text\":\"bagus\",\"label\":\"positive\"}\n");
        Path others = Files.writeString(run("others").eventsFile(), started("another"));
        pipe(run("pipe").eventsFile());
        try (EngineProcess engine = new EngineProcess()) {
            Map<String, String> refusals = Map.of(
                    "events-link", "is a link",
                    "dangling", "is a link",
                    "resume-link", "leads out of",
                    "adapted-link", "leads out of",
                    "foreign", "something else than events",
                    "jsonl", "something else than events",
                    "others", "of the run \"another\"",
                    "pipe", "a pipe or a device");
            for (Map.Entry<String, String> refusal : refusals.entrySet()) {
                RunFolder run = new RunFolder(folder.resolve(refusal.getKey()));
                Event last =
                        engine.ask(new Request.Resume(run.folder().toString())).getLast();
                assertThat(last).as(refusal.getKey()).isInstanceOfSatisfying(Event.Failed.class, f -> assertThat(
                                f.what())
                        .contains(refusal.getValue()));
                run.conclude(started("x")); // as a window does that hears of the refusal
            }
            // The same folder with its own events goes on to its end.
            Files.writeString(run("own").eventsFile(), started("own"));
            assertThat(engine.ask(new Request.Resume(folder.resolve("own").toString()))
                            .getLast())
                    .isInstanceOf(Event.Finished.class);
        }
        assertThat(precious).hasContent("export PATH\n");
        assertThat(elsewhere).isDirectoryNotContaining(f -> !f.equals(precious));
        assertThat(foreign).hasContent("export PATH=/somewhere\nalias ls=rm\n");
        assertThat(texts).hasContent("{\"text\":\"bagus\",\"label\":\"positive\"}\n");
        assertThat(others).hasContent(started("another"));
    }

    @Test
    void aStrangersRunReadsNothingOutsideBeforeSomebodyAgrees() throws Exception {
        Path place = Files.createDirectories(folder.resolve("stranger"));
        Files.writeString(place.resolve("config.json"), Json.pretty(Json.MAPPER.valueToTree(config("stranger"))));
        Path own = TinyCheckpoint.writeTexts(folder.resolve("own.csv"), 30, 5);
        String named = Files.readString(place.resolve("config.json")).replace(texts.toString(), own.toString());
        Files.writeString(place.resolve("config.json"), named);
        CommandLineTest.Result refused = CommandLineTest.run("tune", "--resume", place, "--threads", 1);
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err())
                .contains("was made by another user or on another computer", own.toString(), "--allow-outside");
        assertThat(place.resolve("events.jsonl")).doesNotExist();
        CommandLineTest.Result allowed =
                CommandLineTest.run("tune", "--resume", place, "--threads", 1, "--allow-outside");
        assertThat(allowed.status()).as(allowed.err()).isZero();
        RunFolder run = new RunFolder(place);
        assertThat(OutsideSearch.ofRun(run, run.config()).files()).isEmpty(); // the answer is remembered
    }

    @Test
    void anExportOfAStrangersRunReadsNoTextsBeforeSomebodyAgreesAndWaitsForNoPipe() throws Exception {
        Path mine = folder.resolve("mine");
        List<Object> tune = List.of(
                "tune",
                "--checkpoint",
                model,
                "--baseline",
                "norms",
                "--train",
                texts,
                "--target-eval",
                texts,
                "--epochs",
                1,
                "--max-length",
                16,
                "--threads",
                1,
                "--out",
                mine);
        CommandLineTest.Result made = CommandLineTest.run(tune.toArray());
        assertThat(made.status()).as(made.err()).isZero();
        Path pipe = folder.resolve("pipe");
        pipe(pipe);
        Path config = mine.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("../texts.csv", "../pipe"));
        Object[] export = {"export", "--run", mine, "--checkpoint", model, "--out", folder.resolve("out"), "--delta"};
        CommandLineTest.Result refused = CommandLineTest.run(export);
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err())
                .contains("was made by another user or on another computer", pipe.toString(), "--allow-outside");
        List<Object> agreed = new ArrayList<>(List.of(export));
        agreed.add("--allow-outside");
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            CommandLineTest.Result allowed = CommandLineTest.run(agreed.toArray());
            assertThat(allowed.status()).as(allowed.err()).isZero();
            assertThat(Files.readString(folder.resolve("out/README.md"))).contains("| could not be read |");
            export[6] = folder.resolve("again");
            assertThat(CommandLineTest.run(export).status()).isZero();
        });
    }

    private ProjectFile content(Path checkpoint, Path data) {
        DataFile file = new DataFile(data.toString());
        return new ProjectFile(
                ProjectFile.VERSION,
                "demo",
                checkpoint.toString(),
                null,
                new ProjectFile.Language("Indonesian", file, file),
                null,
                64);
    }

    @Test
    void aReportOfAStrangersProjectAsksOnce() throws IOException {
        Path place = Files.createDirectories(folder.resolve("theirs"));
        Files.writeString(
                place.resolve("project.json"), Json.pretty(content(Path.of("../model"), Path.of("../texts.csv"))));
        Object[] words = {"report", place, "--files-only", "--out", folder.resolve("page.html")};
        CommandLineTest.Result refused = CommandLineTest.run(words);
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).contains(texts.toString(), model.toString(), "--allow-outside");
        assertThat(folder.resolve("page.html")).doesNotExist();
        List<Object> agreed = new ArrayList<>(List.of(words));
        agreed.add("--allow-outside");
        CommandLineTest.Result allowed = CommandLineTest.run(agreed.toArray());
        assertThat(allowed.status()).as(allowed.err()).isZero();
        assertThat(CommandLineTest.run(words).status()).isZero();
    }

    @Test
    void aListOfAStrangersRunsReadsNoTexts() throws Exception {
        Path other = Files.writeString(folder.resolve("theirs.csv"), "text,label,language\nok,0,Klingon\n");
        RunFolder run = run("listed");
        Files.writeString(run.eventsFile(), started("listed"));
        String named = Files.readString(run.configFile())
                .replace("texts.csv", other.getFileName().toString());
        Files.writeString(run.configFile(), named);
        CommandLineTest.Result listed = CommandLineTest.run("runs", run.folder());
        assertThat(listed.out()).contains("interrupted").doesNotContain("Klingon");
    }

    @Test
    void oneDamagedRunHidesNoOtherAndIsNamed() throws Exception {
        Path place = folder.resolve("project");
        try (Project project = Project.create(place, content(model, texts))) {
            for (String id : List.of("run-good", "run-bad", "run-pipe", "run-events", "run-config", "run-nul")) {
                RunFolder run = project.run(id);
                run.writeConfig(config(id));
                Files.writeString(run.eventsFile(), started(id));
            }
            Files.writeString(project.run("run-bad").configFile(), "{ half");
            Files.delete(project.run("run-pipe").eventsFile());
            pipe(project.run("run-pipe").eventsFile());
            Files.writeString(project.run("run-events").eventsFile(), "\0\0\0 not events\n");
            Files.delete(project.run("run-config").configFile());
            Path nul = project.run("run-nul").configFile();
            Files.writeString(nul, Files.readString(nul).replace("texts.csv", "te\\u0000xts.csv"));
        }
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            CommandLineTest.Result page =
                    CommandLineTest.run("report", place, "--files-only", "--out", folder.resolve("page.html"));
            assertThat(page.status()).as(page.err()).isZero();
            assertThat(page.err()).contains("run-bad", "run-pipe", "run-events", "run-config", "run-nul");
            assertThat(Files.readString(folder.resolve("page.html"))).contains("run-good", "Left out");
            CommandLineTest.Result listed = CommandLineTest.run("runs", place);
            assertThat(listed.status()).isZero();
            assertThat(listed.out())
                    .containsPattern("run-good +interrupted")
                    .containsPattern("run-pipe +damaged\\n.*a pipe or a device")
                    .containsPattern("run-events +damaged\\n.*something else than events");
            JsonNode rows = Json.MAPPER.readTree(
                    CommandLineTest.run("runs", place, "--json").out());
            assertThat(rows).hasSize(6);
        });
    }

    @Test
    void whatIsNoFileIsRefusedAtOnce() throws Exception {
        Path pipe = folder.resolve("pipe");
        pipe(pipe);
        Path project = Files.createDirectories(folder.resolve("piped"));
        pipe(project.resolve("project.json"));
        Path study = Files.createDirectories(folder.resolve("study"));
        pipe(study.resolve("study.json"));
        Path run = Files.createDirectories(folder.resolve("run"));
        pipe(run.resolve("config.json"));
        Files.writeString(run.resolve("events.jsonl"), started("run"));
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            for (Object[] words : new Object[][] {
                {"mask", "--scores", pipe, "--all"},
                {"mask", "--scores", "/dev/zero", "--all"},
                {"mask", "--scores", folder, "--all"},
                {"mask", "--union", pipe, pipe},
                {"report", project},
                {"study", "--show", study},
                {"study", "--resume", study},
                {"export", "--run", run, "--out", folder.resolve("out")},
            }) {
                CommandLineTest.Result refused = CommandLineTest.run(words);
                assertThat(refused.status()).as(List.of(words).toString()).isEqualTo(2);
                assertThat(refused.err())
                        .as(List.of(words).toString())
                        .containsPattern("is not a file: it is a pipe|is a folder, not a file|is a folder")
                        .doesNotContain("Exception");
            }
        });
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            try (EngineProcess engine = new EngineProcess()) {
                Request.Model asked = new Request.Model(model.toString(), null, 16, null);
                for (String data : List.of(pipe.toString(), "/dev/zero", "/dev/stdin", folder.toString())) {
                    assertThat(engine.ask(new Request.Evaluate(asked, new DataFile(data)))
                                    .getLast())
                            .as(data)
                            .isInstanceOfSatisfying(Event.Failed.class, f -> assertThat(f.what())
                                    .containsPattern("is not a file: it is a pipe|is a folder"));
                }
                assertThat(engine.ask(new Request.Evaluate(asked, new DataFile("te\0xt.csv")))
                                .getLast())
                        .isInstanceOfSatisfying(
                                Event.Failed.class, f -> assertThat(f.what()).doesNotContain("Exception"));
            }
        });
    }
}
