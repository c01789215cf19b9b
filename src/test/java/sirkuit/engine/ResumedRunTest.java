package sirkuit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesProcess;
import sirkuit.mask.HeadMask;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.RunConfig;
import sirkuit.run.RunFolder;

/// Runs in real processes that are really killed end as if they had not been.
@UsesProcess
class ResumedRunTest {
    /// Kills in all; `-Dsirkuit.kills=50` for as many as issue 5 asks for.
    private static final int KILLS = Integer.getInteger("sirkuit.kills", 4);

    private static final int KILLS_A_RUN = 4;
    private static final int EPOCHS = 12;

    @TempDir
    Path folder = Path.of("");

    private Path model = Path.of("");

    @BeforeEach
    void write() {
        model = TinyCheckpoint.write(folder.resolve("model"), 1);
        TinyCheckpoint.writeTexts(folder.resolve("train.csv"), 60, 2);
        TinyCheckpoint.writeTexts(folder.resolve("target.csv"), 45, 3);
        TinyCheckpoint.writeTexts(folder.resolve("source.csv"), 45, 4);
    }

    private DataFile texts(String name) {
        return new DataFile(folder.resolve(name + ".csv").toString());
    }

    /// Dropout, accumulation, patience and a resume point every other step: all that has a state.
    private RunConfig config(String run) {
        return new RunConfig(
                RunConfig.VERSION,
                run,
                model.toString(),
                null,
                null,
                new RunConfig.Parameters(
                        RunConfig.Trained.MASK, HeadMask.all(TinyCheckpoint.LAYERS, TinyCheckpoint.HEADS), true, true),
                new RunConfig.Data(texts("train"), texts("target"), texts("source"), Map.of("again", texts("source"))),
                new RunConfig.Settings(
                        new RunConfig.Batches(EPOCHS, 4, 2),
                        new RunConfig.Optimizer(3e-3, 0.01, 0.06, 1),
                        0.2,
                        5,
                        15,
                        0,
                        16,
                        7),
                new RunConfig.Course(RunConfig.Course.Schedule.COSINE, null, true, 2, 0, false));
    }

    private Request.Tune tune(String run) {
        return new Request.Tune(config(run), folder.resolve(run).toString());
    }

    private Request.Resume resume(String run) {
        return new Request.Resume(folder.resolve(run).toString());
    }

    private RunFolder folder(String run) {
        return new RunFolder(folder.resolve(run));
    }

    @Test
    void aRunThatIsKilledAgainAndAgainEndsBitForBitAsOneThatIsNot() throws Exception {
        int events;
        try (EngineProcess engine = new EngineProcess()) {
            List<Event> whole = engine.ask(tune("whole"));
            assertThat(whole.getLast()).isInstanceOf(Event.Finished.class);
            events = whole.size();
        }
        Random random = new Random(KILLS);
        int kills = 0;
        for (int i = 0; kills < KILLS; i++) {
            String run = "killed" + i;
            for (int k = 0; k < KILLS_A_RUN; k++) {
                // Resume points lie close: each life gets its share of the way, the last one goes to the very end.
                boolean last = k == KILLS_A_RUN - 1;
                kills += killed(run, last ? Integer.MAX_VALUE : 1 + random.nextInt(events / 2), random) ? 1 : 0;
            }
            finish(run);
            assertSame(run);
        }
    }

    /// @param after events; from the end of training on for the largest
    /// @return whether it was killed before its end
    private boolean killed(String run, int after, Random random) throws InterruptedException {
        int delay = random.nextInt(4_000_000);
        Request request = Files.exists(folder(run).configFile()) ? resume(run) : tune(run);
        if (folder(run).finished()) {
            return false;
        }
        try (EngineProcess engine = new EngineProcess()) {
            AtomicInteger seen = new AtomicInteger();
            AtomicInteger steps = new AtomicInteger(Integer.MAX_VALUE);
            List<Event> heard = engine.new Answer(request, event -> {
                        if (event instanceof Event.Started started) {
                            steps.set(started.steps());
                        }
                        boolean trained = event instanceof Event.Evaluated e && e.step() == steps.get();
                        if (seen.incrementAndGet() == after || trained) {
                            java.util.concurrent.locks.LockSupport.parkNanos(delay);
                            ProcessHandle.of(engine.client().pid()).ifPresent(ProcessHandle::destroyForcibly);
                        }
                    })
                    .await();
            return heard.getLast() instanceof Event.Failed;
        }
    }

    private void finish(String run) throws InterruptedException {
        if (folder(run).finished()) {
            return;
        }
        try (EngineProcess engine = new EngineProcess()) {
            List<Event> events = engine.ask(resume(run));
            assertThat(events.getLast()).as(events.toString()).isInstanceOf(Event.Finished.class);
        }
    }

    private void assertSame(String run) throws IOException {
        Path whole = folder("whole").adapted();
        assertThat(folder(run).adapted().resolve("model.safetensors"))
                .hasSameBinaryContentAs(whole.resolve("model.safetensors"));
        assertThat(story(run)).isEqualTo(story("whole"));
        assertThat(folder(run).folder()).isDirectoryNotContaining("glob:**.tmp-*");
        assertThat(folder(run).resume()).doesNotExist();
    }

    /// What the events tell, but for times and for how often it was told to go on.
    private List<String> story(String run) throws JsonProcessingException {
        List<String> story = new ArrayList<>();
        for (String line : folder(run).eventLines()) {
            ObjectNode node = (ObjectNode) Json.MAPPER.readTree(line);
            node.remove(List.of("at", "request", "tokensPerSecond", "seconds", "name"));
            if (node.path("provenance") instanceof ObjectNode provenance) {
                provenance.remove("createdAt");
            }
            if (!node.path("type").asText().equals("resumed")) {
                story.add(node.toString());
            }
        }
        return story;
    }

    @Test
    void aRunThatIsStoppedSaysWhereAndGoesOnFromThere() throws Exception {
        try (EngineProcess engine = new EngineProcess()) {
            engine.ask(tune("whole"));
            EngineProcess.Answer answer = engine.new Answer(tune("stopped"), event -> {});
            while (!(answer.next() instanceof Event.Stepped s && s.step() >= 13)) {
                // not there yet
            }
            answer.cancel();
            List<Event> end = answer.await();
            assertThat(end.getLast()).isInstanceOf(Event.Cancelled.class);
            Event.Paused paused = EngineProcess.only(end, Event.Paused.class);
            assertThat(paused.why()).contains("--resume " + folder.resolve("stopped"));
            assertThat(folder("stopped").eventLines().getLast()).contains("\"cancelled\"");
            // Half a line, as a process leaves it that dies while it writes.
            Files.writeString(folder("stopped").eventsFile(), "{\"v\":1,\"type\":\"step", StandardOpenOption.APPEND);

            List<Event> rest = engine.ask(resume("stopped"));
            assertThat(EngineProcess.only(rest, Event.Resumed.class).step())
                    .isEqualTo(paused.step())
                    .isGreaterThanOrEqualTo(13);
            assertThat(rest.getLast()).isInstanceOf(Event.Finished.class);
            assertSame("stopped");
            assertThat(engine.ask(resume("stopped")).getLast())
                    .isInstanceOfSatisfying(
                            Event.Failed.class, f -> assertThat(f.what()).contains("has finished"));
        }
    }

    @Test
    void whatHasChangedMeanwhileIsNamedAndWhatHasMovedIsFound() throws Exception {
        try (EngineProcess engine = new EngineProcess()) {
            engine.ask(tune("whole"));
            stop(engine, "moved");
            String csv = Files.readString(folder.resolve("target.csv"));
            Files.writeString(folder.resolve("target.csv"), csv.replaceFirst("bagus", "indah"));
            assertRefused(engine, "target.csv");
            Files.writeString(folder.resolve("target.csv"), csv);
            Path config = folder("moved").configFile();
            String settings = Files.readString(config);
            Files.writeString(config, settings.replace("0.003", "0.004"));
            assertRefused(engine, "config.json");
            Files.writeString(config, settings);
            byte[] weights = Files.readAllBytes(model.resolve("model.safetensors"));
            byte[] others = weights.clone();
            others[others.length - 2] ^= 1;
            Files.write(model.resolve("model.safetensors"), others);
            assertRefused(engine, "The checkpoint " + model);
            Files.write(model.resolve("model.safetensors"), weights);
            Path beside = model.resolve("tokenizer_config.json");
            String tokenizer = Files.readString(beside);
            Files.writeString(beside, "{\"tokenizer_class\": \"BertTokenizer\"}");
            assertRefused(engine, "The tokenizer in " + model + " (tokenizer.json or a file beside it)");
            Files.writeString(beside, tokenizer);

            // Alone to a place from which its relative paths lead nowhere: it finds things where they were.
            Path away = Files.createDirectories(folder.resolve("far/away")).resolve("moved");
            Files.move(folder.resolve("moved"), away);
            List<Event> rest = engine.ask(new Request.Resume(away.toString()));
            assertThat(rest.getLast()).as(rest.toString()).isInstanceOf(Event.Finished.class);
            Files.move(away, folder.resolve("moved"));
            assertSame("moved");
        }
    }

    @Test
    void aRunThatIsStillGoingIsNotTakenOverByAnotherProcess() throws Exception {
        RunConfig c = config("going");
        RunConfig.Settings endless = new RunConfig.Settings(
                new RunConfig.Batches(99_999, 4, 2), new RunConfig.Optimizer(3e-3, 0, 0, 1), null, 0, 0, 0, 16, 7);
        RunConfig config = new RunConfig(
                c.schemaVersion(),
                "going",
                c.checkpoint(),
                null,
                new RunConfig.Parameters(c.what(), c.mask(), true, false),
                new RunConfig.Data(c.train(), c.targetEval(), c.sourceEval()),
                endless);
        try (EngineProcess first = new EngineProcess();
                EngineProcess second = new EngineProcess()) {
            EngineProcess.Answer going = first
            .new Answer(new Request.Tune(config, folder.resolve("going").toString()), event -> {});
            while (!(going.next() instanceof Event.Stepped)) {
                // not there yet
            }
            assertThat(second.ask(resume("going")).getLast())
                    .isInstanceOfSatisfying(Event.Failed.class, f -> assertThat(f.what())
                            .contains("Another process is working on the run"));
            going.cancel();
            assertThat(going.await()).hasAtLeastOneElementOfType(Event.Paused.class);
        }
    }

    private void stop(EngineProcess engine, String run) throws InterruptedException {
        EngineProcess.Answer answer = engine.new Answer(tune(run), event -> {});
        while (!(answer.next() instanceof Event.Stepped s && s.step() >= 3)) {
            // not there yet
        }
        answer.cancel();
        answer.await();
    }

    private void assertRefused(EngineProcess engine, String naming) throws InterruptedException {
        assertThat(engine.ask(resume("moved")).getLast()).isInstanceOfSatisfying(Event.Failed.class, failed -> {
            assertThat(failed.what()).contains(naming).contains("has changed since the run began");
            assertThat(failed.remedy()).contains("Restore the earlier version");
        });
    }
}
