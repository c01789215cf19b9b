package sirkuit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesProcess;
import sirkuit.mask.HeadMask;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.Replay;
import sirkuit.record.RunConfig;
import sirkuit.run.RunFolder;

/// Runs with biases, last layers, L2-SP and replay that are stopped and resumed end bit for bit as those that are not.
@UsesProcess
class ResumedRivalsTest {
    private static final HeadMask HEADS = HeadMask.all(TinyCheckpoint.LAYERS, TinyCheckpoint.HEADS);

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void write() {
        TinyCheckpoint.write(folder.resolve("model"), 1);
        TinyCheckpoint.writeTexts(folder.resolve("train.csv"), 60, 2);
        TinyCheckpoint.writeTexts(folder.resolve("target.csv"), 30, 3);
        TinyCheckpoint.writeTexts(folder.resolve("source.csv"), 30, 4);
        TinyCheckpoint.writeTexts(folder.resolve("again.csv"), 25, 5);
    }

    private DataFile texts(String name) {
        return new DataFile(folder.resolve(name + ".csv").toString());
    }

    private RunConfig config(String name, RunConfig.Parameters what, @Nullable Double l2sp, double replay) {
        Replay again = replay == 0 ? null : new Replay(texts("again"), replay);
        return new RunConfig(
                RunConfig.VERSION,
                name,
                folder.resolve("model").toString(),
                null,
                null,
                what,
                new RunConfig.Data(texts("train"), texts("target"), texts("source"), Map.of(), null, null, again),
                new RunConfig.Settings(
                        new RunConfig.Batches(10, 4, 2),
                        new RunConfig.Optimizer(3e-3, 0.01, 0.06, 1, l2sp),
                        0.2,
                        5,
                        0,
                        0,
                        16,
                        7),
                new RunConfig.Course(RunConfig.Course.Schedule.COSINE, null, true, 2, 0, false));
    }

    /// Stopped in the middle of the second epoch, and of the second pass over the source texts.
    @Test
    void aRunThatIsStoppedAndResumedEndsAsOneThatIsNot() throws Exception {
        List<RunConfig> all = List.of(
                config("biases", RunConfig.Parameters.biases(true), null, 0.25),
                config("layers", RunConfig.Parameters.topLayers(1), 0.5, 0),
                config("heads", RunConfig.Parameters.of(HEADS), 0.5, 0.5),
                config("full", RunConfig.Parameters.FULL, 0.5, 0.25));
        try (EngineProcess engine = new EngineProcess()) {
            for (RunConfig config : all) {
                String name = config.name();
                List<Event> whole = engine.ask(tune(config, name));
                assertThat(whole.getLast()).as(whole.toString()).isInstanceOf(Event.Finished.class);

                EngineProcess.Answer answer = engine.new Answer(tune(config, name + "-stopped"), event -> {});
                while (!(answer.next() instanceof Event.Stepped s && s.step() >= 13)) {
                    // not there yet
                }
                answer.cancel();
                Event.Paused paused = EngineProcess.only(answer.await(), Event.Paused.class);
                assertThat(paused.step())
                        .isBetween(
                                13,
                                whole.stream()
                                                .filter(Event.Stepped.class::isInstance)
                                                .toList()
                                                .size()
                                        - 1);
                List<Event> rest = engine.ask(
                        new Request.Resume(at(name + "-stopped").folder().toString()));
                assertThat(rest.getLast()).as(rest.toString()).isInstanceOf(Event.Finished.class);
                assertThat(at(name + "-stopped").adapted().resolve("model.safetensors"))
                        .as(name)
                        .hasSameBinaryContentAs(at(name).adapted().resolve("model.safetensors"));
            }
        }
    }

    /// The share, the penalty and the source texts belong to what a run was made from.
    @Test
    void aRunWhoseReplayOrPenaltyHasChangedIsNotResumed() throws Exception {
        try (EngineProcess engine = new EngineProcess()) {
            RunConfig config = config("heads", RunConfig.Parameters.of(HEADS), 0.5, 0.25);
            EngineProcess.Answer answer = engine.new Answer(tune(config, "stopped"), event -> {});
            while (!(answer.next() instanceof Event.Stepped s && s.step() >= 3)) {
                // not there yet
            }
            answer.cancel();
            answer.await();
            RunFolder run = at("stopped");
            for (RunConfig other : List.of(
                    config("heads", RunConfig.Parameters.of(HEADS), 0.4, 0.25),
                    config("heads", RunConfig.Parameters.of(HEADS), 0.5, 0.5))) {
                run.writeConfig(other.named("target", "source"));
                assertRefused(engine, run, "config.json");
            }
            run.writeConfig(config.named("target", "source"));
            TinyCheckpoint.writeTexts(folder.resolve("again.csv"), 25, 6);
            assertRefused(engine, run, "again.csv");
        }
    }

    private static void assertRefused(EngineProcess engine, RunFolder run, String naming) throws InterruptedException {
        assertThat(engine.ask(new Request.Resume(run.folder().toString())).getLast())
                .isInstanceOfSatisfying(
                        Event.Failed.class,
                        f -> assertThat(f.what()).contains(naming).contains("has changed since the run began"));
    }

    private RunFolder at(String name) {
        return new RunFolder(folder.resolve("run-" + name));
    }

    private Request.Tune tune(RunConfig config, String name) {
        return new Request.Tune(config, at(name).folder().toString());
    }
}
