package sirkuit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Program;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesProcess;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskFile;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.protocol.Stage;
import sirkuit.protocol.Wire;
import sirkuit.record.RunConfig;

/// Runs that go on when whoever began them has gone, and engines that hang: with real processes.
@UsesProcess
class DetachedRunTest {
    private static final int EPOCHS = 60;

    @TempDir
    Path folder = Path.of("");

    private TinyRuns runs = new TinyRuns(Path.of(""), Path.of(""));

    @BeforeEach
    void write() {
        runs = TinyRuns.in(folder);
    }

    private static void until(String what, BooleanSupplier holds) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    private static void untilStepped(EngineProcess.Answer answer) throws InterruptedException {
        Event event = answer.next();
        while (!(event instanceof Event.Stepped)) {
            assertThat(event.isLast()).isFalse();
            event = answer.next();
        }
    }

    @Test
    void detachedTheEngineFinishesItsRunsAndEnds() throws Exception {
        EngineProcess engine = new EngineProcess();
        EngineProcess.Answer answer = engine.new Answer(runs.tune("kept", EPOCHS), e -> {});
        untilStepped(answer);
        engine.new Answer(runs.tune("queued", 2), e -> {});
        ProcessHandle process = ProcessHandle.of(engine.client().pid()).orElseThrow();
        engine.client().detach();
        assertThat(runs.at("kept").beingWorkedOn()).isTrue();
        until("the run that was kept ends", () -> runs.at("kept").finished());
        until("the run behind it ends", () -> runs.at("queued").finished());
        until("the engine ends", () -> !process.isAlive());
        assertThat(runs.at("kept").beingWorkedOn()).isFalse();
        assertThat(runs.at("kept").adapted().resolve("model.safetensors")).exists();
    }

    @Test
    void aDetachedRunStopsWhenItsFolderSaysSoAndGoesOnLater() throws Exception {
        EngineProcess engine = new EngineProcess();
        untilStepped(engine.new Answer(runs.tune("stopped", 100 * EPOCHS), e -> {}));
        ProcessHandle process = ProcessHandle.of(engine.client().pid()).orElseThrow();
        engine.client().detach();
        runs.at("stopped").requestStop();
        until("the run stops", () -> runs.at("stopped").concluded());
        until("the engine ends", () -> !process.isAlive());
        assertThat(runs.at("stopped").finished()).isFalse();
        assertThat(runs.at("stopped").resumable()).isTrue();
        assertThat(runs.at("stopped").takeStopRequest()).isFalse();
        assertThat(runs.at("stopped").eventLines().getLast()).contains("cancelled");
    }

    @Test
    void withoutDetachingARunStopsWhenItsWindowDies() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        HeadMask mask = HeadMask.all(TinyCheckpoint.LAYERS, TinyCheckpoint.HEADS);
        Path maskFile = folder.resolve("mask.json");
        MaskFile.write(maskFile, mask);
        Process window = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.MAIN,
                        "tune",
                        "--checkpoint=" + runs.model(),
                        "--mask=" + maskFile,
                        "--train=" + folder.resolve("train.csv"),
                        "--target-eval=" + folder.resolve("test.csv"),
                        "--epochs=" + 100 * EPOCHS,
                        "--out=" + runs.at("orphan").folder())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        until("the run begins", () -> runs.at("orphan").eventLines().stream().anyMatch(l -> l.contains("\"stepped\"")));
        window.destroyForcibly().waitFor();
        until("the run stops", () -> runs.at("orphan").concluded());
        until("its engine lets go of it", () -> !runs.at("orphan").beingWorkedOn());
        assertThat(runs.at("orphan").resumable()).isTrue();
    }

    @Test
    void whatAnotherProcessWritesIsNotTouched() throws Exception {
        EngineProcess engine = new EngineProcess();
        EngineProcess.Answer answer = engine.new Answer(runs.tune("busy", 100 * EPOCHS), e -> {});
        untilStepped(answer);
        runs.at("busy").conclude(Wire.line(0, new Event.Cancelled(), Instant.now()));
        assertThat(runs.at("busy").concluded()).isFalse();
        try (EngineProcess other = new EngineProcess()) {
            Event last = other.ask(new Request.Resume(runs.at("busy").folder().toString()))
                    .getLast();
            assertThat(((Event.Failed) last).what()).contains("Another process is working on the run");
        }
        answer.cancel();
        until("the run stops", () -> runs.at("busy").concluded());
        engine.close();
    }

    @Test
    void textsInTwoSplitsAreToldOfAndAMaskOfAnotherShapeIsRefused() throws Exception {
        try (EngineProcess engine = new EngineProcess()) {
            RunConfig config = runs.tune("same", 1).config();
            Request.Tune same = new Request.Tune(
                    config.at(Map.of("targetEval", config.train().file())),
                    runs.at("same").folder().toString());
            assertThat(engine.ask(same))
                    .filteredOn(Event.Noted.class::isInstance)
                    .anySatisfy(
                            e -> assertThat(((Event.Noted) e).what()).contains("24 of the 24 texts", "not held out"));
            RunConfig other = new RunConfig(
                    RunConfig.VERSION,
                    "other",
                    config.checkpoint(),
                    null,
                    RunConfig.Parameters.of(HeadMask.all(TinyCheckpoint.LAYERS + 1, TinyCheckpoint.HEADS)),
                    new RunConfig.Data(config.train(), config.targetEval(), null),
                    config.settings());
            Event last = engine.ask(
                            new Request.Tune(other, runs.at("other").folder().toString()))
                    .getLast();
            assertThat(((Event.Failed) last).what()).contains(String.valueOf(TinyCheckpoint.LAYERS + 1));
            assertThat(runs.at("other").configFile()).doesNotExist();
        }
    }

    @Test
    void runsOfTwoEnginesTakeTurns() throws Exception {
        EngineCommand command =
                EngineCommand.ofThisProgram("cpu", OptionalInt.of(1)).takingTurns(folder.resolve("device.lock"));
        BlockingQueue<Event> first = new LinkedBlockingQueue<>();
        BlockingQueue<Event> second = new LinkedBlockingQueue<>();
        try (EngineClient one = new EngineClient(command, Runnable::run, s -> {});
                EngineClient two = new EngineClient(command, Runnable::run, s -> {})) {
            EngineClient.Ticket ticket = one.submit(runs.tune("one", 100 * EPOCHS), first::add);
            until("the first run begins", () -> first.stream().anyMatch(Event.Stepped.class::isInstance));
            two.submit(runs.tune("two", 2), second::add);
            until("the second waits", () -> second.stream()
                    .anyMatch(e -> e instanceof Event.Progress p && p.stage() == Stage.WAITING));
            assertThat(second).noneMatch(Event.Started.class::isInstance);
            ticket.cancel();
            until("the second ends", () -> runs.at("two").finished());
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void anEngineThatHangsIsEndedAndItsRunGoesOn() throws Exception {
        BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        EngineCommand command = EngineCommand.ofThisProgram("cpu", OptionalInt.of(2));
        try (EngineClient client = new EngineClient(command, Runnable::run, s -> {}, 4)) {
            client.submit(runs.tune("hung", 100 * EPOCHS), events::add);
            until("it begins", () -> events.stream().anyMatch(Event.Stepped.class::isInstance));
            assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(client.pid()))
                            .start()
                            .waitFor(10, TimeUnit.SECONDS))
                    .isTrue();
            until("it is ended", () -> events.stream().anyMatch(Event::isLast));
            assertThat(events.stream().filter(Event::isLast))
                    .singleElement()
                    .satisfies(e -> assertThat(((Event.Failed) e).what()).contains("not said a word for 4 seconds"));
            assertThat(events).noneMatch(Event.Alive.class::isInstance);
            until("the point of step 0 can be gone on from", () -> runs.at("hung")
                    .resumable());
        }
    }
}
