package sirkuit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.TinyCheckpoint;
import sirkuit.UsesProcess;
import sirkuit.protocol.Event;
import sirkuit.protocol.Quality;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;

/// What a checkpoint says of each text, asked of one real engine process.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@UsesProcess
class PredictionsTest {
    private static final int ROWS = 1100;

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
                TinyCheckpoint.writeTexts(folder.resolve("texts.csv"), ROWS, 2).toString());
    }

    @AfterAll
    void stop() {
        engine.close();
    }

    private static List<Event.Predicted.Row> rows(List<Event> events) {
        List<Event.Predicted.Row> rows = new ArrayList<>();
        for (Event event : events) {
            if (event instanceof Event.Predicted p) {
                rows.addAll(p.rows());
            }
        }
        return rows;
    }

    @Test
    void everyRowComesInTheOrderOfTheFileSomeAtATime() throws Exception {
        List<Event> events = engine.ask(new Request.Predict(model, data, 0));
        List<Event.Predicted> parts = events.stream()
                .filter(Event.Predicted.class::isInstance)
                .map(Event.Predicted.class::cast)
                .toList();
        assertThat(parts).extracting(Event.Predicted::from).containsExactly(0, 512, 1024);
        assertThat(parts).extracting(Event.Predicted::of).containsOnly(ROWS);
        List<String> lines = Files.readAllLines(Path.of(data.file()));
        List<Event.Predicted.Row> rows = rows(events);
        assertThat(rows).hasSize(ROWS);
        for (int i = 0; i < ROWS; i++) {
            Event.Predicted.Row row = rows.get(i);
            String label = parts.getFirst().labels().get(row.label());
            assertThat(i + "," + row.text() + "," + label).isEqualTo(lines.get(i + 1));
            double sum = 0;
            for (float p : row.probabilities()) {
                sum += p;
                assertThat(row.probabilities()[row.predicted()]).isGreaterThanOrEqualTo(p);
            }
            assertThat(sum).isCloseTo(1, within(2e-5));
        }
    }

    @Test
    void itCountsWhatAnEvaluationCounts() throws Exception {
        List<Event> events = engine.ask(new Request.Predict(model, data, 0));
        Quality told = EngineProcess.only(events, Event.Measured.class).quality();
        Quality asked = EngineProcess.only(engine.ask(new Request.Evaluate(model, data)), Event.Measured.class)
                .quality();
        assertThat(told.confusion()).isDeepEqualTo(asked.confusion());
        assertThat(told.loss()).isCloseTo(asked.loss(), within(1e-6));
        int[][] confusion = new int[3][3];
        rows(events).forEach(r -> confusion[r.label()][r.predicted()]++);
        assertThat(told.confusion()).isDeepEqualTo(confusion);
    }

    @Test
    void aQuestionThatWasCutShortIsTakenUpAgain() throws Exception {
        List<Event.Predicted.Row> all = rows(engine.ask(new Request.Predict(model, data, 0)));
        List<Event> rest = engine.ask(new Request.Predict(model, data, 700));
        assertThat(rest)
                .filteredOn(Event.Predicted.class::isInstance)
                .first()
                .extracting(e -> ((Event.Predicted) e).from())
                .isEqualTo(700);
        assertThat(rows(rest))
                .usingRecursiveComparison()
                .withEqualsForType((a, b) -> Math.abs(a - b) < 2e-5f, Float.class)
                .isEqualTo(all.subList(700, ROWS));
        assertThat(engine.ask(new Request.Predict(model, data, ROWS)).getLast()).isInstanceOf(Event.Failed.class);
    }

    @Test
    void itStopsWhenItIsCancelled() throws Exception {
        EngineProcess.Answer answer = engine.new Answer(new Request.Predict(model, data, 0), event -> {});
        answer.cancel();
        assertThat(answer.await().getLast()).isInstanceOf(Event.Cancelled.class);
    }

    @Test
    void theLanguageIsWhatItsColumnSaysOrTheFilters() throws Exception {
        Path file = Files.writeString(
                folder.resolve("two.csv"),
                "text,label,language,part\nfilm bagus,positive,id,a\nbuku buruk,negative,min,a\nnasi biasa,neutral,id,b\n");
        DataFile plain = new DataFile(file.toString());
        assertThat(rows(engine.ask(new Request.Predict(model, plain, 0))))
                .extracting(Event.Predicted.Row::language)
                .containsExactly("id", "min", "id");
        DataFile filtered = new DataFile(file.toString(), "text", "label", null, null, "language=id");
        assertThat(rows(engine.ask(new Request.Predict(model, filtered, 0))))
                .extracting(Event.Predicted.Row::language)
                .containsExactly("id", "id");
        assertThat(rows(engine.ask(new Request.Predict(model, data, 0))))
                .extracting(Event.Predicted.Row::language)
                .containsOnlyNulls();
    }
}
