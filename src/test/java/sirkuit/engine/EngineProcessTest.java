package sirkuit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.ClassPath;
import sirkuit.Interrupts;
import sirkuit.Json;
import sirkuit.Program;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesProcess;
import sirkuit.mask.HeadMask;
import sirkuit.mask.ScoreMethod;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.protocol.Wire;
import sirkuit.record.DataFile;
import sirkuit.record.RunConfig;
import sirkuit.run.RunFolder;

/// Real child processes, really killed.
@UsesProcess
class EngineProcessTest {
    @TempDir
    Path folder = Path.of("");

    private Request.Model model() {
        return new Request.Model(
                TinyCheckpoint.write(folder.resolve("model"), 1).toString(), null, 16);
    }

    private DataFile texts(int count) {
        return new DataFile(TinyCheckpoint.writeTexts(folder.resolve("texts" + count + ".csv"), count, 2)
                .toString());
    }

    private Request.Tune tune(int epochs, String run) {
        RunConfig config = new RunConfig(
                1,
                run,
                model().checkpoint(),
                null,
                RunConfig.Parameters.of(HeadMask.all(TinyCheckpoint.LAYERS, TinyCheckpoint.HEADS)),
                new RunConfig.Data(texts(60), texts(60), texts(60)),
                new RunConfig.Settings(
                        new RunConfig.Batches(epochs, 8, 1),
                        new RunConfig.Optimizer(1e-3, 0.01, 0.06, 1),
                        null,
                        0,
                        0,
                        0,
                        16,
                        0));
        return new Request.Tune(config, folder.resolve(run).toString());
    }

    @Test
    void standardOutputBelongsToTheProtocol() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        EngineCommand.ofThisProgram("cpu", OptionalInt.of(1)).words())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream in = process.getOutputStream();
                BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            in.write((Wire.line(1, new Request.Inspect(model().checkpoint())) + "\nnot json\n"
                            + Wire.line(2, new Request.Score(model(), texts(30), ScoreMethod.CDT, false, 9, 9, 0, null))
                            + "\n{\"v\":99,\"request\":7,\"type\":\"inspect\"}\n"
                            + Wire.line(3, new Request.Quit()) + "\n")
                    .getBytes(StandardCharsets.UTF_8));
            in.flush();
            List<String> lines = out.lines().toList();
            assertThat(lines)
                    .allSatisfy(line -> assertThat(Wire.event(line).body()).isNotNull());
            assertThat(lines.stream().map(l -> Wire.event(l).body()))
                    .hasAtLeastOneElementOfType(Event.Ready.class)
                    .hasAtLeastOneElementOfType(Event.Inspected.class)
                    .hasAtLeastOneElementOfType(Event.Failed.class)
                    // told to quit, it does first what was asked before
                    .hasAtLeastOneElementOfType(Event.Scored.class);
            assertThat(lines.stream().map(Wire::event)).anySatisfy(m -> {
                assertThat(m.id()).isEqualTo(7);
                assertThat(m.body()).isInstanceOf(Event.Failed.class);
            });
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    /// What the window shows live and what it shows after a restart cannot differ: they are the same bytes.
    @Test
    void aRunsFileHasTheVeryLinesOfThePipe() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        EngineCommand.ofThisProgram("cpu", OptionalInt.of(1)).words())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream in = process.getOutputStream();
                BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            in.write((Wire.line(4, tune(2, "told")) + "\n" + Wire.line(5, new Request.Quit()) + "\n")
                    .getBytes(StandardCharsets.UTF_8));
            in.flush();
            List<String> lines = out.lines()
                    .filter(line -> switch (Wire.event(line).body()) {
                        case Event.Ready r -> false;
                        case Event.Alive a -> false;
                        case Event.Progress p -> false;
                        case Event.Memory m -> false;
                        default -> true;
                    })
                    .toList();
            assertThat(lines).hasSizeGreaterThan(10);
            assertThat(Files.readAllLines(folder.resolve("told/events.jsonl"))).isEqualTo(lines);
        } finally {
            process.destroyForcibly();
        }
    }

    /// Whatever prints in this process, in Java or in a native library, must not get among the events.
    @Test
    void whatOthersPrintGoesToStandardError() throws IOException, InterruptedException {
        List<String> words = new java.util.ArrayList<>(
                EngineCommand.ofThisProgram("cpu", OptionalInt.of(1)).words());
        words.subList(words.indexOf(Program.MAIN), words.size()).clear();
        words.add("sirkuit.engine.worker.NoisyProcess");
        words.set(words.indexOf("-cp") + 1, ClassPath.absolute()); // it is among the tests
        Path errors = folder.resolve("errors");
        Path events = folder.resolve("events");
        Files.writeString(events, "stood there before\n");
        int status = new ProcessBuilder(words)
                .redirectError(errors.toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(events.toFile()))
                .start()
                .waitFor();
        assertThat(status).isZero();
        List<String> lines = Files.readAllLines(events);
        assertThat(lines).hasSize(3).startsWith("stood there before");
        assertThat(lines.subList(1, 3))
                .allSatisfy(l -> assertThat(Wire.event(l).body()).isNotNull());
        assertThat(Files.readString(errors)).contains("printed by Java").contains("printed by C");
    }

    /// Ctrl-C in a terminal reaches the engine as well as what started it.
    @Test
    void interruptedInATerminalARunEndsInOrder() throws IOException, InterruptedException {
        Interrupts.assumeHeard();
        try (EngineProcess engine = new EngineProcess()) {
            EngineProcess.Answer answer = engine.new Answer(tune(100_000, "interrupted"), event -> {});
            while (!(answer.next() instanceof Event.Stepped)) {
                // the run has not begun yet
            }
            new ProcessBuilder("kill", "-INT", Long.toString(engine.client().pid()))
                    .start()
                    .waitFor();
            assertThat(answer.await().getLast()).isInstanceOf(Event.Cancelled.class);
            assertThat(new RunFolder(folder.resolve("interrupted")).eventLines().getLast())
                    .contains("\"type\":\"cancelled\"");
        }
    }

    @Test
    void anEngineOfAnotherVersionIsGivenUp() throws InterruptedException {
        java.util.concurrent.BlockingQueue<Event> events = new java.util.concurrent.LinkedBlockingQueue<>();
        java.util.concurrent.BlockingQueue<EngineClient.State> states =
                new java.util.concurrent.LinkedBlockingQueue<>();
        EngineCommand other = new EngineCommand(
                List.of("sh", "-c", "echo '{\"v\":99,\"request\":-1,\"type\":\"ready\"}'; exec sleep 60"));
        try (EngineClient client = new EngineClient(other, Runnable::run, states::add)) {
            client.submit(new Request.Inspect("x"), events::add);
            assertThat(events.poll(20, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            Event.Failed.class, f -> assertThat(f.what()).contains("version 99"));
            assertThat(states.poll(5, TimeUnit.SECONDS)).isInstanceOf(EngineClient.State.Starting.class);
            assertThat(states.poll(5, TimeUnit.SECONDS)).isInstanceOf(EngineClient.State.Down.class);
        }
    }

    @Test
    void theEngineEndsWhenNobodyIsLeftToAnswer() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        EngineCommand.ofThisProgram("cpu", OptionalInt.of(1)).words())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).contains("\"type\":\"ready\"");
            process.getOutputStream().close();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void scoresFillInAndEndWithTheirProvenance() throws InterruptedException {
        try (EngineProcess engine = new EngineProcess()) {
            List<Event> events =
                    engine.ask(new Request.Score(model(), texts(60), ScoreMethod.CDT, false, 30, 24, 0, null));
            assertThat(events).hasAtLeastOneElementOfType(Event.Scoring.class);
            var scores = EngineProcess.only(events, Event.Scored.class).scores();
            assertThat(scores.examples()).isEqualTo(24);
            assertThat(scores.samples().baselinePerLabel()).containsExactly(10, 10, 10);
            assertThat(scores.provenance().checkpointDigest()).hasSize(64);
            assertThat(scores.provenance().files().keySet()).containsExactly("checkpoint", "tokenizer", "data");
            assertThat(scores.provenance().files().get("data").binding()).isEqualTo(scores.binding());
            assertThat(scores.provenance().machine().threads()).isPositive();
            assertThat(scores.scores().ranked()).hasSize(TinyCheckpoint.LAYERS * TinyCheckpoint.HEADS);
            assertThat(events.getLast()).isInstanceOf(Event.Finished.class);
        }
    }

    @Test
    void aCancelledRunEndsAtItsNextStep() throws InterruptedException {
        try (EngineProcess engine = new EngineProcess()) {
            EngineProcess.Answer answer = engine.new Answer(tune(100_000, "cancelled"), event -> {});
            while (!(answer.next() instanceof Event.Stepped)) {
                // the run has not begun yet
            }
            answer.cancel();
            List<Event> rest = answer.await();
            assertThat(rest.getLast()).isInstanceOf(Event.Cancelled.class);
            // What was on its way when it was asked, and the step that was being made: not the 100 000 of the run.
            assertThat(rest.stream().filter(Event.Stepped.class::isInstance)).hasSizeLessThan(1000);
            List<String> lines = new RunFolder(folder.resolve("cancelled")).eventLines();
            assertThat(lines.getLast()).contains("\"type\":\"cancelled\"");
            assertThat(engine.ask(new Request.Inspect(model().checkpoint())).getLast())
                    .isInstanceOf(Event.Finished.class);
        }
    }

    @Test
    void aWaitingRequestIsCancelledWhileTheRunGoesOn() throws InterruptedException {
        try (EngineProcess engine = new EngineProcess()) {
            EngineProcess.Answer running = engine.new Answer(tune(100_000, "first"), event -> {});
            EngineProcess.Answer waiting = engine.new Answer(tune(100_000, "second"), event -> {});
            while (!(running.next() instanceof Event.Stepped)) {
                // the run has not begun yet
            }
            waiting.cancel();
            assertThat(waiting.await()).containsExactly(new Event.Cancelled());
            assertThat(folder.resolve("second")).doesNotExist();
            running.cancel();
            assertThat(running.await().getLast()).isInstanceOf(Event.Cancelled.class);
        }
    }

    @Test
    void aKilledEngineFailsItsRequestAndTheNextOneGetsANewEngine() throws InterruptedException {
        try (EngineProcess engine = new EngineProcess()) {
            EngineProcess.Answer answer = engine.new Answer(tune(100_000, "killed"), event -> {});
            while (!(answer.next() instanceof Event.Stepped)) {
                // the run has not begun yet
            }
            long before = engine.client().pid();
            ProcessHandle.of(before).orElseThrow().destroyForcibly();
            assertThat(answer.await().getLast()).isInstanceOfSatisfying(Event.Failed.class, failed -> {
                assertThat(failed.what()).contains("stopped unexpectedly").contains("killed");
                assertThat(failed.remedy()).containsIgnoringCase("start the work again");
            });
            EngineClient.State state = engine.states().poll(10, TimeUnit.SECONDS);
            while (!(state instanceof EngineClient.State.Down)) {
                assertThat(state).as("the state on the way to down").isNotNull();
                state = engine.states().poll(10, TimeUnit.SECONDS);
            }
            assertThat(engine.ask(new Request.Inspect(model().checkpoint())).getLast())
                    .isInstanceOf(Event.Finished.class);
            assertThat(engine.client().pid()).isNotEqualTo(before);
            List<String> lines = new RunFolder(folder.resolve("killed")).eventLines();
            assertThat(lines).hasSizeGreaterThan(2).allSatisfy(l -> Wire.event(l));
        }
    }

    @Test
    void aRunWritesItsWholeFolder() throws InterruptedException {
        try (EngineProcess engine = new EngineProcess()) {
            List<Event> events = engine.ask(tune(2, "run"));
            assertThat(events.getLast()).isInstanceOf(Event.Finished.class);
            RunFolder run = new RunFolder(folder.resolve("run"));
            assertThat(run.config().named(null, null)).isEqualTo(tune(2, "run").config());
            assertThat(run.adapted().resolve("model.safetensors")).exists();
            List<Event> written =
                    run.eventLines().stream().map(l -> Wire.event(l).body()).toList();
            assertThat(written.getLast()).isInstanceOf(Event.Finished.class);
            assertThat(written.stream().filter(Event.Evaluated.class::isInstance))
                    .hasSize(3);
            assertThat(Json.line(written)).contains("\"macroF1\"");
            assertThat(engine.ask(tune(2, "run")).getLast())
                    .isInstanceOfSatisfying(
                            Event.Failed.class, f -> assertThat(f.what()).contains("already contains a run"));
        }
    }

    @Test
    void aWrongCommandIsTold() throws InterruptedException {
        java.util.concurrent.BlockingQueue<EngineClient.State> states =
                new java.util.concurrent.LinkedBlockingQueue<>();
        try (EngineClient client =
                new EngineClient(new EngineCommand(List.of("/nowhere/java")), Runnable::run, states::add)) {
            client.start();
            assertThat(states.poll(5, TimeUnit.SECONDS)).isNotNull();
            assertThat(states.poll(5, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            EngineClient.State.Down.class,
                            down -> assertThat(down.problem().what()).contains("could not be started"));
        }
    }
}
