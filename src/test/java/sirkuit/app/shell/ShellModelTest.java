package sirkuit.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.app.look.Theme;
import sirkuit.app.work.EngineSession;
import sirkuit.app.work.NoEngine;
import sirkuit.app.work.Notice;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.engine.Event;
import sirkuit.engine.Request;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.ScoreMethod;
import sirkuit.project.DataFile;
import sirkuit.project.Project;
import sirkuit.project.ProjectFile;
import sirkuit.project.Provenance;
import sirkuit.project.RunFolder;
import sirkuit.project.ScoreRecord;

class ShellModelTest {
    @TempDir
    Path folder = Path.of("");

    private final NoEngine engine = new NoEngine();
    private final Notices notices = new Notices();
    private final Threads here = new Threads(Runnable::run, Runnable::run);

    private @org.jspecify.annotations.Nullable ShellModel shell;

    @AfterEach
    void close() {
        if (shell != null) {
            shell.close();
        }
    }

    @Test
    void whatIsDoneIsWrittenAndComesBack() {
        WorkbenchModel work = opened();
        inspect(work);
        work.relevance().score();
        engine.last(Request.Score.class).answer(new Event.Scored(record()), new Event.Finished(1));
        assertThat(mask(work)).containsExactly(new Head(0, 1));
        work.mask().toggle(new Head(0, 3));
        work.saveMask("mine");
        work.startRun();
        assertThat(((Request.Tune) engine.last(Request.Tune.class).request())
                        .config()
                        .name())
                .isEqualTo("2 heads by hand");

        engine.last(Request.Tune.class).answer(new Event.Cancelled());
        WorkbenchModel again = opened();
        assertThat(again).isNotSameAs(work);
        assertThat(again.scores()).hasSize(1);
        assertThat(again.masks()).containsExactly("mine");
        assertThat(mask(again)).containsExactly(new Head(0, 1), new Head(0, 3));
        assertThat(again.relevance().shown().get()).isNotNull();
    }

    /// The mask was made from the older scores; the newer ones must not choose another over it.
    @Test
    void reopeningKeepsTheMaskToTheByte() throws IOException {
        Path place = made();
        try (Project project = Project.open(place)) {
            project.saveScores(record(0.1, 0.9, 0.2, 0.3));
            project.saveScores(record(0.9, 0.1, 0.2, 0.3));
            project.saveMask("current", new HeadMask(1, 4, List.of(new Head(0, 1)), "top 1 by cdt"));
        }
        Path saved = place.resolve("masks/current.json");
        Files.setLastModifiedTime(saved, FileTime.fromMillis(1_000_000));
        WorkbenchModel work = opened();
        inspect(work);
        assertThat(mask(work)).containsExactly(new Head(0, 1));
        assertThat(work.relevance().shown().get()).isNotNull();
        assertThat(Files.getLastModifiedTime(saved).toMillis())
                .as("not written again")
                .isEqualTo(1_000_000);
    }

    @Test
    void damageToOneFileCostsNoOther() throws IOException {
        Path place = made();
        try (Project project = Project.open(place)) {
            project.saveScores(record(0.1, 0.9, 0.2, 0.3));
            project.saveMask("current", new HeadMask(1, 4, List.of(new Head(0, 2)), "by hand"));
        }
        Path scores = onlyFile(place.resolve("scores"));
        String good = Files.readString(scores);
        Files.writeString(scores, good.substring(0, 40));
        WorkbenchModel work = opened();
        inspect(work);
        assertThat(mask(work)).containsExactly(new Head(0, 2));
        assertThat(notices.open()).extracting(Notice::what).anyMatch(w -> w.contains("cdt-"));

        Files.writeString(scores, good);
        String newer = "{\"schemaVersion\": 9, \"circuits\": []}";
        Files.writeString(place.resolve("masks/current.json"), newer);
        WorkbenchModel again = opened();
        assertThat(notices.open()).extracting(Notice::what).anyMatch(w -> w.contains("newer Sirkuit (schema 9)"));
        assertThat(again.relevance().shown().get()).isNotNull();
        inspect(again); // now heads are chosen by the scores, and that is a mask to keep
        again.mask().toggle(new Head(0, 3));
        assertThat(Files.readString(place.resolve("masks/current.json"))).contains("selected");
        try (var files = Files.list(place.resolve("masks"))) {
            assertThat(files.filter(f -> f.toString().endsWith(".kept")))
                    .singleElement()
                    .satisfies(f -> assertThat(Files.readString(f)).isEqualTo(newer));
        }
    }

    private static Path onlyFile(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        }
    }

    /// Whatever goes wrong, the project must not stay locked.
    @Test
    void whatFailsToOpenLetsGoOfTheLock() throws IOException {
        Path place = made();
        Files.writeString(place.resolve("masks"), "a file where a folder should be");
        Files.createDirectories(place.resolve("scores/cdt-20260101-000000.json"));
        shell().open(place);
        shell().leave();
        Files.delete(place.resolve("masks"));
        try (Project project = Project.open(place)) {
            assertThat(project.readOnly()).isFalse();
        }
    }

    @Test
    void leavingAndOpeningAtOnceWritesAgain() throws InterruptedException {
        java.util.concurrent.ExecutorService background = java.util.concurrent.Executors.newSingleThreadExecutor();
        java.util.concurrent.BlockingQueue<Runnable> window = new java.util.concurrent.LinkedBlockingQueue<>();
        try (Threads threads = new Threads(background, window::add)) {
            ShellModel busy = new ShellModel(
                    new EngineSession(states -> engine, notices), notices, threads, folder.resolve("config"));
            for (int i = 0; i < 3; i++) {
                busy.open(made());
            }
            while (busy.workbench().get() == null) {
                window.take().run();
            }
            busy.leave();
            busy.open(made());
            while (busy.workbench().get() == null) {
                window.take().run();
            }
            assertThat(Objects.requireNonNull(busy.workbench().get()).readOnly().get())
                    .isFalse();
            busy.close();
        }
    }

    @Test
    void whatIsStillToBeWrittenIsWrittenBeforeTheEnd() {
        java.util.concurrent.atomic.AtomicBoolean written = new java.util.concurrent.atomic.AtomicBoolean();
        try (Threads threads = Threads.behind(Runnable::run)) {
            threads.background().execute(() -> {
                try {
                    Thread.sleep(200);
                } catch (InterruptedException e) {
                    return;
                }
                written.set(true);
            });
        }
        assertThat(written).isTrue();
    }

    @Test
    void aRunIsWrittenDownBeforeItBeginsAndEndsEvenIfItsEngineDies() {
        WorkbenchModel work = opened();
        inspect(work);
        work.mask().toggle(new Head(0, 0));
        work.startRun();
        RunFolder run = work.project().runs().getFirst();
        assertThat(run.config().name()).isEqualTo("1 head by hand");
        engine.last(Request.Tune.class).answer(new Event.Failed("The engine was killed.", "Run it again.", null));
        assertThat(run.concluded()).isTrue();
        assertThat(run.eventLines().getLast()).contains("The engine was killed.");
    }

    @Test
    void eachRunWarnsOfItsOwn() {
        WorkbenchModel work = opened();
        inspect(work);
        work.mask().toggle(new Head(0, 0));
        work.startRun();
        assertThat(shell().mayClose()).isFalse();
        engine.last(Request.Tune.class).answer(new Event.Finished(1));
        work.startRun();
        assertThat(shell().mayClose()).isFalse();
    }

    @Test
    void maskNamesThatCannotBeAreToldWhileTyping() {
        WorkbenchModel work = opened();
        assertThat(work.nameProblem("Current")).contains("taken");
        assertThat(work.nameProblem("../x")).contains("Use letters");
        assertThat(work.nameProblem(" mine 2 ")).isNull();
    }

    @Test
    void whatCannotBeAPathIsTold() {
        shell().open("a\0b");
        assertThat(notices.open().getLast().what()).contains("cannot be a path");
    }

    @Test
    void aSecondWindowOnlyReadsAndSaysSo() {
        Path place = made();
        try (Project first = Project.open(place)) {
            assertThat(first.readOnly()).isFalse();
            WorkbenchModel second = opened();
            inspect(second);
            assertThat(second.readOnly().get()).isTrue();
            assertThat(second.tuneBlocked()).contains("only reads");
            assertThat(notices.open()).extracting(Notice::what).anyMatch(w -> w.contains("open in another window"));
        }
    }

    @Test
    void aRunThatIsGoingKeepsItsProjectOpen() {
        WorkbenchModel work = opened();
        inspect(work);
        work.mask().toggle(new Head(0, 0));
        work.startRun();
        shell().leave();
        assertThat(shell().workbench().get()).isSameAs(work);
        assertThat(notices.open()).extracting(Notice::what).anyMatch(w -> w.contains("still going"));
    }

    @Test
    void closingTheWindowOnARunTakesASecondTry() {
        WorkbenchModel work = opened();
        assertThat(shell().mayClose()).isTrue();
        inspect(work);
        work.mask().toggle(new Head(0, 0));
        work.startRun();
        assertThat(shell().mayClose()).isFalse();
        assertThat(shell().mayClose()).isTrue();
    }

    @Test
    void aCheckpointThatHasGoneIsTold() {
        WorkbenchModel work = opened();
        engine.last(Request.Inspect.class)
                .answer(new Event.Failed("model has no config.json.", "Choose another.", null));
        assertThat(notices.open()).extracting(Notice::what).contains("model has no config.json.");
        work.checkpoint().retry();
        inspect(work);
        assertThat(work.tuneBlocked()).contains("Choose heads");
    }

    @Test
    void whatIsNoProjectIsNamedAndTheWelcomeScreenStays() {
        shell().open(folder.resolve("nothing"));
        assertThat(shell().workbench().get()).isNull();
        assertThat(notices.open().getFirst().what()).contains("nothing").contains("no project.json");
    }

    @Test
    void themeAndRecentProjectsAreRemembered() {
        opened();
        shell().toggleTheme();
        Preferences remembered = Preferences.read(folder.resolve("config"));
        assertThat(remembered.themeOrLight()).isEqualTo(Theme.DARK);
        assertThat(remembered.recentProjects()).containsExactly(folder.resolve("project"));
    }

    @Test
    void aRunFailsWhenItsEngineDiesAndCanBeRunAgain() {
        WorkbenchModel work = opened();
        inspect(work);
        work.mask().toggle(new Head(0, 0));
        work.startRun();
        engine.last(Request.Tune.class).answer(new Event.Failed("The engine was killed.", "Run it again.", null));
        assertThat(work.runs().runs().getFirst().status().get().words()).isEqualTo("failed");
        assertThat(work.tuneBlocked()).isNull();
        assertThat(work.runs().running().get()).isFalse();
    }

    private ShellModel shell() {
        if (shell == null) {
            shell = new ShellModel(
                    new EngineSession(states -> engine, notices), notices, here, folder.resolve("config"));
        }
        return shell;
    }

    private WorkbenchModel opened() {
        shell().open(made());
        return Objects.requireNonNull(shell().workbench().get());
    }

    private Path made() {
        Path place = folder.resolve("project");
        if (!place.toFile().exists()) {
            ProjectFile.Language language =
                    new ProjectFile.Language("Indonesian", new DataFile("train.csv"), new DataFile("test.csv"));
            Project.create(place, new ProjectFile(1, "Test", folder.toString(), null, language, language, 64))
                    .close();
        }
        return place;
    }

    private void inspect(WorkbenchModel work) {
        engine.last(Request.Inspect.class)
                .answer(
                        new Event.Inspected(
                                work.file().get().checkpoint(),
                                "bert",
                                "Bert",
                                1,
                                4,
                                8,
                                2,
                                1000,
                                10,
                                5,
                                3,
                                List.of("a", "b"),
                                64,
                                100,
                                "F32"),
                        new Event.Finished(1));
    }

    private static List<Head> mask(WorkbenchModel work) {
        HeadMask now = Objects.requireNonNull(work.mask().mask().get());
        return List.copyOf(now.selected());
    }

    private static ScoreRecord record() {
        return record(0.1, 0.9, 0.2, 0.3);
    }

    private static ScoreRecord record(Double... ofHeads) {
        Double[][] score = {ofHeads};
        return new ScoreRecord(
                1,
                ScoreMethod.CDT,
                false,
                1,
                4,
                score,
                score,
                10,
                10,
                new int[] {5, 5},
                0,
                0,
                List.of("a", "b"),
                64,
                0,
                1.0,
                new Provenance("0.1", "checkpoint", "", Map.of(), "cpu", "test", "now"));
    }
}
