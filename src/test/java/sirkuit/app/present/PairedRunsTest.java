package sirkuit.app.present;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.app.SampleCopy;
import sirkuit.app.present.script.AudienceNames;
import sirkuit.app.present.script.PageKind;
import sirkuit.app.runs.RunModel;
import sirkuit.app.runs.RunsModel;
import sirkuit.app.tune.TuneModel;
import sirkuit.app.work.NoEngine;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.app.work.WindowEngine;
import sirkuit.project.Project;
import sirkuit.record.ProjectFile;

/// Two runs stand side by side on stage: they are said to be alike only where they are.
class PairedRunsTest {
    @TempDir
    Path folder = Path.of("");

    private final NoEngine engine = new NoEngine();
    private final Notices notices = new Notices();
    private final Threads here = new Threads(Runnable::run, Runnable::run);
    private final WindowEngine session = new WindowEngine(states -> engine, notices);
    private Project project = open();
    private PresentModel present = open(project);

    private static Project open() {
        return Project.openReadOnly(Path.of("sample-projects", "reviews"));
    }

    private PresentModel open(Project shown) {
        RunsModel runs = new RunsModel(shown, session, notices, here);
        runs.load();
        PresentedProject subject = new PresentedProject(
                shown,
                shown.resolved(),
                session,
                here,
                shown.scores("cdt-precomputed").scores(),
                null,
                false,
                new SimpleObjectProperty<>(),
                runs,
                new TuneModel(),
                AudienceNames.NONE,
                run -> {});
        return new PresentModel(subject, Script.read(shown, shown.resolved(), here), (t, r) -> () -> {}, () -> 0);
    }

    @BeforeEach
    void copy() throws IOException {
        close();
        project = Project.open(SampleCopy.in(folder));
    }

    @AfterEach
    void close() {
        present.close();
        project.close();
    }

    private void change(String run, String setting, String to) throws IOException {
        Path config = project.run(run).configFile();
        String before = Files.readString(config);
        String after = before.replaceAll("\"" + setting + "\" : [^,\\s]+", "\"" + setting + "\" : " + to);
        assertThat(after).isNotEqualTo(before);
        Files.writeString(config, after);
    }

    private String full() {
        present.kept().refresh();
        return Objects.requireNonNull(present.subject().fullRun(present.kept().shown()))
                .id();
    }

    @Test
    void runsOfEqualSettingsStandSideBySideAndAreSaidToBeAlike() {
        present = open(project);
        assertThat(full()).isEqualTo("1-full-precomputed");
        assertThat(present.kept().differs().get()).isEmpty();
        assertThat(present.texts(PageKind.KEPT).text()).contains("with the same settings");
    }

    @Test
    void whereTheSettingsAreUnlikeThePageSaysWhichAndNoLongerThatTheyAreTheSame() throws IOException {
        change("2-top-precomputed", "learningRate", "0.001");
        change("2-top-precomputed", "epochs", "10");
        change("1-full-precomputed", "learningRate", "0.0002");
        present = open(project);
        full();
        assertThat(present.kept().differs().get())
                .isEqualTo("The run that changed everything had different settings:"
                        + " learning rate 0.0002 instead of 0.001, 15 instead of 10 epochs.");
        assertThat(present.texts(PageKind.KEPT).text()).doesNotContain("same");
    }

    @Test
    void ofSeveralFullRunsTheOneMostAlikeIsShownEvenWhenALaterOneIsThere() throws IOException {
        change("2-top-precomputed", "epochs", "10");
        present = open(project);
        assertThat(full()).isEqualTo("1-full-precomputed"); // the later one has another learning rate too
        assertThat(present.kept().differs().get()).contains("15 instead of 10 epochs");
        assertThat(present.kept().differs().get()).doesNotContain("learning rate");
    }

    @Test
    void aSettingThatIsRarelyChangedIsNotPassedOverInSilence() throws IOException {
        change("2-top-precomputed", "weightDecay", "0.1");
        change("2-top-precomputed", "examples", "32");
        present = open(project);
        full();
        assertThat(present.kept().differs().get()).contains("all instead of 32 training texts", "less common settings");
    }

    /// The project has learned Minangkabau and not Javanese.
    @Test
    void ofSeveralTargetsThePresentedOneHasItsOwnRunsAndWords() {
        ProjectFile.Language minangkabau =
                Objects.requireNonNull(project.resolved().target());
        Path data = project.folder().resolve("data").resolve("javanese");
        project.update(project.resolved()
                .adding(new ProjectFile.Language(
                        "Javanese",
                        minangkabau.train().at(data.resolve("train.csv").toString()),
                        minangkabau.test().at(data.resolve("test.csv").toString()))));
        present = open(project);
        assertThat(present.subject().targetName()).isEqualTo("Javanese");
        assertThat(present.subject().maskedRun(null)).isNull();
        assertThat(present.subject().fullRun(null)).isNull();
        project.update(project.resolved().choosing("Minangkabau"));
        present.close();
        present = open(project);
        assertThat(present.subject().targetName()).isEqualTo("Minangkabau");
        assertThat(present.subject().maskedRun(null))
                .isNotNull()
                .extracting(RunModel::target)
                .isEqualTo("Minangkabau");
        assertThat(full()).isEqualTo("1-full-precomputed");
    }

    @Test
    void anotherSeedIsNoOtherSetting() throws IOException {
        change("2-top-precomputed", "seed", "7");
        present = open(project);
        full();
        assertThat(present.kept().differs().get()).isEmpty();
    }
}
