package sirkuit.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.UsesProcess;
import sirkuit.project.FolderWalk;
import sirkuit.project.OutsideSearch;
import sirkuit.project.Project;
import sirkuit.run.RunFolder;

/// Which projects ask before they read what lies outside of their folder.
class OutsideFilesTest {
    @TempDir
    Path folder = Path.of("");

    private Path secret = Path.of("");
    private Path model = Path.of("");

    @BeforeEach
    void write() throws IOException {
        folder = folder.toRealPath();
        secret = Files.writeString(folder.resolve("secret.csv"), "text,label\n");
        model = Files.createDirectories(folder.resolve("model"));
    }

    private ProjectFile content(Path checkpoint, Path texts) {
        DataFile file = new DataFile(texts.toString());
        return new ProjectFile(
                ProjectFile.VERSION,
                "demo",
                checkpoint.toString(),
                null,
                new ProjectFile.Language("Indonesian", file, file),
                null,
                64);
    }

    /// As it comes out of an archive.
    private Path strangers(String name, Object project) throws IOException {
        Path place = Files.createDirectories(folder.resolve(name));
        Files.writeString(place.resolve("project.json"), Json.pretty(project));
        return place;
    }

    private static List<Path> asked(Path project) {
        return List.copyOf(OutsideSearch.ofProject(project).files());
    }

    private RunConfig run(Path checkpoint, Path texts) {
        DataFile file = new DataFile(texts.toString());
        return new RunConfig(
                RunConfig.VERSION,
                "run",
                checkpoint.toString(),
                null,
                null,
                RunConfig.Parameters.FULL,
                new RunConfig.Data(file, file, null),
                RunConfig.Settings.DEFAULT,
                RunConfig.Course.DEFAULT);
    }

    @Test
    void whatWasMadeHereIsNeverAskedAbout() throws IOException {
        Path made = folder.resolve("a/made");
        try (Project project = Project.create(made, content(model, secret))) {
            RunFolder run = project.newRun();
            run.writeConfig(run(model, secret));
            assertThat(asked(made)).isEmpty();
            Path other = Files.writeString(folder.resolve("other.csv"), "");
            project.update(content(model, other));
            assertThat(asked(made)).isEmpty();
            assertThat(OutsideSearch.ofRun(run, run.config()).isEmpty()).isTrue();
        }
        // Moved with its neighbours, they lie where they lay as seen from it.
        Files.createDirectories(folder.resolve("b"));
        for (String name : List.of("a", "model", "secret.csv", "other.csv")) {
            Files.move(folder.resolve(name), folder.resolve("b").resolve(name));
        }
        assertThat(asked(folder.resolve("b/a/made"))).isEmpty();
    }

    @Test
    void whatLiesInsideIsNeverAskedAbout() throws IOException {
        Path place = strangers("inside", content(Path.of("checkpoint"), Path.of("data/../data/train.csv")));
        Files.createDirectories(place.resolve("runs/r"));
        Files.writeString(
                place.resolve("runs/r/config.json"),
                Json.pretty(run(Path.of("../../checkpoint"), Path.of("../../data/train.csv"))));
        assertThat(asked(place)).isEmpty();
    }

    @Test
    void aStrangersFilesAreNamedUntilSomebodyAgrees() throws IOException {
        Path place = strangers("stranger", content(Path.of("checkpoint"), Path.of("../secret.csv")));
        Path run = Files.createDirectories(place.resolve("runs/r"));
        Files.writeString(run.resolve("config.json"), Json.pretty(run(model, Path.of("../../x.csv"))));
        OutsideFiles asked = OutsideSearch.ofProject(place);
        assertThat(asked.files()).containsExactly(model, secret);
        assertThatThrownBy(asked::require)
                .isInstanceOf(Problem.class)
                .hasMessageContaining(secret.toString())
                .hasMessageContaining("--allow-outside");
        OutsideSearch.agree(asked);
        assertThat(asked(place)).isEmpty();
        assertThat(asked(place.resolve("project.json"))).isEmpty();
        Path third = Files.writeString(folder.resolve("third"), "");
        Files.writeString(run.resolve("config.json"), Json.pretty(run(model, third)));
        assertThat(asked(place)).contains(third).doesNotContain(secret);
    }

    @Test
    void aRunThatNamesWhatIsOutsideIsAskedAboutByItself() throws IOException {
        Path place = Files.createDirectories(folder.resolve("run"));
        Files.writeString(place.resolve("config.json"), Json.pretty(run(model, Path.of("../secret.csv"))));
        Files.writeString(place.resolve("events.jsonl"), "");
        RunFolder run = new RunFolder(place);
        assertThat(OutsideSearch.ofRun(run, run.config()).files()).containsExactly(model, secret);
        OutsideSearch.agree(OutsideSearch.ofRun(run, run.config()));
        assertThat(OutsideSearch.ofRun(run, run.config()).files()).isEmpty();
    }

    @Test
    void anExportAsksAboutTheTextsItReadsAndTheAnswerIsRemembered() throws IOException {
        Path place = Files.createDirectories(folder.resolve("run"));
        Files.writeString(place.resolve("config.json"), Json.pretty(run(model, Path.of("../secret.csv"))));
        Files.writeString(place.resolve("events.jsonl"), "");
        Path log = Files.writeString(folder.resolve("log"), "");
        Files.createSymbolicLink(place.resolve("adapted"), log);
        RunFolder run = new RunFolder(place);
        assertThat(OutsideSearch.ofExport(run, run.config(), false).files()).containsExactly(log, model, secret);
        OutsideFiles asked = OutsideSearch.ofExport(run, run.config(), true);
        assertThat(asked.files()).containsExactly(log, secret);
        OutsideSearch.agree(asked);
        assertThat(OutsideSearch.ofExport(run, run.config(), true).files()).isEmpty();
        assertThat(OutsideSearch.ofExport(run, run.config(), false).files()).contains(model);
        Files.writeString(place.resolve("config.json"), Json.pretty(run(Path.of("gone"), secret)));
        assertThat(OutsideSearch.ofExport(run, run.config(), false).files()).isEmpty();
        // Named as the checkpoint too, a file of texts is read all the same.
        Path other = Files.writeString(folder.resolve("other.csv"), "text,label\n");
        Files.writeString(place.resolve("config.json"), Json.pretty(run(other, other)));
        assertThat(OutsideSearch.ofExport(run, run.config(), true).files()).contains(other);
    }

    @Test
    void whatWasAgreedForOtherSettingsOfARunIsRemembered() throws IOException {
        Path place = Files.createDirectories(folder.resolve("run"));
        Files.writeString(place.resolve("config.json"), Json.pretty(run(model, Path.of("../secret.csv"))));
        Files.createSymbolicLink(place.resolve("resume"), Files.createDirectories(folder.resolve("points")));
        RunFolder run = new RunFolder(place);
        // As its resume point says it, which may be other than its config.json.
        RunConfig found = run(model, Files.writeString(folder.resolve("moved.csv"), ""));
        OutsideSearch.agree(OutsideSearch.ofRun(run, found));
        assertThat(OutsideSearch.ofRun(run, found).files()).isEmpty();
        assertThat(OutsideSearch.ofRun(run, run.config()).files()).contains(secret);
    }

    @Test
    void aFolderOfTextsThatIsALinkIsNotAskedAboutInOnesOwnProject() throws IOException {
        Path disk = Files.createDirectories(folder.resolve("disk/data"));
        Path texts = Files.writeString(disk.resolve("train.csv"), "text,label\n");
        Path made = folder.resolve("made");
        Project.create(made, content(model, texts)).close();
        Files.createSymbolicLink(made.resolve("data"), disk);
        Files.createDirectories(made.resolve("texts"));
        Files.createSymbolicLink(made.resolve("texts/id"), disk);
        assertThat(asked(made)).isEmpty();
        // What is read there because of its name is asked about.
        Files.createSymbolicLink(made.resolve("scores"), disk);
        assertThat(asked(made)).containsExactly(disk);
        Path theirs = strangers("theirs", content(Path.of("checkpoint"), Path.of("data/other.csv")));
        Files.createSymbolicLink(theirs.resolve("data"), disk);
        assertThat(asked(theirs)).containsExactly(disk, disk.resolve("other.csv"));
    }

    @Test
    void aLinkIsFoundHoweverDeepItLies() throws IOException {
        Path place = strangers("deep", content(Path.of("a/b/c/d/e/f/g/h/i/j"), Path.of("data.csv")));
        Path checkpoint = Files.createDirectories(place.resolve("a/b/c/d/e/f/g/h/i/j"));
        Files.createSymbolicLink(checkpoint.resolve("config.json"), secret);
        assertThat(asked(place)).containsExactly(secret);
    }

    @Test
    void aFolderThatHoldsTooMuchToBeCheckedIsRefused() throws IOException {
        Path place = Files.createDirectories(folder.resolve("full"));
        for (int i = 0; i < 3; i++) {
            Files.createSymbolicLink(place.resolve("link" + i), secret);
        }
        assertThat(FolderWalk.linksOut(place, place, 4)).hasSize(3).containsValue(secret);
        assertThatThrownBy(() -> FolderWalk.linksOut(place, place, 3))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(place + " holds more than 3 files");
    }

    @Test
    void aLinkThatLeadsOutIsAskedAboutToo() throws IOException {
        Path place = strangers("linked", content(Path.of("checkpoint"), Path.of("data.csv")));
        Files.createSymbolicLink(place.resolve("data.csv"), secret);
        Files.createDirectories(place.resolve("scores"));
        Path other = Files.writeString(folder.resolve("other.json"), "{}");
        Files.createSymbolicLink(place.resolve("scores/cdt.json"), other);
        assertThat(asked(place)).containsExactly(other, secret);
    }

    @Test
    void nothingIsWrittenThroughLinksThatLeadOut() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Path place = folder.resolve("mine");
        try (Project project = Project.create(place, content(model, secret))) {
            for (String part : List.of("runs", "masks", "scores", "studies", ".trash")) {
                Files.createSymbolicLink(place.resolve(part), elsewhere);
            }
            assertThatThrownBy(project::newRun).hasMessageContaining("leads out of");
            assertThatThrownBy(() -> project.saveMask("m", sirkuit.mask.HeadMask.none(1, 1)))
                    .hasMessageContaining("leads out of");
            assertThatThrownBy(() -> project.newStudy("s")).hasMessageContaining("leads out of");
        }
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    @UsesProcess
    void aLockThatIsALinkOrAPipeLocksNothing() throws Exception {
        Path place = folder.resolve("locked");
        Project.create(place, content(model, secret)).close();
        Path made = folder.resolve("made-by-lock");
        Files.delete(place.resolve(".lock"));
        Files.createSymbolicLink(place.resolve(".lock"), made);
        try (Project project = Project.open(place)) {
            assertThat(project.readOnly()).isTrue();
        }
        assertThat(made).doesNotExist();
        Files.delete(place.resolve(".lock"));
        new ProcessBuilder("mkfifo", place.resolve(".lock").toString()).start().waitFor();
        try (Project project = Project.open(place)) {
            assertThat(project.readOnly()).isTrue();
        }
    }
}
