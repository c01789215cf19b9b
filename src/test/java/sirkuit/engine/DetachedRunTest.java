package sirkuit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
import sirkuit.record.DataFile;
import sirkuit.record.RunConfig;
import sirkuit.run.RunFolder;

/// Runs that go on when whoever began them has gone, and engines that hang: with real processes.
@UsesProcess
class DetachedRunTest {
    private static final int EPOCHS = 60;

    @TempDir
    Path folder = Path.of("");

    private Path model = Path.of("");

    @BeforeEach
    void write() {
        model = TinyCheckpoint.write(folder.resolve("model"), 3);
        for (String name : List.of("train", "test")) {
            TinyCheckpoint.writeTexts(folder.resolve(name + ".csv"), 24, name.length());
        }
    }

    private Request.Tune tune(String run, int epochs) {
        RunConfig.Settings s = new RunConfig.Settings(epochs, 4, 1, 1e-3, 0.01, 0.06, 1, null, 0, 0, 0, 16, 7);
        RunConfig config = new RunConfig(
                RunConfig.VERSION,
                run,
                model.toString(),
                null,
                null,
                RunConfig.Trained.MASK,
                HeadMask.all(TinyCheckpoint.LAYERS, TinyCheckpoint.HEADS),
                true,
                false,
                new DataFile(folder.resolve("train.csv").toString()),
                new DataFile(folder.resolve("test.csv").toString()),
                null,
                Map.of(),
                s,
                RunConfig.Course.DEFAULT);
        return new Request.Tune(config, at(run).folder().toString());
    }

    private RunFolder at(String run) {
        return new RunFolder(folder.resolve(run));
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
        EngineProcess.Answer answer = engine.new Answer(tune("kept", EPOCHS), e -> {});
        untilStepped(answer);
        engine.new Answer(tune("queued", 2), e -> {});
        ProcessHandle process = ProcessHandle.of(engine.client().pid()).orElseThrow();
        engine.client().detach();
        assertThat(at("kept").beingWorkedOn()).isTrue();
        until("the run that was kept ends", () -> at("kept").finished());
        until("the run behind it ends", () -> at("queued").finished());
        until("the engine ends", () -> !process.isAlive());
        assertThat(at("kept").beingWorkedOn()).isFalse();
        assertThat(at("kept").adapted().resolve("model.safetensors")).exists();
    }

    @Test
    void aDetachedRunStopsWhenItsFolderSaysSoAndGoesOnLater() throws Exception {
        EngineProcess engine = new EngineProcess();
        untilStepped(engine.new Answer(tune("stopped", 100 * EPOCHS), e -> {}));
        ProcessHandle process = ProcessHandle.of(engine.client().pid()).orElseThrow();
        engine.client().detach();
        at("stopped").requestStop();
        until("the run stops", () -> at("stopped").concluded());
        until("the engine ends", () -> !process.isAlive());
        assertThat(at("stopped").finished()).isFalse();
        assertThat(at("stopped").resumable()).isTrue();
        assertThat(at("stopped").takeStopRequest()).isFalse();
        assertThat(at("stopped").eventLines().getLast()).contains("cancelled");
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
                        "--checkpoint=" + model,
                        "--mask=" + maskFile,
                        "--train=" + folder.resolve("train.csv"),
                        "--target-eval=" + folder.resolve("test.csv"),
                        "--epochs=" + 100 * EPOCHS,
                        "--out=" + at("orphan").folder())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        until("the run begins", () -> at("orphan").eventLines().stream().anyMatch(l -> l.contains("\"stepped\"")));
        window.destroyForcibly().waitFor();
        until("the run stops", () -> at("orphan").concluded());
        until("its engine lets go of it", () -> !at("orphan").beingWorkedOn());
        assertThat(at("orphan").resumable()).isTrue();
    }

    @Test
    void whatAnotherProcessWritesIsNotTouched() throws Exception {
        EngineProcess engine = new EngineProcess();
        EngineProcess.Answer answer = engine.new Answer(tune("busy", 100 * EPOCHS), e -> {});
        untilStepped(answer);
        at("busy").conclude(Wire.line(0, new Event.Cancelled(), Instant.now()));
        assertThat(at("busy").concluded()).isFalse();
        try (EngineProcess other = new EngineProcess()) {
            Event last = other.ask(new Request.Resume(at("busy").folder().toString()))
                    .getLast();
            assertThat(((Event.Failed) last).what()).contains("Another process is working on the run");
        }
        answer.cancel();
        until("the run stops", () -> at("busy").concluded());
        engine.close();
    }

    @Test
    void textsInTwoSplitsAreToldOfAndAMaskOfAnotherShapeIsRefused() throws Exception {
        try (EngineProcess engine = new EngineProcess()) {
            RunConfig config = tune("same", 1).config();
            Request.Tune same = new Request.Tune(
                    config.at(Map.of("targetEval", config.train().file())),
                    at("same").folder().toString());
            assertThat(engine.ask(same))
                    .filteredOn(Event.Noted.class::isInstance)
                    .anySatisfy(
                            e -> assertThat(((Event.Noted) e).what()).contains("24 of the 24 texts", "not held out"));
            RunConfig other = new RunConfig(
                    RunConfig.VERSION,
                    "other",
                    config.checkpoint(),
                    null,
                    RunConfig.Trained.MASK,
                    HeadMask.all(TinyCheckpoint.LAYERS + 1, TinyCheckpoint.HEADS),
                    true,
                    false,
                    config.train(),
                    config.targetEval(),
                    null,
                    config.settings());
            Event last = engine.ask(new Request.Tune(other, at("other").folder().toString()))
                    .getLast();
            assertThat(((Event.Failed) last).what()).contains(String.valueOf(TinyCheckpoint.LAYERS + 1));
            assertThat(at("other").configFile()).doesNotExist();
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
            EngineClient.Ticket ticket = one.submit(tune("one", 100 * EPOCHS), first::add);
            until("the first run begins", () -> first.stream().anyMatch(Event.Stepped.class::isInstance));
            two.submit(tune("two", 2), second::add);
            until("the second waits", () -> second.stream()
                    .anyMatch(e -> e instanceof Event.Progress p && p.stage() == Stage.WAITING));
            assertThat(second).noneMatch(Event.Started.class::isInstance);
            ticket.cancel();
            until("the second ends", () -> at("two").finished());
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void anEngineThatHangsIsEndedAndItsRunGoesOn() throws Exception {
        BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        EngineCommand command = EngineCommand.ofThisProgram("cpu", OptionalInt.of(2));
        try (EngineClient client = new EngineClient(command, Runnable::run, s -> {}, 4)) {
            client.submit(tune("hung", 100 * EPOCHS), events::add);
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
            until("the point of step 0 can be gone on from", () -> at("hung").resumable());
        }
    }
}
