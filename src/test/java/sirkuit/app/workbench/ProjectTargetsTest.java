package sirkuit.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.MadeRun;
import sirkuit.app.data.TargetsModel;
import sirkuit.app.project.OpenedProject;
import sirkuit.app.runs.RunModel;
import sirkuit.app.tune.Trainable;
import sirkuit.app.work.NoEngine;
import sirkuit.app.work.Notice;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.app.work.WindowEngine;
import sirkuit.project.Project;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.ProjectFile;
import sirkuit.record.RunConfig;

/// The targets of an open project; the test answers in the engine's place.
class ProjectTargetsTest {
    @TempDir
    Path folder = Path.of("");

    private final NoEngine engine = new NoEngine();
    private final Notices notices = new Notices();
    private final WindowEngine session = new WindowEngine(states -> engine, notices);
    private Path place = Path.of("");
    private ProjectFile.Language indonesian;
    private ProjectFile.Language minangkabau;
    private @Nullable WorkbenchModel open;

    @BeforeEach
    void make() throws IOException {
        place = folder.resolve("project");
        indonesian = MadeRun.language(folder, "Indonesian");
        minangkabau = MadeRun.language(folder, "Minangkabau");
        MadeRun.language(folder, "Javanese");
        Files.createDirectories(folder.resolve("model"));
        Project.create(
                        place,
                        new ProjectFile(
                                1,
                                "Test",
                                folder.resolve("model").toString(),
                                MadeRun.LABELS,
                                indonesian,
                                minangkabau,
                                64))
                .close();
    }

    @AfterEach
    void close() {
        if (open != null) {
            open.close();
        }
    }

    private WorkbenchModel work() {
        if (open == null) {
            open = new WorkbenchModel(
                    OpenedProject.of(() -> Project.open(place)),
                    session,
                    notices,
                    new Threads(Runnable::run, Runnable::run));
            open.open();
            engine.last(Request.Inspect.class)
                    .answer(
                            new Event.Inspected(
                                    "model",
                                    "bert",
                                    "Bert",
                                    new Event.Inspected.Shape(2, 4, 8, 2),
                                    new Event.Inspected.Counts(1000, 10, 5),
                                    MadeRun.LABELS,
                                    64,
                                    100,
                                    "F32"),
                            new Event.Finished(1));
            answer();
            open.tune().what().set(Trainable.FULL);
        }
        return open;
    }

    private TargetsModel targets() {
        return work().targets();
    }

    /// The engine describes all texts that it was asked about.
    private void answer() {
        for (NoEngine.Asked asked : List.copyOf(engine.asked())) {
            if (asked.request() instanceof Request.Describe d) {
                asked.answer(
                        new Event.Described(
                                d.data().file(), 6, MadeRun.LABELS, new int[] {2, 2, 2}, 5, 0, 0, Map.of(), List.of()),
                        new Event.Finished(1));
            }
        }
    }

    private ProjectFile saved() {
        try (Project project = Project.openReadOnly(place)) {
            return project.resolved();
        }
    }

    private void addJavanese() {
        targets().add(folder.resolve("javanese"));
        answer();
    }

    @Test
    void anAddedTargetIsSavedOnceItsTextsHaveBeenRead() {
        targets().add(folder.resolve("javanese"));
        assertThat(targets().adding().get()).isTrue();
        assertThat(work().target().name().get()).isEqualTo("Javanese");
        assertThat(saved().allTargets()).hasSize(1);
        assertThat(work().tuneBlocked())
                .as("not Minangkabau under the name Javanese")
                .contains("Javanese");
        work().startRun();
        assertThat(work().runs().runs()).isEmpty();
        answer();
        assertThat(targets().names()).containsExactly("Minangkabau", "Javanese");
        assertThat(targets().current()).isEqualTo("Javanese");
        assertThat(targets().adding().get()).isFalse();
        assertThat(saved()).isEqualTo(work().file().get());
        assertThat(work().tuneBlocked()).isNull();
        work().startRun();
        assertThat(work().runs().runs()).extracting(RunModel::target).containsExactly("Javanese");
    }

    @Test
    void addingCanBeCancelled() {
        targets().add(folder.resolve("javanese"));
        targets().cancel();
        answer();
        assertThat(targets().names()).containsExactly("Minangkabau");
        assertThat(work().target().name().get()).isEqualTo("Minangkabau");
        assertThat(work().tuneBlocked()).isNull();
    }

    @Test
    void aTargetFromAFolderOfTheSameNameGetsANameOfItsOwn() {
        targets().add(folder.resolve("minangkabau"));
        answer();
        assertThat(targets().names()).containsExactly("Minangkabau", "Minangkabau 2");
        assertThat(notices.open()).isEmpty();
    }

    @Test
    void theNextRunLearnsTheChosenTarget() {
        addJavanese();
        targets().choose("Minangkabau");
        answer();
        assertThat(work().target().train().file().get())
                .isEqualTo(minangkabau.train().file());
        work().startRun();
        targets().choose("Javanese");
        answer();
        work().startRun();
        assertThat(work().runs().runs()).extracting(RunModel::target).containsExactly("Minangkabau", "Javanese");
        assertThat(work().runs().groups().get()).hasSize(2);
        assertThat(Objects.requireNonNull(saved().target()).name()).isEqualTo("Javanese");
    }

    @Test
    void otherTextsReplaceThoseOfTheCurrentTarget() {
        addJavanese();
        MadeRun.language(folder, "Acehnese");
        targets().replace(folder.resolve("acehnese"));
        answer();
        assertThat(targets().names()).containsExactly("Minangkabau", "Acehnese");
    }

    @Test
    void runsKeepTheirTargetWhenItIsRenamedOrRemoved() {
        addJavanese();
        RunConfig config =
                MadeRun.config("1", folder.resolve("model").toString(), MadeRun.TOP, minangkabau, indonesian);
        MadeRun.write(work().project().run("1-top").folder(), config, 0.7, 0.8, MadeRun.digests(config));
        work().runs().load();
        assertThat(targets().runs("Minangkabau")).isEqualTo(1);
        assertThat(targets().runs("Javanese")).isZero();
        targets().rename("Minangkabau", "Minang");
        assertThat(targets().names()).containsExactly("Minang", "Javanese");
        assertThat(work().runs().runs()).extracting(RunModel::target).containsExactly("Minangkabau");
        targets().remove("Minang");
        assertThat(targets().names()).containsExactly("Javanese");
        assertThat(work().runs().runs()).extracting(RunModel::target).containsExactly("Minangkabau");
        // It can be undone.
        Notice removed = notices.open().getLast();
        assertThat(removed.what()).contains("Minang was removed");
        Objects.requireNonNull(removed.back()).run();
        assertThat(targets().names()).containsExactly("Javanese", "Minang");
    }

    @Test
    void theLastTargetCanBeRemovedAndAnotherAdded() {
        targets().remove("Minangkabau");
        assertThat(saved().target()).isNull();
        assertThat(work().target().empty()).isTrue();
        assertThat(work().tuneBlocked()).isNotNull();
        addJavanese();
        assertThat(targets().names()).containsExactly("Javanese");
    }

    @Test
    void aNameIsNeitherEmptyNorThatOfAnotherTarget() {
        addJavanese();
        assertThat(targets().objection("Javanese", " ")).contains("Enter a name");
        assertThat(targets().objection("Javanese", "minangkabau")).contains("another target");
        assertThat(targets().objection("Javanese", "javanese")).isNull();
        targets().rename("Javanese", "Minangkabau");
        assertThat(targets().names()).containsExactly("Minangkabau", "Javanese");
    }

    @Test
    void aTargetThatIsNotLearnedCanBeWatched() {
        addJavanese();
        assertThat(targets().others()).containsExactly(minangkabau);
        work().tune().course().watch(targets().others().getFirst());
        work().startRun();
        assertThat(work().runs().runs().getFirst().config().watched())
                .containsExactly(Map.entry("Minangkabau", minangkabau.test()));
    }

    @Test
    void theSettingsOfARunComeWithItsTarget() {
        addJavanese();
        targets().choose("Minangkabau");
        answer();
        work().startRun();
        targets().choose("Javanese");
        answer();
        work().runActions().duplicate(work().runs().runs().getFirst());
        answer();
        assertThat(targets().current()).isEqualTo("Minangkabau");
        assertThat(work().tuneBlocked()).isNull();
    }
}
