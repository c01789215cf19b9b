package sirkuit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.MadeRun;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesProcess;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.checkpoint.tokenizer.TokenizerPlan;
import sirkuit.protocol.Event;
import sirkuit.protocol.Wire;
import sirkuit.record.LabelBinding;
import sirkuit.record.Paths;
import sirkuit.record.ProjectFile;
import sirkuit.record.Provenance;
import sirkuit.record.RunConfig;
import sirkuit.run.RunFolder;
import sirkuit.study.StudyPlan;
import sirkuit.study.StudyStrategy;

/// What `runs` and `study --show` say of runs, sound and damaged ones.
@UsesProcess
class RunsCommandTest {
    @TempDir
    Path folder = Path.of("");

    private Path runs = Path.of("");
    private Path model = Path.of("");
    private ProjectFile.Language target;
    private ProjectFile.Language source;

    @BeforeEach
    void write() {
        runs = folder.resolve("runs");
        model = TinyCheckpoint.write(folder.resolve("model"), 1);
        target = MadeRun.language(folder, "Minangkabau");
        source = MadeRun.language(folder, "Indonesian");
    }

    private RunFolder run(String name) {
        RunConfig config = MadeRun.config(name, model.toString(), null, target, source);
        return MadeRun.write(runs.resolve(name), config, 0.7, 0.8, MadeRun.digests(config));
    }

    /// The same with the event that says what it was made from, as the engine writes it.
    private RunFolder recorded(String name) throws IOException {
        RunFolder run = run(name);
        RunConfig config = run.config();
        Checkpoint checkpoint = Checkpoint.open(model);
        Map<String, Provenance.Used> files = new LinkedHashMap<>();
        String place = Paths.stored(run.folder(), model.toString());
        files.put(Provenance.CHECKPOINT, new Provenance.Used(place, checkpoint.digest(), null));
        files.put(
                Provenance.TOKENIZER,
                new Provenance.Used(place, TokenizerPlan.of(checkpoint).digest(), null));
        LabelBinding binding = new LabelBinding(MadeRun.LABELS, "config", List.of());
        config.files()
                .forEach((role, file) -> files.put(
                        role,
                        new Provenance.Used(
                                Paths.stored(run.folder(), file.file()), file.digest(MadeRun.LABELS), binding)));
        Provenance from = new Provenance(
                "1", files, new Provenance.Machine("cpu", "PyTorch", 1, "2", "Linux", "amd64", "25"), "now");
        List<String> lines = new ArrayList<>(run.eventLines());
        lines.add(1, Wire.line(1, new Event.MadeFrom(from), Instant.EPOCH));
        Files.write(run.eventsFile(), lines);
        return run;
    }

    @Test
    void aDamagedRunHidesNoOtherAndADamagedLineHidesNothing() throws IOException {
        run("a-good");
        MadeRun.damage(run("b-damaged"));
        MadeRun.damageLines(run("c-lines"));
        CommandLineTest.Result listed = CommandLineTest.run("runs", runs);
        assertThat(listed.status()).as(listed.err()).isZero();
        assertThat(listed.out())
                .containsPattern("a-good +finished +0/20 +70.0 % +80.0 % +\\+7.5")
                .containsPattern("b-damaged +damaged")
                .containsPattern("c-lines +finished +0/20 +70.0 % +80.0 % +\\+7.5");
        JsonNode rows =
                Json.MAPPER.readTree(CommandLineTest.run("runs", runs, "--json").out());
        assertThat(rows).hasSize(3);
        assertThat(rows.get(1).path("state").textValue()).isEqualTo("damaged");
        assertThat(rows.get(2).path("forgetting").doubleValue()).isEqualTo(100 * (0.875 - 0.8));
    }

    @Test
    void aStudysTableLeavesOutADamagedRunAndNoOther() throws IOException {
        Path study = folder.resolve("study");
        StudyPlan plan = new StudyPlan(
                1,
                "study",
                model.toString(),
                MadeRun.LABELS,
                null,
                source.test(),
                Map.of(),
                new StudyPlan.Grid(
                        List.of(new StudyPlan.Target("Minangkabau", target.train(), target.test())),
                        List.of(
                                new StudyStrategy("full", RunConfig.Trained.FULL, null, null, true, 2e-4),
                                new StudyStrategy("top", RunConfig.Trained.MASK, MadeRun.TOP, null, true, 1e-3)),
                        List.of(0L, 1L)),
                RunConfig.Settings.DEFAULT,
                RunConfig.Course.DEFAULT);
        plan.write(study);
        List<RunFolder> made = new ArrayList<>();
        for (StudyPlan.Cell cell : plan.cells(study)) {
            RunConfig config = cell.config();
            made.add(MadeRun.write(cell.folder(), config, 0.7, 0.8, MadeRun.digests(config)));
        }
        MadeRun.damageLines(made.get(0));
        MadeRun.damage(made.get(1));
        Files.delete(made.get(2).eventsFile());
        Files.createDirectory(made.get(2).eventsFile()); // cannot be read at all
        CommandLineTest.Result shown = CommandLineTest.run("study", "--show", study, "--json");
        assertThat(shown.status()).as(shown.err()).isZero();
        JsonNode found = Json.MAPPER.readTree(shown.out()).path("runs");
        assertThat(found).hasSize(2);
        assertThat(found)
                .allSatisfy(r -> assertThat(r.path("target").doubleValue()).isEqualTo(0.7));
        assertThat(shown.err()).contains("note: ", "seed-1");
    }

    @Test
    void filesThatAreStillTheSameAreSaidToBe() throws IOException {
        recorded("a");
        CommandLineTest.Result checked = CommandLineTest.run("runs", "--check", runs);
        assertThat(checked.status()).as(checked.out()).isZero();
        assertThat(checked.out()).contains("files: all the same");
        assertThat(CommandLineTest.run("runs", runs).out()).doesNotContain("files:");
    }

    @Test
    void aFileThatHasChangedOrIsMissingIsNamedAndTheStatusIsOne() throws IOException {
        recorded("a");
        Path train = Path.of(target.train().file());
        Files.writeString(train, Files.readString(train).replace("negative", "positive"));
        Files.delete(Path.of(source.test().file()));
        CommandLineTest.Result checked = CommandLineTest.run("runs", "--check", runs);
        assertThat(checked.status()).isOne();
        assertThat(checked.out())
                .contains(
                        "changed: train (" + train + ")",
                        "missing: sourceEval (" + source.test().file() + ")")
                .doesNotContain("targetEval", "checkpoint (", "all the same");
        JsonNode row = Json.MAPPER
                .readTree(CommandLineTest.run("runs", "--check", runs, "--json").out())
                .get(0);
        assertThat(row.at("/check/recorded").booleanValue()).isTrue();
        Map<String, String> states = new LinkedHashMap<>();
        row.at("/check/files")
                .forEach(f ->
                        states.put(f.path("role").textValue(), f.path("state").textValue()));
        assertThat(states)
                .containsExactly(
                        Map.entry("checkpoint", "same"),
                        Map.entry("tokenizer", "same"),
                        Map.entry("train", "changed"),
                        Map.entry("targetEval", "same"),
                        Map.entry("sourceEval", "missing"));
    }

    @Test
    void anotherCheckpointInTheSamePlaceIsNoticed() throws IOException {
        recorded("a");
        TinyCheckpoint.write(model, 2);
        CommandLineTest.Result checked = CommandLineTest.run("runs", "--check", runs);
        assertThat(checked.status()).isOne();
        assertThat(checked.out()).contains("changed: checkpoint (").doesNotContain("tokenizer (");
    }

    @Test
    void aRunOfAnOlderVersionIsSaidToHaveNoProvenance() {
        run("old");
        CommandLineTest.Result checked = CommandLineTest.run("runs", "--check", runs);
        assertThat(checked.status()).isZero();
        assertThat(checked.out()).contains("files: no provenance");
    }

    /// Alone, beside others and in any order: as the project spells it, or else as the run itself does.
    @Test
    void aTargetIsSpelledTheSameWhateverElseIsListed() throws IOException {
        run("a");
        RunConfig small =
                MadeRun.config("b", model.toString(), null, target, source).named("minangkabau", "id");
        MadeRun.write(runs.resolve("b"), small, 0.7, 0.875, MadeRun.digests(small));
        assertThat(CommandLineTest.run("runs", runs.resolve("b")).out())
                .containsPattern("finished .* 0\\.0  minangkabau\\R");
        String both = CommandLineTest.run("runs", runs).out();
        assertThat(both)
                .containsPattern("(?m)^a +finished .*  Minangkabau$")
                .containsPattern("(?m)^b +finished .*  minangkabau$")
                .doesNotContain("compare only");
        ProjectFile project = new ProjectFile(1, "p", model.toString(), null, source, target, 64);
        Files.writeString(folder.resolve("project.json"), Json.pretty(project));
        assertThat(CommandLineTest.run("runs", runs.resolve("b")).out()).containsPattern("finished .*  Minangkabau\\R");
        assertThat(CommandLineTest.run("runs", runs).out()).containsPattern("(?m)^b +finished .*  Minangkabau$");
    }

    @Test
    void aFolderThatIsNotThereIsCalledMissing() {
        Path nowhere = folder.resolve("nowhere");
        assertThat(CommandLineTest.run("runs", nowhere).err()).contains(nowhere + " does not exist.");
    }

    @Test
    void aRunThatCannotBeCheckedKeepsNoOtherFromBeingChecked() throws IOException {
        MadeRun.damage(recorded("a-damaged"));
        recorded("b-good");
        RunFolder strange = recorded("c-strange");
        String config = Files.readString(strange.configFile());
        assertThat(config).contains("/minangkabau/train.csv");
        Files.writeString(strange.configFile(), config.replace("minangkabau/train.csv", "elsewhere.csv"));
        CommandLineTest.Result checked = CommandLineTest.run("runs", "--check", runs);
        assertThat(checked.status()).isOne();
        assertThat(checked.out())
                .containsPattern("a-damaged +damaged")
                .containsPattern("b-good +finished.*\\n(    .*\\n)*    files: all the same")
                .contains("files not checked: ", "elsewhere.csv");
    }
}
