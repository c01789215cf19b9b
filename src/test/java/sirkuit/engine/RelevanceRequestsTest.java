package sirkuit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.Json;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesProcess;
import sirkuit.mask.Head;
import sirkuit.mask.HeadEdges;
import sirkuit.mask.HeadMask;
import sirkuit.mask.ScoreMethod;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.Prompt;
import sirkuit.record.RunConfig;
import sirkuit.record.ScoreRecord;

/// What the engine answers about heads, asked of one real engine process.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@UsesProcess
class RelevanceRequestsTest {
    @TempDir
    static Path folder = Path.of("");

    private EngineProcess engine = new EngineProcess();
    private Request.Model model = new Request.Model("", null, 16);
    private DataFile data = new DataFile("");

    @BeforeAll
    void start() {
        model = new Request.Model(
                TinyCheckpoint.write(folder.resolve("model"), 1).toString(), null, 16);
        data = new DataFile(
                TinyCheckpoint.writeTexts(folder.resolve("texts.csv"), 60, 2).toString());
    }

    @AfterAll
    void stop() {
        engine.close();
    }

    private Request.Score score(ScoreMethod method, int examples, Double refine) {
        return new Request.Score(model, data, method, false, 18, examples, 0, null, 2, refine);
    }

    private ScoreRecord scored(Request.Score request) throws InterruptedException {
        return EngineProcess.only(engine.ask(request), Event.Scored.class).scores();
    }

    @Test
    void scoresKeepTheirValuesEdgesAndConfidence() throws InterruptedException, IOException {
        ScoreRecord scores = scored(score(ScoreMethod.CDT, 12, null));
        Path file = folder.resolve("scores.json");
        scores.write(file);
        ScoreRecord read = ScoreRecord.read(file);
        double[] values = read.perExample().values()[1][2];
        assertThat(values).hasSize(12);
        assertThat(Arrays.stream(values).average().orElseThrow()).isCloseTo(read.score()[1][2], within(1e-5));
        assertThat(read.perExample().rows()).hasSize(12).doesNotHaveDuplicates();
        assertThat(read.confidence().topK()).isEqualTo(2);
        assertThat(Arrays.stream(read.confidence().inTopK())
                        .flatMapToDouble(Arrays::stream)
                        .sum())
                .isCloseTo(2, within(1e-9));
        HeadEdges edges = read.edges();
        assertThat(edges.at(new Head(0, 0), new Head(1, 3))).isBetween(1e-6, 1.0);
        assertThat(edges.at(new Head(0, 0), new Head(1, 3)))
                .isEqualTo(scores.edges().at(new Head(0, 0), new Head(1, 3)));
        assertThat(edges.at(new Head(1, 0), new Head(0, 0))).isZero();
        assertThat(edges.at(new Head(0, 0), new Head(0, 1))).isZero();
    }

    @Test
    void theSameRequestGivesTheSameBytesButForTheTime() throws InterruptedException {
        for (ScoreMethod method : ScoreMethod.values()) {
            assertThat(timeless(scored(score(method, 12, null)))).isEqualTo(timeless(scored(score(method, 12, null))));
        }
        assertThat(timeless(scored(score(ScoreMethod.CDT, 30, 0.95))))
                .isEqualTo(timeless(scored(score(ScoreMethod.CDT, 30, 0.95))));
    }

    private static String timeless(ScoreRecord scores) {
        return Json.pretty(scores).replaceAll("\"seconds\" : [^,]*", "").replaceAll("\"createdAt\" : [^\n]*", "");
    }

    /// Refinement leaves examples out, but what it computes is the same.
    @Test
    void refinementScoresHeadsOnTheBeginningOfTheSameExamples() throws InterruptedException {
        List<Event> events = engine.ask(score(ScoreMethod.CDT, 30, 0.95));
        ScoreRecord refined = EngineProcess.only(events, Event.Scored.class).scores();
        ScoreRecord fixed = scored(score(ScoreMethod.CDT, 30, null));
        int fewer = 0;
        for (Head h : HeadMask.all(TinyCheckpoint.LAYERS, TinyCheckpoint.HEADS).selected()) {
            double[] some = refined.perExample().values()[h.layer()][h.head()];
            double[] all = fixed.perExample().values()[h.layer()][h.head()];
            assertThat(some.length).isEqualTo(refined.confidence().examples()[h.layer()][h.head()]);
            fewer += some.length < all.length ? 1 : 0;
            for (int i = 0; i < some.length; i++) {
                assertThat(some[i]).isCloseTo(all[i], within(1e-5));
            }
        }
        assertThat(fewer).isPositive();
        assertThat(refined.examples()).isEqualTo(30);
        assertThat(highest(refined)).isEqualTo(highest(fixed));
        assertThat(events)
                .anySatisfy(e -> assertThat(e).isInstanceOfSatisfying(Event.Scoring.class, s -> assertThat(s.examples())
                        .isZero()))
                .anySatisfy(e -> assertThat(e).isInstanceOfSatisfying(Event.Scoring.class, s -> assertThat(s.inTopK())
                        .isNotNull()));
    }

    private static List<Head> highest(ScoreRecord scores) {
        return scores.scores().ranked().subList(0, scores.confidence().topK()).stream()
                .sorted()
                .toList();
    }

    @Test
    void faithfulnessJudgesHeldOutAndScoredTextsApart() throws InterruptedException {
        Path file = folder.resolve("judged.json");
        scored(score(ScoreMethod.CDT, 12, null)).write(file);
        HeadMask all = HeadMask.all(TinyCheckpoint.LAYERS, TinyCheckpoint.HEADS);
        Event.Judged judged = EngineProcess.only(
                engine.ask(new Request.Faithfulness(model, data, all, file.toString(), 18, 0, 0)), Event.Judged.class);
        assertThat(judged.sets()).extracting(Event.Judged.JudgedSet::name).containsExactly("not scored", "scored");
        Event.Judged.JudgedSet heldOut = judged.sets().getFirst();
        assertThat(heldOut.keepOnly()).isEqualTo(heldOut.whole());
        assertThat(heldOut.remove().margin()).isNotEqualTo(heldOut.whole().margin());
        assertThat(heldOut.randomRemove()).hasSize(3).allMatch(heldOut.remove()::equals);
        assertThat(heldOut.whole().low()).isLessThan(heldOut.whole().accuracy());
        assertThat(judged.sets().getLast().whole().examples()).isEqualTo(12);
        assertThat(judged.agreements()).hasSize(2).allSatisfy(a -> {
            assertThat(a.spearman()).isBetween(-1.0, 1.0);
            assertThat(a.overlap()).isEqualTo(8);
        });
    }

    @Test
    void aTextIsExplained() throws InterruptedException {
        Event.Explained plain = EngineProcess.only(
                engine.ask(new Request.Explain(model, "Film itu sangat bagus", null, data, new Head(1, 2), null)),
                Event.Explained.class);
        assertThat(plain.tokens()).extracting(Event.Explained.Token::text).startsWith("[CLS]", "film", "itu");
        assertThat(plain.tokens().get(2)).isEqualTo(new Event.Explained.Token("itu", 5, 8, 0));
        assertThat(Arrays.stream(plain.probabilities()).sum()).isCloseTo(1, within(1e-6));
        assertThat(plain.contributions()).hasNumberOfRows(2);
        for (float[] row : plain.attention()) {
            double sum = 0;
            for (float v : row) {
                sum += v;
            }
            assertThat(sum).isCloseTo(1, within(1e-5));
        }
        Event.Explained same = whatIf(List.of(), false);
        assertThat(same.probabilities()).containsExactly(plain.probabilities(), within(1e-6));
        Event.Explained off = whatIf(List.of(new Head(0, 0), new Head(1, 2)), false);
        Event.Explained zero = whatIf(List.of(new Head(0, 0), new Head(1, 2)), true);
        assertThat(off.probabilities()[0]).isNotCloseTo(plain.probabilities()[0], within(1e-6));
        assertThat(zero.probabilities()[0]).isNotCloseTo(off.probabilities()[0], within(1e-7));
    }

    private Event.Explained whatIf(List<Head> off, boolean zero) throws InterruptedException {
        return EngineProcess.only(
                engine.ask(new Request.WhatIf(model, "Film itu sangat bagus", null, data, null, null, off, zero)),
                Event.Explained.class);
    }

    @Test
    void aNewerQuestionSupersedesTheOlder() throws InterruptedException {
        EngineProcess.Answer busy = engine.new Answer(score(ScoreMethod.ABLATION, 30, null), e -> {});
        EngineProcess.Answer other =
                engine.new Answer(new Request.Explain(model, "nasi", null, data, null, "another"), e -> {});
        EngineProcess.Answer first =
                engine.new Answer(new Request.Explain(model, "buku", null, data, null, "typed"), e -> {});
        EngineProcess.Answer second =
                engine.new Answer(new Request.Explain(model, "buku itu", null, data, null, "typed"), e -> {});
        assertThat(first.await()).containsExactly(new Event.Cancelled());
        assertThat(other.await()).hasAtLeastOneElementOfType(Event.Explained.class);
        assertThat(second.await()).hasAtLeastOneElementOfType(Event.Explained.class);
        assertThat(busy.await().getLast()).isInstanceOf(Event.Finished.class);
    }

    @Test
    void theTextsThatAHeadHelpsAndHurtsMostAreFound() throws InterruptedException, IOException {
        ScoreRecord scores = scored(score(ScoreMethod.CDT, 12, null));
        Path file = folder.resolve("examples.json");
        scores.write(file);
        Event.Examples examples = EngineProcess.only(
                engine.ask(new Request.Examples(model, data, file.toString(), new Head(0, 1), 3)),
                Event.Examples.class);
        double[] values = scores.perExample().values()[0][1];
        assertThat(examples.helped().getFirst().value())
                .isEqualTo(Arrays.stream(values).max().orElseThrow());
        assertThat(examples.hurt().getFirst().value())
                .isEqualTo(Arrays.stream(values).min().orElseThrow());
        List<String> lines = Files.readAllLines(Path.of(data.file()));
        Event.Examples.Example best = examples.helped().getFirst();
        assertThat(lines.get(best.row() + 1)).contains(best.text()).endsWith(best.label());
        DataFile other = new DataFile(
                TinyCheckpoint.writeTexts(folder.resolve("other.csv"), 60, 9).toString());
        assertThat(engine.ask(new Request.Examples(model, other, file.toString(), new Head(0, 1), 3))
                        .getLast())
                .isInstanceOfSatisfying(
                        Event.Failed.class, f -> assertThat(f.what()).contains("other data"));
    }

    /// The end of a template is what the model answers to: the text is cut, not the template.
    @Test
    void aTemplateStaysWholeWhenTheTextIsTooLong() throws InterruptedException {
        Request.Model prompted =
                new Request.Model(model.checkpoint(), null, 10, new Prompt("kata mereka {text} sangat bagus", null));
        Event.Explained cut = EngineProcess.only(
                engine.ask(
                        new Request.Explain(prompted, "film itu dan buku ini dan hotel itu", null, null, null, null)),
                Event.Explained.class);
        assertThat(cut.truncated()).isTrue();
        assertThat(cut.tokens())
                .extracting(Event.Explained.Token::text)
                .containsExactly("[CLS]", "kata", "mereka", "film", "itu", "dan", "buku", "sangat", "bagus", "[SEP]");
        Event.Explained whole = EngineProcess.only(
                engine.ask(new Request.Explain(prompted, "film itu", null, null, null, null)), Event.Explained.class);
        assertThat(whole.truncated()).isFalse();
        assertThat(whole.tokens()).hasSize(8);
        assertThat(engine.ask(new Request.Explain(prompted, "film", "buku", null, null, null))
                        .getLast())
                .isInstanceOfSatisfying(
                        Event.Failed.class, f -> assertThat(f.what()).contains("{pair}"));
    }

    @Test
    void pairsAreReadAsTwoParts() throws InterruptedException {
        Event.Explained pair = EngineProcess.only(
                engine.ask(new Request.Explain(model, "film bagus", "buku baru", null, null, null)),
                Event.Explained.class);
        assertThat(pair.tokens())
                .extracting(Event.Explained.Token::text)
                .containsExactly("[CLS]", "film", "bagus", "[SEP]", "buku", "baru", "[SEP]");
        assertThat(pair.tokens().get(4)).isEqualTo(new Event.Explained.Token("buku", 0, 4, 1));
    }

    @Test
    void textsThatStandInTwoFilesAreCounted() throws InterruptedException, IOException {
        List<String> lines = Files.readAllLines(Path.of(data.file()));
        Path part = Files.write(folder.resolve("part.csv"), lines.subList(0, 6));
        Event.Described described = EngineProcess.only(
                engine.ask(new Request.Describe(
                        model,
                        new DataFile(part.toString()),
                        List.of(data, new DataFile(folder.resolve("none.csv").toString())))),
                Event.Described.class);
        assertThat(described.examples()).isEqualTo(5);
        assertThat(described.overlaps()).containsExactly(Map.entry(data.file(), 5));
    }

    private DataFile unknownWords() throws IOException {
        return new DataFile(Files.writeString(
                        folder.resolve("unknown.csv"), "text,label\nzyx wvu tsr,negative\nqpo nml kji,positive\n")
                .toString());
    }

    private static void assertTellsOfUnknownWords(List<Event> events, DataFile file) {
        assertThat(events)
                .filteredOn(Event.Noted.class::isInstance)
                .filteredOn(e -> ((Event.Noted) e)
                        .what()
                        .contains("% of the tokens in " + file.file() + " are the unknown token"))
                .hasSize(1);
    }

    @Test
    void unknownWordsAreToldWhenTextsAreDescribed() throws InterruptedException, IOException {
        DataFile unknown = unknownWords();
        assertTellsOfUnknownWords(engine.ask(new Request.Describe(model, unknown, List.of())), unknown);
    }

    @Test
    void unknownWordsOfWatchedTextsAreToldToo() throws InterruptedException, IOException {
        DataFile unknown = unknownWords();
        RunConfig config = new RunConfig(
                RunConfig.VERSION,
                "watching",
                model.checkpoint(),
                null,
                null,
                new RunConfig.Parameters(
                        RunConfig.Trained.MASK, HeadMask.all(TinyCheckpoint.LAYERS, TinyCheckpoint.HEADS), true, true),
                new RunConfig.Data(data, data, null, Map.of("unknown", unknown, "again", unknown)),
                new RunConfig.Settings(
                        new RunConfig.Batches(1, 4, 1),
                        new RunConfig.Optimizer(3e-3, 0.01, 0.06, 1),
                        0.0,
                        5,
                        15,
                        16,
                        16,
                        7),
                new RunConfig.Course(RunConfig.Course.Schedule.COSINE, null, false, 0, 0, false));
        List<Event> events =
                engine.ask(new Request.Tune(config, folder.resolve("watching").toString()));
        assertThat(events.getLast()).as(events.toString()).isInstanceOf(Event.Finished.class);
        assertTellsOfUnknownWords(events, unknown);
    }

    /// A checkpoint with a NaN is told with the tensor's name, not scored.
    @Test
    void numbersThatAreNoneAreReportedWithTheirPlace() throws InterruptedException, IOException {
        Path broken = TinyCheckpoint.write(folder.resolve("broken"), 1);
        Path weights = broken.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        String header = new String(bytes, 8, 20_000, java.nio.charset.StandardCharsets.ISO_8859_1);
        String name = "bert.encoder.layer.1.output.dense.weight";
        String offset = header.substring(header.indexOf(name)).replaceFirst("(?s).*?data_offsets\":\\[(\\d+),.*", "$1");
        long length = java.nio.ByteBuffer.wrap(bytes)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .getLong();
        java.nio.ByteBuffer.wrap(bytes)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putFloat((int) (8 + length + Long.parseLong(offset)) + 40, Float.NaN);
        Files.write(weights, bytes);
        Request.Model model = new Request.Model(broken.toString(), null, 16);
        for (Request request : List.of(
                new Request.Evaluate(model, data),
                new Request.Score(model, data, ScoreMethod.CDT, false, 18, 12, 0, null),
                new Request.Explain(model, "film", null, null, null, null))) {
            assertThat(engine.ask(request).getLast())
                    .isInstanceOfSatisfying(
                            Event.Failed.class,
                            f -> assertThat(f.what()).contains(name).contains("NaN"));
        }
    }
}
