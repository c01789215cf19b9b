package sirkuit.app.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static sirkuit.app.browser.Rows.part;
import static sirkuit.app.browser.Rows.row;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sirkuit.app.runs.RunModel;
import sirkuit.app.work.NoEngine;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.app.work.WindowEngine;
import sirkuit.protocol.Event;
import sirkuit.protocol.Request;
import sirkuit.record.DataFile;
import sirkuit.record.ProjectFile;
import sirkuit.record.RunConfig;

/// What is asked of the engine, and what becomes of its answers.
class BrowserModelTest {
    @TempDir
    Path folder = Path.of("");

    private final NoEngine engine = new NoEngine();
    private final Notices notices = new Notices();
    private final ObjectProperty<ProjectFile> project = new SimpleObjectProperty<>(new ProjectFile(
            1, "Test", "/model", null, language("Indonesian", "id"), language("Minangkabau", "min"), 64));
    private final ObservableList<RunModel> runs = FXCollections.observableArrayList();
    private final Choices choices = new Choices(project, runs, id -> "/runs/" + id + "/adapted");
    private final BrowserModel model = new BrowserModel(
            new WindowEngine(states -> engine, notices), notices, new Threads(Runnable::run, Runnable::run), choices);

    private static ProjectFile.Language language(String name, String folder) {
        return new ProjectFile.Language(
                name, new DataFile("/" + folder + "/train.csv"), new DataFile("/" + folder + "/test.csv"));
    }

    private RunModel run(String id) {
        RunConfig config = new RunConfig(
                1,
                "top 12",
                "/model",
                null,
                RunConfig.Parameters.FULL,
                new RunConfig.Data(new DataFile("/min/train.csv"), new DataFile("/min/test.csv"), null),
                RunConfig.Settings.DEFAULT);
        RunModel run = new RunModel(id, 0, config);
        runs.add(run);
        return run;
    }

    private RunModel finishedRun() {
        RunModel run = run("run-1");
        run.accept(new Event.Finished(1));
        model.checkpoint().set(choices.checkpoints().getLast());
        return run;
    }

    private Request.Predict asked() {
        return (Request.Predict) engine.last(Request.Predict.class).request();
    }

    private void answer(Event... events) {
        engine.last(Request.Predict.class).answer(events);
    }

    private static final Event DONE = new Event.Finished(1);

    @Test
    void theProjectsTextsAndEachFinishedRunsCheckpointAreOffered() {
        assertThat(choices.texts())
                .extracting(t -> t.data().file())
                .containsExactly("/id/test.csv", "/id/train.csv", "/min/test.csv", "/min/train.csv");
        assertThat(choices.checkpoints()).hasSize(1);
        RunModel run = run("run-1");
        assertThat(choices.checkpoints()).hasSize(1);
        run.accept(new Event.Finished(1));
        assertThat(choices.checkpoints()).hasSize(2);
        assertThat(choices.checkpoints().getLast().model().checkpoint()).isEqualTo("/runs/run-1/adapted");
        project.set(project.get().withTarget(null));
        assertThat(choices.texts()).hasSize(2);
    }

    @Test
    void twoRunsPredictTheSameTextsOneAfterTheOther() {
        run("run-1").accept(new Event.Finished(1));
        run("run-2").accept(new Event.Finished(1));
        assertThat(model.compare("run-1", "run-3", "/min/test.csv")).isFalse();
        assertThat(model.compare("run-2", "run-1", "/min/test.csv")).isTrue();
        assertThat(asked().model().checkpoint()).isEqualTo("/runs/run-2/adapted");
        assertThat(asked().data().file()).isEqualTo("/min/test.csv");
        Event.Predicted.Row row = new Event.Predicted.Row("x", null, 0, null, 0, new float[] {0.9f, 0.1f});
        answer(new Event.Predicted(0, 1, List.of("a", "b"), List.of(row)), DONE);
        assertThat(asked().model().checkpoint()).isEqualTo("/runs/run-1/adapted");
        model.checkpoint().set(choices.checkpoints().get(1));
        assertThat(model.against().get())
                .as("another choice is compared with the project's own")
                .isNull();
    }

    @Test
    void whatIsChosenStaysChosenWhenThereIsMoreToChooseFrom() {
        model.texts().set(choices.texts().get(2));
        finishedRun();
        run("run-2").accept(new Event.Finished(1));
        assertThat(model.checkpoint().get().run()).isEqualTo("run-1");
        assertThat(model.texts().get().data().file()).isEqualTo("/min/test.csv");
        project.set(project.get().withTarget(null));
        assertThat(model.texts().get().data().file()).isEqualTo("/id/test.csv");
    }

    @Test
    void notesStandOnLinesOfTheirOwnWithShortPaths() {
        model.predict();
        String file = asked().data().file();
        answer(new Event.Noted("2 rows of " + file + " were left out.", null), new Event.Noted("2 rows", null));
        assertThat(model.notes().get().lines()).containsExactly("2 rows of id/test.csv were left out.", "2 rows");
    }

    @Test
    void rowsAreShownAsTheyCome() {
        model.predict();
        assertThat(model.going().get()).isTrue();
        assertThat(asked().model().checkpoint()).isEqualTo("/model");
        answer(part(0, 3, row("a", 0, 0, 0.9), row("b", 1, 0, 0.6)));
        assertThat(model.shown().get().rows()).containsExactly(0, 1);
        answer(part(2, 3, row("c", 2, 2, 0.7)), DONE);
        assertThat(model.shown().get().rows()).containsExactly(0, 1, 2);
        assertThat(model.going().get()).isFalse();
        assertThat(model.caption()).startsWith("3 of 3 texts shown, 2 answered right");
        model.order().set(BrowserModel.Order.LEAST_SURE);
        assertThat(model.shown().get().rows()).containsExactly(1, 2, 0);
        model.order().set(BrowserModel.Order.MOST_SURE);
        assertThat(model.shown().get().rows()).containsExactly(0, 2, 1);
        model.filter().set(Filter.ALL.withWords("B"));
        assertThat(model.shown().get().rows()).containsExactly(1);
        assertThat(model.line(1)).isEqualTo("1\tb\tneutral\tnegative\t0.6");
    }

    @Test
    void whatWasStoppedIsTakenUpWhereItStopped() {
        model.predict();
        answer(part(0, 3, row("a", 0, 0, 0.9)));
        model.stop();
        assertThat(engine.cancels()).isEqualTo(1);
        answer(new Event.Cancelled());
        assertThat(model.going().get()).isFalse();
        model.predict();
        assertThat(asked().from()).isEqualTo(1);
        answer(part(1, 3, row("b", 0, 0, 0.9), row("c", 0, 0, 0.9)), DONE);
        assertThat(model.shown().get().rows()).hasSize(3);
        model.predict();
        assertThat(asked().from()).isZero();
        assertThat(model.shown().get().rows()).isEmpty();
    }

    @Test
    void comparingAsksTheRunsCheckpointAndThenTheProjects() {
        finishedRun();
        model.compare().set(true);
        model.predict();
        assertThat(asked().model().checkpoint()).isEqualTo("/runs/run-1/adapted");
        answer(part(0, 2, row("a", 0, 0, 0.9), row("b", 1, 0, 0.6)), DONE);
        assertThat(model.going().get()).isTrue();
        assertThat(asked().model().checkpoint()).isEqualTo("/model");
        answer(part(0, 2, row("a", 0, 2, 0.9), row("b", 1, 1, 0.6)), DONE);
        assertThat(model.going().get()).isFalse();
        assertThat(model.shown().get().changes())
                .isEqualTo(Map.of(Change.GAINED, 1, Change.LOST, 1, Change.KEPT, 0, Change.NEVER, 0));
        model.filter().set(Filter.ALL.withChange(Change.LOST));
        assertThat(model.shown().get().rows()).containsExactly(1);
    }

    @Test
    void onlyWhatIsMissingIsComputedWhenTheComparisonIsAskedForLater() {
        finishedRun();
        model.predict();
        answer(part(0, 1, row("a", 0, 0, 0.9)), DONE);
        model.compare().set(true);
        model.predict();
        assertThat(asked().model().checkpoint()).isEqualTo("/model");
        assertThat(model.shown().get().rows()).hasSize(1);
        answer(part(0, 1, row("other", 0, 0, 0.9)));
        assertThat(notices.open()).hasSize(1);
        answer(new Event.Cancelled());
        assertThat(model.going().get()).isFalse();
        assertThat(model.rows().get().before()).isNull();
    }

    @Test
    void theProjectsOwnCheckpointIsNotComparedWithItself() {
        finishedRun();
        model.compare().set(true);
        model.checkpoint().set(choices.checkpoints().getFirst());
        assertThat(model.compare().get()).isFalse();
    }

    @Test
    void aFailureIsToldAndEndsTheWaiting() {
        model.predict();
        answer(new Event.Failed("There is no data file.", "Check the path.", null));
        assertThat(model.going().get()).isFalse();
        assertThat(notices.open()).hasSize(1);
        assertThat(model.rows().get()).isNull();
    }

    @Test
    void theShownRowsAreWrittenInTheirOrder() throws Exception {
        finishedRun();
        model.compare().set(true);
        model.predict();
        answer(part(0, 2, row("satu, dua", 0, 0, 0.9), row("b", 1, 0, 0.6)), DONE);
        answer(part(0, 2, row("satu, dua", 0, 2, 0.5), row("b", 1, 1, 0.6)), DONE);
        model.order().set(BrowserModel.Order.LEAST_SURE);
        Path file = folder.resolve("rows.csv");
        model.export(file);
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "row,text,label,predicted,probability_negative,probability_neutral,probability_positive,"
                                + "predicted_before,probability_before_negative,probability_before_neutral,"
                                + "probability_before_positive",
                        "1,b,neutral,negative,0.6,0.2,0.2,neutral,0.2,0.6,0.2",
                        "0,\"satu, dua\",negative,negative,0.9,0.05,0.05,positive,0.25,0.25,0.5");
        assertThat(notices.open()).hasSize(1);
    }
}
