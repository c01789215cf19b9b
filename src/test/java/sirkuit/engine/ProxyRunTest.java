package sirkuit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Bases;
import sirkuit.Shared;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesProcess;
import sirkuit.checkpoint.Checkpoint;
import sirkuit.protocol.Event;
import sirkuit.protocol.Quality;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.RunConfig;
import sirkuit.run.ProxyFolder;

/// A base model becomes a classifier in a real engine.
@UsesProcess
class ProxyRunTest {
    private static final int TEXTS = 60;

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void write() {
        TinyCheckpoint.writeTexts(folder.resolve("train.csv"), 120, 2);
        TinyCheckpoint.writeTexts(folder.resolve("valid.csv"), TEXTS, 5);
        TinyCheckpoint.writeTexts(folder.resolve("test.csv"), TEXTS, 3);
    }

    private DataFile texts(String name) {
        return new DataFile(folder.resolve(name + ".csv").toString());
    }

    private RunConfig config(Path base, int epochs, double rate) {
        return new RunConfig(
                RunConfig.VERSION,
                "proxy",
                base.toString(),
                null,
                null,
                RunConfig.Parameters.FULL,
                new RunConfig.Data(texts("train"), texts("test"), null).choosingBy(texts("valid")),
                new RunConfig.Settings(
                        new RunConfig.Batches(epochs, 8, 1),
                        new RunConfig.Optimizer(rate, 0.01, 0.06, 1),
                        null,
                        0,
                        0,
                        0,
                        16,
                        7),
                new RunConfig.Course(RunConfig.Course.Schedule.LINEAR, null, true, 4, 0, false));
    }

    private Request.Proxy proxy(Path base, String out, int epochs, double rate) {
        return new Request.Proxy(config(base, epochs, rate), at(out).folder().toString());
    }

    private ProxyFolder at(String out) {
        return new ProxyFolder(folder.resolve(out));
    }

    private static Quality target(Event.Evaluated e) {
        return Objects.requireNonNull(e.target());
    }

    private double accuracy(EngineProcess engine, Path checkpoint) throws InterruptedException {
        List<Event> told =
                engine.ask(new Request.Evaluate(new Request.Model(checkpoint.toString(), null, 16), texts("test")));
        return EngineProcess.only(told, Event.Measured.class).quality().accuracy();
    }

    @Test
    void aBaseLearnsTheTaskAndTheFolderIsTheCheckpoint() throws Exception {
        Path base = Bases.tiny(folder.resolve("base"), 1);
        try (EngineProcess engine = new EngineProcess()) {
            List<Event> told = engine.ask(proxy(base, "out", 12, 1e-2));
            assertThat(told.getLast()).as(told.toString()).isInstanceOf(Event.Finished.class);
            Event.Evaluated before = told.stream()
                    .filter(Event.Evaluated.class::isInstance)
                    .map(Event.Evaluated.class::cast)
                    .findFirst()
                    .orElseThrow();
            // Three balanced classes: by chance a third, with a standard error of 6 points.
            assertThat(target(before).accuracy()).isBetween(0.15, 0.52);
            Event.Written written = EngineProcess.only(told, Event.Written.class);
            double learnt = Objects.requireNonNull(written.target()).accuracy();
            assertThat(learnt).isGreaterThan(0.9);
            assertThat(accuracy(engine, at("out").folder())).isEqualTo(learnt);
        }
        assertThat(at("out").start()).doesNotExist();
        assertThat(at("out").run().adapted()).doesNotExist();
        assertThat(at("out").run().resume()).doesNotExist();
        assertThat(at("out").folder().resolve("tokenizer.json")).hasSameBinaryContentAs(base.resolve("tokenizer.json"));
        assertCard();
    }

    private void assertCard() throws IOException {
        Checkpoint made = Checkpoint.open(at("out").folder());
        assertThat(at("out").folder().resolve("README.md"))
                .content()
                .contains("base_model: \"base\"", "negative, neutral, positive", "`classifier.weight`")
                .contains(made.digest(), Checkpoint.open(folder.resolve("base")).digest())
                .contains("| valid split, which chose the epoch | after | " + TEXTS + " |")
                .contains("| test texts | after | " + TEXTS + " |")
                .contains("sirkuit proxy", "--learning-rate 0.01");
    }

    /// The best evaluation on the valid split is kept, the first of them if there are several, and the test texts are
    /// measured before the first step and for that one.
    @Test
    void theValidSplitChoosesTheEpoch() throws Exception {
        Path base = Bases.tiny(folder.resolve("base"), 1);
        try (EngineProcess engine = new EngineProcess()) {
            List<Event> told = engine.ask(proxy(base, "out", 6, 5e-3));
            List<Event.Evaluated> evaluations = told.stream()
                    .filter(Event.Evaluated.class::isInstance)
                    .map(Event.Evaluated.class::cast)
                    .toList();
            Event.Evaluated best = evaluations.getFirst();
            for (Event.Evaluated e : evaluations) {
                best = Objects.requireNonNull(e.valid()).accuracy()
                                > Objects.requireNonNull(best.valid()).accuracy()
                        ? e
                        : best;
                assertThat(e.target() == null).isEqualTo(e.step() > 0);
            }
            Event.Written written = EngineProcess.only(told, Event.Written.class);
            assertThat(written.step()).isEqualTo(best.step());
            assertThat(Objects.requireNonNull(written.valid()).accuracy())
                    .isEqualTo(Objects.requireNonNull(best.valid()).accuracy());
        }
    }

    @Test
    void killedAndResumedItEndsBitForBitTheSame() throws Exception {
        Path base = Bases.tiny(folder.resolve("base"), 1);
        try (EngineProcess engine = new EngineProcess()) {
            assertThat(engine.ask(proxy(base, "whole", 3, 5e-3)).getLast()).isInstanceOf(Event.Finished.class);
        }
        for (String when : List.of("stepped", "written")) {
            kill(proxy(base, when, 3, 5e-3), when);
            try (EngineProcess engine = new EngineProcess()) {
                Request again = new Request.Resume(at(when).run().folder().toString());
                if (!at(when).made() || Files.exists(at(when).start())) { // else the kill came too late
                    List<Event> told = engine.ask(again);
                    assertThat(told.getLast()).as(told.toString()).isInstanceOf(Event.Finished.class);
                }
                assertThat(engine.ask(again).getLast())
                        .isInstanceOfSatisfying(
                                Event.Failed.class, f -> assertThat(f.what()).contains("is finished"));
            }
            for (String file : List.of("model.safetensors", "config.json", "tokenizer.json")) {
                assertThat(at(when).folder().resolve(file))
                        .hasSameBinaryContentAs(at("whole").folder().resolve(file));
            }
            assertThat(at(when).folder().resolve("README.md")).exists();
            assertThat(at(when).start()).doesNotExist();
        }
    }

    private void kill(Request.Proxy request, String when) throws InterruptedException {
        try (EngineProcess engine = new EngineProcess()) {
            engine.new Answer(request, event -> {
                        boolean now = when.equals("stepped")
                                ? event instanceof Event.Stepped s && s.step() == 17
                                : event instanceof Event.Written;
                        if (now) {
                            ProcessHandle.of(engine.client().pid()).ifPresent(ProcessHandle::destroyForcibly);
                        }
                    })
                    .await();
        }
    }

    /// The run has finished, and the engine was killed while it moved the files.
    @Test
    void aProxyThatLacksOnlyItsLastFileIsFinishedByResuming() throws Exception {
        Path base = Bases.tiny(folder.resolve("base"), 1);
        try (EngineProcess engine = new EngineProcess()) {
            engine.ask(proxy(base, "out", 1, 5e-3));
            String digest = Checkpoint.open(at("out").folder()).digest();
            Path adapted = Files.createDirectories(at("out").run().adapted());
            Files.move(at("out").folder().resolve("config.json"), adapted.resolve("config.json"));
            List<Event> told =
                    engine.ask(new Request.Resume(at("out").run().folder().toString()));
            assertThat(told.getLast()).as(told.toString()).isInstanceOf(Event.Finished.class);
            assertThat(Checkpoint.open(at("out").folder()).digest()).isEqualTo(digest);
        }
    }

    @Test
    void badInputLeavesNothingBehind() throws Exception {
        Path base = Bases.tiny(folder.resolve("base"), 1);
        Files.writeString(folder.resolve("valid.csv"), "text,label\nfilm,mixed\n");
        try (EngineProcess engine = new EngineProcess()) {
            assertThat(engine.ask(proxy(base, "out", 1, 5e-3)).getLast())
                    .isInstanceOfSatisfying(
                            Event.Failed.class, f -> assertThat(f.what()).contains("\"mixed\""));
            assertThat(at("out").folder()).doesNotExist();
        }
    }

    /// A base of every family that Sirkuit reads, one epoch each: the result opens as a classifier of that family.
    @Test
    void everyFamilyBecomesAClassifier() throws Exception {
        try (EngineProcess engine = new EngineProcess()) {
            for (String family : List.of(
                    "bert",
                    "roberta",
                    "xlm-roberta",
                    "distilbert",
                    "gpt2",
                    "llama",
                    "mistral",
                    "qwen2",
                    "qwen3",
                    "gemma2",
                    "gemma3")) {
                Path base = Bases.bare(family, folder.resolve(family + "-base"));
                List<Event> told = engine.ask(proxy(base, family, 1, 1e-3));
                assertThat(told.getLast()).as(family + ": " + told).isInstanceOf(Event.Finished.class);
                Event.Written written = EngineProcess.only(told, Event.Written.class);
                assertThat(accuracy(engine, at(family).folder()))
                        .as(family)
                        .isEqualTo(Objects.requireNonNull(written.target()).accuracy());
                Checkpoint made = Checkpoint.open(at(family).folder());
                Checkpoint wanted = Checkpoint.open(Shared.path("golden/" + family + "/model"));
                assertThat(made.weights().tensors().keySet())
                        .as(family)
                        .containsExactlyInAnyOrderElementsOf(
                                wanted.weights().tensors().keySet());
                assertThat(made.config().architecture())
                        .isEqualTo(wanted.config().architecture());
            }
        }
    }
}
