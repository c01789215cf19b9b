package sirkuit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesProcess;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.mask.ScoreMethod;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.RunConfig;
import sirkuit.run.RunFolder;

/// Questions are answered while a run trains, and the run does not notice.
@UsesProcess
class QuestionsDuringRunTest {
    private static final int EPOCHS = 12;

    @TempDir
    Path folder = Path.of("");

    private EngineProcess engine = new EngineProcess();
    private Path model = Path.of("");

    @BeforeEach
    void write() {
        model = TinyCheckpoint.write(folder.resolve("model"), 1);
        TinyCheckpoint.writeTexts(folder.resolve("train.csv"), 60, 2);
        TinyCheckpoint.writeTexts(folder.resolve("target.csv"), 45, 3);
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    private DataFile texts(String name) {
        return new DataFile(folder.resolve(name + ".csv").toString());
    }

    private Request.Model asked(int length) {
        return new Request.Model(model.toString(), null, length);
    }

    /// With dropout, so that the random numbers are part of the result.
    private Request.Tune tune(String run, boolean computingLayersAgain) {
        HeadMask all = HeadMask.all(TinyCheckpoint.LAYERS, TinyCheckpoint.HEADS);
        RunConfig config = new RunConfig(
                RunConfig.VERSION,
                run,
                model.toString(),
                null,
                null,
                new RunConfig.Parameters(RunConfig.Trained.MASK, all, true, true),
                new RunConfig.Data(texts("train"), texts("target"), null, Map.of()),
                new RunConfig.Settings(
                        new RunConfig.Batches(EPOCHS, 4, 2),
                        new RunConfig.Optimizer(3e-3, 0.01, 0.06, 1),
                        0.2,
                        5,
                        0,
                        0,
                        16,
                        7),
                new RunConfig.Course(RunConfig.Course.Schedule.COSINE, null, true, 0, 0, computingLayersAgain));
        return new Request.Tune(config, folder.resolve(run).toString());
    }

    private byte[] weights(String run) throws IOException {
        Path adapted = new RunFolder(folder.resolve(run)).adapted();
        return java.nio.file.Files.readAllBytes(adapted.resolve("model.safetensors"));
    }

    private List<String> numbers(String run) throws IOException {
        List<String> numbers = new ArrayList<>();
        for (String line : new RunFolder(folder.resolve(run)).eventLines()) {
            var node = Json.MAPPER.readTree(line);
            if (List.of("stepped", "evaluated").contains(node.path("type").asText())) {
                numbers.add(((com.fasterxml.jackson.databind.node.ObjectNode) node)
                        .remove(List.of("at", "request", "tokensPerSecond", "seconds"))
                        .toString());
            }
        }
        return numbers;
    }

    /// Of every kind: sentence, heads off, one head, check; of the run's own text length and of another one.
    private List<Request> questions(int round) {
        HeadMask some = new HeadMask(TinyCheckpoint.LAYERS, TinyCheckpoint.HEADS, List.of(new Head(0, 1)), "some");
        Request.Model of = asked(16 + round % 2 * 8);
        return List.of(
                new Request.Faithfulness(of, texts("target"), some, null, 12, 20, 0, "check" + round),
                new Request.Reach(of, texts("target"), new Head(1, 0), 6, "reach" + round),
                new Request.Explain(of, "buku itu " + round, null, texts("train"), new Head(0, 0), "plain" + round),
                new Request.WhatIf(
                        of, "buku itu", null, texts("train"), null, "off" + round, List.of(new Head(0, 2)), false),
                new Request.Attribute(of, "buku itu bagus", null, null, null, null, false, "words" + round),
                new Request.Attribute(of, "buku itu", null, 1, some, texts("train"), true, "without" + round));
    }

    private void aRunWithQuestionsEndsAsOneWithout(boolean computingLayersAgain) throws Exception {
        assertThat(engine.ask(tune("plain", computingLayersAgain)).getLast()).isInstanceOf(Event.Finished.class);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        List<EngineProcess.Answer> answers = Collections.synchronizedList(new ArrayList<>());
        List<Event> run = engine.new Answer(tune("asked", computingLayersAgain), event -> {
                    if (event instanceof Event.Stepped s && s.step() % 24 == 1) {
                        for (Request question : questions(s.step())) {
                            answers.add(engine.new Answer(question, e -> {
                                if (e.isLast()) {
                                    order.add(e.getClass().getSimpleName());
                                }
                            }));
                        }
                    }
                    if (event.isLast()) {
                        order.add("run");
                    }
                })
                .await();
        assertThat(run.getLast()).as(run.toString()).isInstanceOf(Event.Finished.class);
        assertThat(answers).hasSizeGreaterThanOrEqualTo(16);
        for (EngineProcess.Answer answer : List.copyOf(answers)) {
            List<Event> events = answer.await();
            assertThat(events.getLast()).as(events.toString()).isInstanceOf(Event.Finished.class);
        }
        // Everything but what was asked at the very end is answered before the run has ended.
        assertThat(order.subList(0, 12)).containsOnly("Finished");
        assertThat(numbers("asked")).hasSizeGreaterThan(90).isEqualTo(numbers("plain"));
        assertThat(weights("asked")).isEqualTo(weights("plain"));
    }

    @Test
    void aRunWithQuestionsInBetweenEndsBitForBitAsOneWithout() throws Exception {
        aRunWithQuestionsEndsAsOneWithout(false);
    }

    @Test
    void soDoesARunThatComputesItsLayersAgain() throws Exception {
        aRunWithQuestionsEndsAsOneWithout(true);
    }

    @Test
    void aQuestionDuringARunHasTheSameAnswerAsOneOnItsOwn() throws Exception {
        Request question = questions(0).get(2);
        double[] alone =
                EngineProcess.only(engine.ask(question), Event.Explained.class).probabilities();
        EngineProcess.Answer run = engine.new Answer(tune("going", false), event -> {});
        while (!(run.next() instanceof Event.Stepped)) {
            // not there yet
        }
        Event.Explained during = EngineProcess.only(engine.ask(question), Event.Explained.class);
        run.cancel();
        assertThat(during.probabilities()).isEqualTo(alone);
        assertThat(run.await().getLast()).isInstanceOf(Event.Cancelled.class);
    }

    @Test
    void waitingRequestsAreHandledInTheOrderThatWasAskedFor() throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        EngineProcess.Answer run = engine.new Answer(tune("first", false), event -> {});
        while (!(run.next() instanceof Event.Stepped)) {
            // not there yet
        }
        List<EngineClient.Ticket> tickets = new ArrayList<>();
        List<EngineProcess.Answer> last = new ArrayList<>();
        for (ScoreMethod method : List.of(ScoreMethod.GRADIENT, ScoreMethod.ABLATION, ScoreMethod.CDT)) {
            Request score = new Request.Score(asked(16), texts("train"), method, false, 12, 12, 0, null);
            EngineProcess.Answer answer = engine.new Answer(score, event -> {
                if (event.isLast()) {
                    order.add(method.name());
                }
            });
            tickets.add(answer.ticket());
            last.add(answer);
        }
        engine.client().order(List.of(tickets.get(2), tickets.get(0)));
        run.cancel();
        for (EngineProcess.Answer answer : last) {
            assertThat(answer.await().getLast()).isInstanceOf(Event.Finished.class);
        }
        assertThat(order).containsExactly("CDT", "GRADIENT", "ABLATION");
    }
}
