package sirkuit.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.app.look.Theme;
import sirkuit.app.preferences.Preferences;
import sirkuit.app.runs.RunModel;
import sirkuit.app.work.NoEngine;
import sirkuit.app.work.Notice;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.app.work.WindowEngine;
import sirkuit.app.workbench.WorkbenchModel;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.ScoreMethod;
import sirkuit.project.Project;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.OutsideFiles;
import sirkuit.record.ProjectFile;
import sirkuit.record.Provenance;
import sirkuit.record.ScoreRecord;
import sirkuit.run.RunFolder;
import sirkuit.run.state.RunState;

class ShellModelTest {
    @TempDir
    Path folder = Path.of("");

    private final NoEngine engine = new NoEngine();
    private final Notices notices = new Notices();
    private final Deque<Runnable> disk = new ArrayDeque<>();
    private boolean slowDisk;
    private final Threads here = new Threads(work -> later(work), Runnable::run);

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
        work.masks().save("mine");
        work.startRun();
        assertThat(((Request.Tune) engine.last(Request.Tune.class).request())
                        .config()
                        .name())
                .isEqualTo("2 heads by hand");

        engine.last(Request.Tune.class).answer(new Event.Cancelled());
        WorkbenchModel again = opened();
        assertThat(again).isNotSameAs(work);
        assertThat(again.scores()).hasSize(1);
        assertThat(again.masks().names()).containsExactly("mine");
        assertThat(mask(again)).containsExactly(new Head(0, 1), new Head(0, 3));
        assertThat(again.relevance().shown().get()).isNotNull();
    }

    @Test
    void aProjectOpensAsItWasLeft() {
        WorkbenchModel work = opened();
        inspect(work);
        work.relevance().score();
        engine.last(Request.Score.class).answer(new Event.Scored(record()), new Event.Finished(1));
        work.relevance().score();
        engine.last(Request.Score.class).answer(new Event.Scored(record()), new Event.Finished(1));
        String first = work.scores().getFirst();
        assertThat(work.scores()).hasSize(2);
        work.showScores(first);
        work.lastView().centre().set("data-tab");
        work.lastView().side().set("sentence-tab");
        work.exploring().sentence().show("a good day", "");
        work.tune().epochs().set(7);
        shell().leave();

        WorkbenchModel again = opened();
        assertThat(again.lastView().centre().get()).isEqualTo("data-tab");
        assertThat(again.lastView().side().get()).isEqualTo("sentence-tab");
        assertThat(again.lastView().now().scores()).isEqualTo(first);
        assertThat(again.exploring().sentence().text().get()).isEqualTo("a good day");
        // What was kept is not lost if the project is left before the checkpoint is known.
        shell().leave();
        again = opened();
        inspect(again);
        assertThat(again.tune().epochs().get()).isEqualTo(7);
        assertThat(again.relevance().shown().get()).isNotNull();
    }

    @Test
    void withoutTheFileOfViewsAProjectOpensAsANewOne() {
        opened().lastView().centre().set("data-tab");
        write(folder.resolve("config/views.json"), "damaged");
        shell().leave();
        assertThat(opened().lastView().centre().get()).isEmpty();
        assertThat(notices.open()).isEmpty();
    }

    @Test
    void aSecondWindowOnlyReadsAndSaysSo() {
        Path place = made();
        try (Project first = Project.open(place)) {
            assertThat(first.readOnly()).isFalse();
            WorkbenchModel second = opened();
            inspect(second);
            assertThat(second.readOnly().get()).isTrue();
            assertThat(second.tuneBlocked()).contains("read-only");
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
        assertThat(notices.open()).extracting(Notice::what).anyMatch(w -> w.contains("in progress"));
    }

    @Test
    void aRunThatIsKeptGoesOnWithoutTheWindow() {
        WorkbenchModel work = opened();
        assertThat(shell().busy()).isFalse();
        inspect(work);
        work.mask().toggle(new Head(0, 0));
        work.startRun();
        assertThat(shell().busy()).isTrue();
        shell().leaving(ShellModel.Leaving.KEEP_RUNNING);
        shell().close();
        assertThat(engine.detached()).isTrue();
        assertThat(engine.cancels()).isZero();
        assertThat(run(work).concluded()).isFalse();
    }

    @Test
    void closedOtherwiseTheWindowStopsItsRun() {
        WorkbenchModel work = opened();
        inspect(work);
        work.mask().toggle(new Head(0, 0));
        work.startRun();
        shell().leaving(ShellModel.Leaving.PAUSE);
        shell().close();
        assertThat(engine.detached()).isFalse();
        assertThat(engine.cancels()).isPositive();
        assertThat(run(work).concluded()).isTrue();
    }

    @Test
    void aPausedRunGoesOnAndOthersQueueBehindIt() {
        WorkbenchModel work = opened();
        inspect(work);
        work.mask().toggle(new Head(0, 0));
        work.startRun();
        work.startRun();
        RunModel first = work.runs().runs().getFirst();
        assertThat(work.runs().runs()).extracting(r -> r.status().get()).containsOnly(RunState.Status.WAITING);
        work.runs().pause(first);
        assertThat(engine.cancels()).isEqualTo(1);
        engine.asked().stream()
                .filter(a -> a.request() instanceof Request.Tune)
                .findFirst()
                .orElseThrow()
                .answer(new Event.Paused(3, "It was stopped.", false, null), new Event.Cancelled());
        assertThat(first.status().get()).isEqualTo(RunState.Status.PAUSED);
        work.runs().resume(first);
        assertThat(first.status().get()).isEqualTo(RunState.Status.WAITING);
        engine.last(Request.Resume.class).answer(new Event.Resumed(3), new Event.Finished(1));
        assertThat(first.status().get()).isEqualTo(RunState.Status.FINISHED);
        work.runs().resume(first);
        assertThat(first.status().get()).isEqualTo(RunState.Status.FINISHED);
    }

    @Test
    void aCheckpointThatHasGoneIsTold() {
        WorkbenchModel work = opened();
        engine.last(Request.Inspect.class)
                .answer(new Event.Failed("model has no config.json.", "Choose another.", null));
        assertThat(notices.open()).extracting(Notice::what).contains("model has no config.json.");
        work.checkpoint().retry();
        inspect(work);
        assertThat(work.tuneBlocked()).contains("Select heads");
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
        assertThat(remembered.theme()).isEqualTo(Theme.DARK);
        assertThat(remembered.recentProjects()).containsExactly(folder.resolve("project"));
    }

    @Test
    void aRunFailsWhenItsEngineDiesAndCanBeRunAgain() {
        WorkbenchModel work = opened();
        inspect(work);
        work.mask().toggle(new Head(0, 0));
        work.startRun();
        engine.last(Request.Tune.class).answer(new Event.Failed("The engine was killed.", "Run it again.", null));
        assertThat(work.runs().runs().getFirst().status().get()).isEqualTo(RunState.Status.FAILED);
        assertThat(work.tuneBlocked()).isNull();
        assertThat(work.runs().running().get()).isFalse();
    }

    @Test
    void whileItsFolderIsReadAProjectIsSaidToBeOpening() {
        Path place = made();
        slowDisk = true;
        shell().open(place);
        assertThat(shell().opening().get()).isEqualTo("Opening project…");
        assertThat(shell().workbench().get()).isNull();
        shell().open(folder.resolve("another")); // one at a time
        workOnDisk();
        assertThat(shell().opening().get()).isEmpty();
        assertThat(shell().workbench().get()).isNotNull();
        assertThat(notices.open()).isEmpty();
    }

    @Test
    void aProjectLeftAndOpenedAgainAtOnceCanBeWritten() {
        opened();
        slowDisk = true;
        shell().leave();
        shell().open(made());
        workOnDisk();
        assertThat(Objects.requireNonNull(shell().workbench().get()).readOnly().get())
                .isFalse();
    }

    @Test
    void aProjectThatCannotBeShownIsLetGoAgain() throws IOException {
        Path file = made().resolve("project.json");
        String good = Files.readString(file);
        Files.writeString(file, good.replace("\"train.csv\"", "\"train\\u0000.csv\""));
        shell().open(made());
        assertThat(shell().workbench().get()).isNull();
        assertThat(notices.open())
                .singleElement()
                .extracting(Notice::what)
                .asString()
                .contains("project.json");
        Files.writeString(file, good);
        try (Project again = Project.open(made())) {
            assertThat(again.readOnly()).isFalse();
        }
    }

    @Test
    void everyRunIsAskedAboutBeforeTheWindowCloses() {
        WorkbenchModel work = opened();
        inspect(work);
        work.mask().toggle(new Head(0, 0));
        work.startRun();
        assertThat(shell().busy()).isTrue();
        engine.last(Request.Tune.class).answer(new Event.Finished(1));
        assertThat(shell().busy()).isFalse();
        work.startRun();
        assertThat(shell().busy()).isTrue();
    }

    @Test
    void aRunIsWrittenDownBeforeItsFirstEvent() {
        WorkbenchModel work = opened();
        inspect(work);
        work.mask().toggle(new Head(0, 0));
        work.startRun();
        assertThat(run(work).config().name()).isEqualTo("1 head by hand");
    }

    @Test
    void anEngineThatDiesLeavesARunThatSaysSo() throws IOException {
        WorkbenchModel work = opened();
        inspect(work);
        work.mask().toggle(new Head(0, 0));
        work.startRun();
        Files.writeString(run(work).eventsFile(), "{\"v\":1,\"type\":\"started\"}\n{\"v\":1,\"type\":\"st");
        engine.last(Request.Tune.class).answer(new Event.Failed("The engine was killed.", "Run it again.", null));
        assertThat(run(work).eventLines()).hasSize(2);
        assertThat(run(work).eventLines().getLast()).contains("\"failed\"").contains("The engine was killed.");
    }

    @Test
    void anEndThatTheEngineWroteIsNotWrittenTwice() throws IOException {
        WorkbenchModel work = opened();
        inspect(work);
        work.mask().toggle(new Head(0, 0));
        work.startRun();
        Files.writeString(run(work).eventsFile(), "{\"v\":1,\"type\":\"finished\",\"seconds\":1.0}\n");
        engine.last(Request.Tune.class).answer(new Event.Finished(1));
        assertThat(run(work).eventLines()).hasSize(1);
    }

    @Test
    void closingTheWindowEndsTheRunThatIsGoing() {
        WorkbenchModel work = opened();
        inspect(work);
        work.mask().toggle(new Head(0, 0));
        work.startRun();
        shell().close();
        assertThat(run(work).eventLines()).singleElement().asString().contains("\"cancelled\"");
    }

    @Test
    void askedSoARunIsKeptRunningAndTheNextProjectGetsAnEngineOfItsOwn() {
        WorkbenchModel work = opened();
        inspect(work);
        work.mask().toggle(new Head(0, 0));
        work.startRun();
        shell().askHowToLeave(() -> ShellModel.Leaving.KEEP_RUNNING);
        shell().leave();
        assertThat(shell().workbench().get()).isNull();
        assertThat(engine.detached()).isTrue();
        assertThat(engine.cancels()).isZero();
        assertThat(engine.starts()).isEqualTo(1);
        assertThat(shell().engine().current().get()).isNull();
        assertThat(run(work).concluded()).isFalse();
        assertThat(opened().readOnly().get()).isFalse();
    }

    @Test
    void askedSoARunIsPausedAndItsEngineWritesTheEnd() {
        WorkbenchModel work = opened();
        inspect(work);
        work.mask().toggle(new Head(0, 0));
        work.startRun();
        shell().askHowToLeave(() -> ShellModel.Leaving.PAUSE);
        shell().open(made());
        assertThat(engine.cancels()).isPositive();
        assertThat(engine.detached()).isFalse();
        assertThat(shell().workbench().get()).isNotNull().isNotSameAs(work);
        assertThat(run(work).concluded()).isFalse();
    }

    @Test
    void whoeverIsAskedMayStay() {
        WorkbenchModel work = opened();
        inspect(work);
        work.mask().toggle(new Head(0, 0));
        work.startRun();
        shell().askHowToLeave(() -> null);
        shell().leave();
        assertThat(shell().workbench().get()).isSameAs(work);
    }

    @Test
    void aProjectOpenedOnlyToReadIsNotClaimed() {
        Path place = made();
        shell().openReadOnly(place);
        WorkbenchModel work = Objects.requireNonNull(shell().workbench().get());
        assertThat(work.readOnly().get()).isTrue();
        assertThat(notices.open().getFirst().what()).contains("opened read-only");
        try (Project other = Project.open(place)) {
            assertThat(other.readOnly()).isFalse();
        }
    }

    @Test
    void whatCanBeDoneWithAProjectComesAndGoesWithIt() {
        assertThat(shell().actions().find("undo")).isEmpty();
        WorkbenchModel work = opened();
        inspect(work);
        assertThat(shell().actions().find("undo").orElseThrow().possible()).isFalse();
        work.mask().toggle(new Head(0, 0));
        shell().actions().perform("undo");
        assertThat(mask(work)).isEmpty();
        assertThat(shell().actions().find("tune").orElseThrow().possible()).isFalse();
        shell().actions().perform("redo");
        assertThat(shell().actions().find("tune").orElseThrow().possible()).isTrue();
        shell().leave();
        assertThat(shell().actions().find("undo")).isEmpty();
    }

    @Test
    void theThemeFollowsTheSystemUntilOneIsChosen() {
        shell().systemDark(true);
        assertThat(shell().theme().get()).isEqualTo(Theme.DARK);
        shell().toggleTheme();
        shell().systemDark(true);
        assertThat(shell().theme().get()).isEqualTo(Theme.LIGHT);
        shell().change(shell().preferences().get().withTheme(null));
        assertThat(shell().theme().get()).isEqualTo(Theme.DARK);
    }

    @Test
    void anotherWayToStartTheEngineStartsItAgainUnlessARunIsGoing() {
        shell().change(shell().preferences().get().withEngine(List.of("ssh", "host"), null, null, null));
        assertThat(engine.starts()).isEqualTo(1);
        WorkbenchModel work = opened();
        inspect(work);
        work.mask().toggle(new Head(0, 0));
        work.startRun();
        shell().change(shell().preferences().get().withEngine(null, null, 1, null));
        assertThat(engine.starts()).isEqualTo(1);
        assertThat(notices.open()).extracting(Notice::what).anyMatch(w -> w.contains("keeps its old settings"));
    }

    @Test
    void afterAnUncleanEndItIsSaidWhatThereIs() {
        shell().wereCutOff(List.of(made()));
        opened();
        assertThat(notices.open())
                .extracting(Notice::what)
                .singleElement()
                .asString()
                .contains("was not closed properly", "0 scores", "0 runs");
        notices.closeAll();
        opened();
        assertThat(notices.open()).isEmpty();
    }

    @Test
    void preferencesThatCannotBeAreObjectedTo() {
        PreferencesModel form = new PreferencesModel(shell());
        assertThat(form.changed().get()).isFalse();
        form.threads().set("many");
        assertThat(form.objection().get()).contains("Threads");
        assertThat(form.changed().get()).isFalse();
        form.threads().set("2");
        form.device().set("tpu");
        assertThat(form.objection().get()).contains("Device");
        form.device().set("cuda:1");
        form.memory().set("100");
        assertThat(form.objection().get()).contains("256");
        form.memory().set("");
        assertThat(form.objection().get()).isEmpty();
        assertThat(form.changed().get()).isTrue();
        form.useEngine();
        assertThat(form.changed().get()).isFalse();
        assertThat(engine.starts()).isEqualTo(1);
        assertThat(shell().preferences().get().engine().words())
                .containsSequence("--device", "cuda:1", "--threads", "2");
        form.look().set(PreferencesModel.Look.DARK);
        assertThat(shell().theme().get()).isEqualTo(Theme.DARK);
    }

    private RunFolder run(WorkbenchModel work) {
        return work.project().runs().getFirst();
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void later(Runnable work) {
        if (slowDisk) {
            disk.add(work);
        } else {
            work.run();
        }
    }

    private void workOnDisk() {
        while (!disk.isEmpty()) {
            disk.removeFirst().run();
        }
    }

    private ShellModel shell() {
        if (shell == null) {
            shell = new ShellModel(
                    new WindowEngine(states -> engine, notices),
                    notices,
                    here,
                    Preferences.read(folder.resolve("config")),
                    folder.resolve("config"));
        }
        return shell;
    }

    /// It was copied here by somebody, with a file that lies elsewhere.
    @Test
    void aStrangersProjectReadsWhatIsOutsideOnlyOnceSomebodyHasAgreed() {
        Path secret = folder.resolve("secret.csv");
        write(secret, "text,label\n");
        ProjectFile.Language language =
                new ProjectFile.Language("Indonesian", new DataFile("../secret.csv"), new DataFile("../secret.csv"));
        Path place = folder.resolve("stranger");
        assertThat(place.toFile().mkdirs()).isTrue();
        write(place.resolve("project.json"), Json.pretty(new ProjectFile(1, "S", "model", null, language, null, 64)));
        List<OutsideFiles> asked = new ArrayList<>();
        shell().askMayRead(files -> {
            asked.add(files);
            return false;
        });
        shell().open(place);
        assertThat(asked).singleElement().satisfies(o -> assertThat(o.files()).containsExactly(secret));
        assertThat(shell().workbench().get()).isNull();
        assertThat(notices.open()).singleElement().satisfies(n -> {
            assertThat(n.what()).contains("was made by another user or on another computer", secret.toString());
            assertThat(n.remedy()).isEqualTo("If you trust these files, open the project again and allow them.");
        });
        // The remedy helps, and what was agreed to is not asked about again.
        shell().askMayRead(files -> asked.add(files));
        shell().open(place);
        assertThat(Objects.requireNonNull(shell().workbench().get())
                        .file()
                        .get()
                        .name())
                .isEqualTo("S");
        shell().open(made());
        shell().openReadOnly(place);
        assertThat(asked).hasSize(2);
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
            for (String name : List.of("train.csv", "test.csv")) {
                write(place.resolve(name), "text,label\n");
            }
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
                                new Event.Inspected.Shape(1, 4, 8, 2),
                                new Event.Inspected.Counts(1000, 10, 5),
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
        double[][] score = {{0.1, 0.9, 0.2, 0.3}};
        return new ScoreRecord(
                1,
                ScoreMethod.CDT,
                false,
                new ScoreRecord.Values(1, 4, score, score, 10),
                new ScoreRecord.Samples(10, new int[] {5, 5}, 0, 0, List.of("a", "b"), 64, 0),
                1.0,
                new Provenance("0.1", "checkpoint", "", Map.of(), "cpu", "test", "now"));
    }
}
